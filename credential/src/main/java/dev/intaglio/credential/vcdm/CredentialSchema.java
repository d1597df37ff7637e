package dev.intaglio.credential.vcdm;

import dev.intaglio.credential.ClaimNode;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.credential.StatusMechanism;
import dev.intaglio.credential.StatusPolicy;
import dev.intaglio.protocol.http.WellKnown;
import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The JSON Schema of a credential type (Verifiable Credentials JSON Schema Specification): the parameter `credential_schema` of a format.
///
/// ```yaml
/// credential_schema:
///   id: https://framework.example/schemas/participant.json
///   type: JsonSchema
///   document: participant.schema.json     # beside the definition, or the schema itself
/// ```
///
/// Without an `id` the issuer serves the schema: the `document`, or if there is none, one made of the definition, which says which claims
/// there are and which are always there. Nothing is fetched, so what a schema elsewhere asks for is known by its `document` alone.
///
/// @param reference what credentials say; without an `id` if the issuer serves the schema
/// @param document the schema, if the definition has it
public record CredentialSchema(JsonObject reference, Optional<JsonObject> document) {
    static final String PARAMETER = "credential_schema";

    private static final String TYPE = "JsonSchema";
    private static final String DOCUMENT = "document";
    private static final String STATUS = "credentialStatus";
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    public CredentialSchema {
        var type = reference.optionalString("type");
        if (type.isEmpty()) {
            throw new IllegalArgumentException("credential_schema has a type, such as JsonSchema");
        }
        if (reference.optionalString("id").isEmpty() && !type.get().equals(TYPE)) {
            throw new IllegalArgumentException(
                    "credential_schema has an id, unless it is a JsonSchema that is served here");
        }
    }

    /// @throws dev.intaglio.credential.CredentialDefinitionException if the document is a file that cannot be read
    static Optional<CredentialSchema> of(FormatConfiguration configuration) {
        return configuration
                .parameters()
                .optionalObject(PARAMETER)
                .map(said -> new CredentialSchema(said.without(DOCUMENT), document(said, configuration)));
    }

    private static Optional<JsonObject> document(JsonObject said, FormatConfiguration configuration) {
        return said.members().get(DOCUMENT) instanceof String file
                ? Optional.of(configuration.place().json(file, PARAMETER, DOCUMENT))
                : said.optionalObject(DOCUMENT);
    }

    /// Refuses a definition whose credentials would not keep the schema, as far as that shows without one: a schema that requires
    /// `credentialStatus` needs a definition that gives one.
    ///
    /// @throws dev.intaglio.credential.CredentialDefinitionException with the line of the schema
    void requireKept(CredentialDefinition definition, FormatConfiguration configuration) {
        if (document.isPresent() && requiresStatus(document.get()) && !hasStatus(definition)) {
            throw configuration.error(
                    "the schema requires credentialStatus, and the definition "
                            + (definition.status().isEmpty()
                                    ? "has no status: write `status: {}` to keep one"
                                    : "has no bitstring-status-list among the mechanisms of its status"),
                    PARAMETER,
                    DOCUMENT);
        }
    }

    /// At the top, or in a part of the schema that holds for every credential.
    private static boolean requiresStatus(JsonObject schema) {
        return (schema.members().get("required") instanceof List<?> names && names.contains(STATUS))
                || (schema.members().get("allOf") instanceof List<?> parts
                        && parts.stream()
                                .anyMatch(part ->
                                        part instanceof Map<?, ?> members && requiresStatus(JsonObject.of(members))));
    }

    private static boolean hasStatus(CredentialDefinition definition) {
        return definition
                .status()
                .map(StatusPolicy::mechanisms)
                .filter(wanted -> wanted.isEmpty() || wanted.contains(StatusMechanism.BITSTRING_STATUS_LIST))
                .isPresent();
    }

    /// Where the issuer serves the schema of a configuration.
    static String path(URI issuer, FormatConfiguration configuration) {
        return WellKnown.basePath(issuer) + "/schemas/" + configuration.id();
    }

    /// `credentialSchema` of every credential of a configuration.
    JsonObject reference(URI issuer, FormatConfiguration configuration) {
        return reference.has("id")
                ? reference
                : JsonObject.builder()
                        .put("id", issuer.resolve(path(issuer, configuration)).toString())
                        .putAll(reference)
                        .build();
    }

    /// What the issuer serves of the schema of a type: nothing, if it is somebody else's, or there is none.
    public static Map<String, byte[]> documents(
            URI issuer, CredentialDefinition definition, FormatConfiguration configuration, VcdmType type) {
        return type.schema()
                .filter(schema -> !schema.reference.has("id"))
                .map(schema -> Map.of(
                        path(issuer, configuration),
                        schema.document
                                .orElseGet(() -> made(issuer, definition, configuration))
                                .bytes()))
                .orElseGet(Map::of);
    }

    private static JsonObject made(URI issuer, CredentialDefinition definition, FormatConfiguration configuration) {
        var properties = JsonObject.builder()
                .put("credentialSubject", schema(definition.claims().root()));
        if (hasStatus(definition)) {
            properties.put(
                    STATUS,
                    JsonObject.builder().put("type", List.of("object", "array")).build());
        }
        return JsonObject.builder()
                .put("$schema", DIALECT)
                .put("$id", issuer.resolve(path(issuer, configuration)).toString())
                .put("title", definition.display().getFirst().name())
                .put("type", "object")
                .put("properties", properties.build())
                .put(
                        "required",
                        hasStatus(definition) ? List.of("credentialSubject", STATUS) : List.of("credentialSubject"))
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
