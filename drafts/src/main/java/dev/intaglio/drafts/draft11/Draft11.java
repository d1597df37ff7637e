package dev.intaglio.drafts.draft11;

import dev.intaglio.drafts.wire.Answer;
import dev.intaglio.drafts.wire.Catalogue;
import dev.intaglio.drafts.wire.Difference;
import dev.intaglio.drafts.wire.Exchange;
import dev.intaglio.drafts.wire.Parts;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Draft 11 and 12. The draft lists credentials in an array, has what they are of beside their format, and hands out an
/// acceptance token for what comes later: a token of its own, in place of the access token.
public final class Draft11 implements Difference {
    /// The formats of the draft that have their types in the open; later ones are as later drafts have them.
    private static final Set<String> FLAT = Set.of("jwt_vc_json", "jwt_vc_json-ld", "ldp_vc");

    private static final Map<String, String> ERRORS =
            Map.of("invalid_credential_request", "invalid_request", "invalid_proof", "invalid_or_missing_proof");

    @Override
    public JsonObject olderMetadata(JsonObject metadata) {
        var older = metadata;
        var servers = metadata.optionalStrings("authorization_servers").orElse(List.of());
        if (!servers.isEmpty()) {
            older = older.without("authorization_servers").with("authorization_server", servers.getFirst());
        }
        var supported = metadata.optionalObject("credentials_supported");
        if (supported.isEmpty()) {
            return older;
        }
        var array = new ArrayList<Object>();
        supported
                .get()
                .members()
                .keySet()
                .forEach(id -> array.add(
                        olderConfiguration(id, supported.get().object(id)).members()));
        return older.with("credentials_supported", array);
    }

    private static JsonObject olderConfiguration(String id, JsonObject configuration) {
        var older = JsonObject.builder()
                .put("id", id)
                .putAll(Parts.without(configuration, "scope", "proof_types_supported"))
                .build();
        var methods = Parts.stringsIn(older, "cryptographic_binding_methods_supported");
        if (methods.stream().anyMatch(method -> method.startsWith("did:"))) {
            var all = new LinkedHashSet<>(List.of("did"));
            all.addAll(methods);
            older = older.with("cryptographic_binding_methods_supported", List.copyOf(all));
        }
        return flattened(older);
    }

    /// `@context`, `types` and claims stand beside the format.
    private static JsonObject flattened(JsonObject configuration) {
        var definition = configuration
                .optionalObject("credential_definition")
                .filter(one ->
                        FLAT.contains(configuration.optionalString("format").orElse("")));
        if (definition.isEmpty()) {
            return configuration;
        }
        var flat = configuration.without("credential_definition");
        flat = Parts.putIf(flat, "@context", definition.get().optionalArray("@context"));
        flat = Parts.putIf(flat, "types", definition.get().optionalArray("type"));
        return Parts.putIf(flat, "credentialSubject", definition.get().optionalObject("credentialSubject"));
    }

    @Override
    public JsonObject newerMetadata(JsonObject metadata) {
        var newer = metadata;
        var server = metadata.optionalString("authorization_server");
        if (server.isPresent()) {
            newer = newer.without("authorization_server").with("authorization_servers", List.of(server.get()));
        }
        if (!(metadata.members().get("credentials_supported") instanceof List<?>)) {
            return newer;
        }
        var map = new LinkedHashMap<String, Object>();
        for (var configuration : metadata.objects("credentials_supported")) {
            var id = configuration
                    .optionalString("id")
                    .orElseGet(() -> "credential_" + map.size()); // nobody names it, but it needs a name
            map.put(id, newerConfiguration(configuration.without("id")).members());
        }
        return newer.with("credentials_supported", map);
    }

    private static JsonObject newerConfiguration(JsonObject configuration) {
        var types = configuration.optionalArray("types");
        if (types.isEmpty()) {
            return configuration;
        }
        var definition = JsonObject.builder()
                .putIf("@context", configuration.optionalArray("@context"))
                .put("type", types.get())
                .putIf("credentialSubject", configuration.optionalObject("credentialSubject"))
                .build();
        return Parts.without(configuration, "@context", "types", "credentialSubject")
                .with("credential_definition", definition);
    }

    /// Credentials are offered by name or described.
    @Override
    public JsonObject newerOffer(JsonObject offer, Catalogue catalogue) {
        var named = new ArrayList<String>();
        for (@Nullable Object credential : offer.optionalArray("credentials").orElse(List.of())) {
            switch (credential) {
                case String id -> named.add(id);
                case Map<?, ?> described ->
                    named.add(catalogue.matching(JsonObject.of(described)).stream()
                            .findFirst()
                            .orElseThrow(() -> new JsonException(
                                    "the offer describes a credential that the issuer's metadata does not have")));
                case null, default -> throw new JsonException("credentials holds strings and objects");
            }
        }
        return offer.has("credentials") ? offer.with("credentials", named) : offer;
    }

    @Override
    public JsonObject olderCredentialRequest(JsonObject request, Catalogue catalogue) {
        var definition = request.optionalObject("credential_definition");
        if (definition.isEmpty()) {
            return request;
        }
        return definition.get().has("@context")
                ? request.with("credential_definition", Parts.renamed(definition.get(), "type", "types"))
                : Parts.putIf(
                        request.without("credential_definition"),
                        "types",
                        definition.get().optionalArray("type"));
    }

    @Override
    public JsonObject newerCredentialRequest(JsonObject request, Catalogue catalogue) {
        var newer = Parts.in(request, "credential_definition", one -> Parts.renamed(one, "types", "type"));
        var types = newer.optionalArray("types");
        return types.isEmpty()
                ? newer
                : Parts.without(newer, "types", "credentialSubject")
                        .with(
                                "credential_definition",
                                JsonObject.builder().put("type", types.get()).build());
    }

    @Override
    public Answer olderCredentialAnswer(Answer answer, Exchange exchange) {
        var renamed = answer.error().flatMap(code -> Optional.ofNullable(ERRORS.get(code)));
        if (renamed.isPresent()) {
            return answer.withError(renamed.get());
        }
        var transaction = answer.body().optionalString("transaction_id");
        if (transaction.isEmpty() || !answer.successful()) {
            return answer;
        }
        var acceptance = new AcceptanceToken(exchange.accessToken().orElse(""), transaction.get());
        return new Answer(200, answer.body().without("transaction_id").with("acceptance_token", acceptance.write()));
    }

    @Override
    public Answer newerCredentialAnswer(Answer answer, Exchange exchange) {
        var code = answer.error();
        for (var renamed : ERRORS.entrySet()) {
            if (code.isPresent() && code.get().equals(renamed.getValue())) {
                return answer.withError(renamed.getKey());
            }
        }
        var acceptance = Optional.ofNullable(answer.body().members().get("acceptance_token"));
        return acceptance.isEmpty()
                ? answer
                : new Answer(202, answer.body().without("acceptance_token").with("transaction_id", acceptance.get()));
    }
}
