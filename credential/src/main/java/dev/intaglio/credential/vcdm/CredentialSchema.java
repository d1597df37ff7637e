package dev.intaglio.credential.vcdm;

import dev.intaglio.credential.ClaimNode;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.protocol.http.WellKnown;
import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The JSON Schema of a credential type (Verifiable Credentials JSON Schema Specification), made of its definition: which claims there
/// are and which are always there. Definitions whose `credential_schema` has no `id` point to it, and the issuer serves it.
public final class CredentialSchema {
    static final String TYPE = "JsonSchema";

    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private CredentialSchema() {}

    /// Where the issuer serves the schema of a configuration.
    static String path(URI issuer, FormatConfiguration configuration) {
        return WellKnown.basePath(issuer) + "/schemas/" + configuration.id();
    }

    /// `credentialSchema` of every credential of a configuration.
    static Optional<JsonObject> reference(VcdmType type, URI issuer, FormatConfiguration configuration) {
        return type.schema()
                .map(schema -> schema.has("id")
                        ? schema
                        : JsonObject.builder()
                                .put(
                                        "id",
                                        issuer.resolve(path(issuer, configuration))
                                                .toString())
                                .putAll(schema)
                                .build());
    }

    /// What the issuer serves of it: nothing, if the schema is somebody else's.
    public static Map<String, byte[]> documents(
            URI issuer, CredentialDefinition definition, FormatConfiguration configuration, VcdmType type) {
        return type.schema().filter(schema -> !schema.has("id")).isPresent()
                ? Map.of(
                        path(issuer, configuration),
                        of(issuer, definition, configuration).bytes())
                : Map.of();
    }

    static JsonObject of(URI issuer, CredentialDefinition definition, FormatConfiguration configuration) {
        return JsonObject.builder()
                .put("$schema", DIALECT)
                .put("$id", issuer.resolve(path(issuer, configuration)).toString())
                .put("title", definition.display().getFirst().name())
                .put("type", "object")
                .put(
                        "properties",
                        JsonObject.builder()
                                .put(
                                        "credentialSubject",
                                        schema(definition.claims().root()))
                                .build())
                .put("required", List.of("credentialSubject"))
                .build();
    }

    /// Of a value that is no object and no array the definition says nothing, so the schema does neither.
    private static JsonObject schema(ClaimNode claim) {
        if (claim.elements().isPresent()) {
            return JsonObject.builder()
                    .put("type", "array")
                    .put("items", schema(claim.elements().get()))
                    .build();
        }
        if (claim.members().isEmpty()) {
            return JsonObject.empty();
        }
        var properties = new LinkedHashMap<String, JsonObject>();
        var required = new ArrayList<String>();
        claim.members().forEach((name, member) -> {
            properties.put(name, schema(member));
            if (member.mandatory()) {
                required.add(name);
            }
        });
        return JsonObject.builder()
                .put("type", "object")
                .put("properties", JsonObject.of(properties))
                .putUnlessEmpty("required", required)
                .build();
    }
}
