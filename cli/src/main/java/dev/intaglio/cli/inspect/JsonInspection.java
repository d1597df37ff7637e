package dev.intaglio.cli.inspect;

import dev.intaglio.cli.inspect.Inspected.Verdict;
import dev.intaglio.cli.text.Times;
import dev.intaglio.cli.text.Tree;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// JSON documents of the protocol, recognised by their members.
final class JsonInspection {
    private final Inspector inspector;
    private final Instant now;
    private final Judge judge;

    /// @param inspector for what is inside
    JsonInspection(Inspector inspector, Judge judge, Instant now) {
        this.inspector = inspector;
        this.judge = judge;
        this.now = now;
    }

    /// @throws IllegalArgumentException if it has the members of a document but is not what the standard says of that
    Inspected inspect(JsonObject json) {
        if (json.has("@context") && json.has("proof")) {
            return secured(json);
        }
        if (json.has("credential_configuration_ids")) {
            return OfferInspection.json(json);
        }
        if (json.has("credential_configurations_supported")) {
            return issuerMetadata(json);
        }
        if (json.has("token_endpoint") && json.has("issuer")) {
            return plain("authorization-server-metadata", "Authorization server metadata (RFC 8414)", json);
        }
        if (json.has("kty")) {
            return Keys.inspect(json);
        }
        if (json.members().get("keys") instanceof List<?> keys && keys.stream().allMatch(Map.class::isInstance)) {
            return keySet(keys);
        }
        return inside(json).orElseGet(() -> plain("json", "JSON", json));
    }

    /// A document with a Data Integrity proof; a credential, if it says so.
    private Inspected secured(JsonObject json) {
        var types = json.members().get("type");
        var credential = types instanceof List<?> several && several.contains("VerifiableCredential");
        var signature = credential
                ? judge.of(json)
                : new JwtInspection.Signature("not verified: it is no credential", Verdict.UNASKED);
        var parts = new ArrayList<>(new JsonTree(now).members(json));
        parts.add(Tree.of("signature", signature.text()));
        var kind = credential ? "w3c-vc" : "json-ld";
        return new Inspected(
                kind,
                new Tree(
                        credential ? "W3C Verifiable Credential with a Data Integrity proof" : "JSON-LD with a proof",
                        "",
                        parts),
                JsonObject.builder()
                        .put("kind", kind)
                        .put("document", json)
                        .put("signature", signature.text())
                        .put("verified", signature.verdict() == Verdict.VERIFIED)
                        .build(),
                signature.verdict());
    }

    /// Documents that carry something: the carried is what people want to see.
    private Optional<Inspected> inside(JsonObject json) {
        if (json.members().get("credential") instanceof String credential) {
            return Optional.of(inspector.inspect(credential));
        }
        if (json.members().get("credentials") instanceof List<?> credentials && !credentials.isEmpty()) {
            return Optional.of(credentials(credentials));
        }
        if (json.members().get("access_token") instanceof String token) {
            return Optional.of(token(json, token));
        }
        return Optional.empty();
    }

    private Inspected credentials(List<?> credentials) {
        var each = credentials.stream()
                .map(one -> one instanceof Map<?, ?> entry ? entry.get("credential") : one)
                .map(one -> switch (one) {
                    case String text -> inspector.inspect(text);
                    case Map<?, ?> members -> inspect(JsonObject.of(members));
                    case null, default -> Inspector.unknown("a credential that is neither string nor object", "");
                })
                .toList();
        if (each.size() == 1) {
            return each.getFirst();
        }
        var verdict = each.stream().anyMatch(one -> one.verdict() == Verdict.REJECTED)
                ? Verdict.REJECTED
                : each.stream().allMatch(one -> one.verdict() == Verdict.VERIFIED) ? Verdict.VERIFIED : Verdict.UNASKED;
        return new Inspected(
                "credential-response",
                new Tree(
                        "Credential response",
                        Times.plural(each.size(), "credential"),
                        each.stream().map(Inspected::tree).toList()),
                JsonObject.builder()
                        .put("kind", "credential-response")
                        .putEach("credentials", each.stream(), Inspected::details)
                        .put("verified", verdict == Verdict.VERIFIED)
                        .build(),
                verdict);
    }

    private Inspected token(JsonObject json, String token) {
        var parts = new ArrayList<>(new JsonTree(now).members(json.without("access_token")));
        if (token.chars().filter(c -> c == '.').count() == 2) {
            parts.add(inspector.inspect(token).tree());
        } else {
            parts.add(Tree.of("access_token", "opaque, " + Times.plural(token.length(), "character")));
        }
        return Inspected.of("token-response", new Tree("Token response", "", parts), details("token-response", json));
    }

    private static Inspected keySet(List<?> keys) {
        var parts = new ArrayList<Tree>();
        for (var key : keys) {
            parts.add(Keys.tree("key " + (parts.size() + 1), JsonObject.of((Map<?, ?>) key)));
        }
        return Inspected.of(
                "jwks",
                new Tree("Keys (JWK Set)", Times.plural(keys.size(), "key"), parts),
                JsonObject.builder()
                        .put("kind", "jwks")
                        .put("keys", keys.size())
                        .build());
    }

    private Inspected issuerMetadata(JsonObject json) {
        var metadata = json.read(CredentialIssuerMetadata::read);
        var parts = new ArrayList<Tree>();
        parts.add(Tree.of("issuer", metadata.credentialIssuer().toString()));
        metadata.display()
                .forEach(
                        display -> parts.add(Tree.of("name", display.name().orElse("–") + language(display.locale()))));
        metadata.effectiveAuthorizationServers()
                .forEach(server -> parts.add(Tree.of("authorization server", server.toString())));
        parts.add(Tree.of("credential endpoint", metadata.credentialEndpoint().toString()));
        metadata.nonceEndpoint().ifPresent(endpoint -> parts.add(Tree.of("nonce endpoint", endpoint.toString())));
        metadata.deferredCredentialEndpoint()
                .ifPresent(endpoint -> parts.add(Tree.of("deferred endpoint", endpoint.toString())));
        metadata.notificationEndpoint()
                .ifPresent(endpoint -> parts.add(Tree.of("notification endpoint", endpoint.toString())));
        parts.add(Tree.of(
                "copies at once",
                metadata.batchSize().isPresent()
                        ? "up to " + metadata.batchSize().getAsInt()
                        : "one"));
        metadata.configurations().forEach((id, configuration) -> parts.add(configuration(id, configuration)));
        return Inspected.of(
                "issuer-metadata", new Tree("Credential issuer metadata", "", parts), details("issuer-metadata", json));
    }

    private static Tree configuration(String id, CredentialConfiguration configuration) {
        var parts = new ArrayList<Tree>();
        configuration
                .formatParameters()
                .members()
                .forEach((name, value) -> parts.add(Tree.of(name, String.valueOf(value))));
        configuration
                .display()
                .forEach(display -> parts.add(Tree.of("name", display.name() + language(display.locale()))));
        parts.add(Tree.of(
                "bound to", configuration.bound() ? String.join(", ", configuration.bindingMethods()) : "no key"));
        configuration
                .proofTypes()
                .forEach((type, proof) ->
                        parts.add(Tree.of("proof " + type, String.join(", ", proof.signingAlgorithms()))));
        parts.add(Tree.of("claims", Times.plural(configuration.claims().size(), "description")));
        return new Tree(id, configuration.format(), parts);
    }

    private static String language(Optional<String> locale) {
        return locale.map(tag -> " (" + tag + ")").orElse("");
    }

    private Inspected plain(String kind, String name, JsonObject json) {
        return Inspected.of(kind, new Tree(name, "", new JsonTree(now).members(json)), details(kind, json));
    }

    private static JsonObject details(String kind, JsonObject json) {
        return JsonObject.builder().put("kind", kind).put("document", json).build();
    }
}
