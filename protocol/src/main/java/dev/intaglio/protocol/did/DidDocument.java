package dev.intaglio.protocol.did;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.proof.DidKeys;
import dev.intaglio.protocol.proof.DidResolver.Purpose;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A DID document (DID Core 1.0), of which only verification methods are of interest.
///
/// @param did whose document it is
public record DidDocument(String did, JsonObject json) {
    private static final int MAX_METHODS = 100;

    /// @throws JsonException if it is the document of another DID
    public DidDocument {
        if (!json.optionalString("id").filter(did::equals).isPresent()) {
            throw new JsonException("the DID document's id is not the DID it was fetched for");
        }
    }

    /// A document with one key, for every purpose.
    ///
    /// @param fragment names the key in DID URLs
    public static DidDocument of(String did, Map<String, JWK> keysByFragment) {
        var methods = keysByFragment.entrySet().stream()
                .map(key -> JsonObject.builder()
                        .put("id", did + "#" + key.getKey())
                        .put("type", "JsonWebKey")
                        .put("controller", did)
                        .put(
                                "publicKeyJwk",
                                SignedJwt.jwk(key.getValue()).without("use").without("key_ops"))
                        .build())
                .toList();
        var names = methods.stream().map(method -> method.string("id")).toList();
        var json = JsonObject.builder()
                .put("@context", List.of("https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"))
                .put("id", did)
                .put("verificationMethod", methods)
                .put(Purpose.ASSERTION.member(), names)
                .build();
        return new DidDocument(did, json);
    }

    /// The key of a verification method that the document lists for the purpose.
    ///
    /// @param didUrl of this DID; without a fragment only if the document lists one key for the purpose
    /// @throws JsonException if there is no such key
    public JWK key(String didUrl, Purpose purpose) {
        var listed = json.optionalArray(purpose.member()).orElse(List.of());
        if (listed.size() > MAX_METHODS) {
            throw new JsonException("the DID document lists more than " + MAX_METHODS + " keys");
        }
        var fitting = listed.stream()
                .filter(method -> didUrl.equals(did) || didUrl.equals(absolute(name(method))))
                .toList();
        if (fitting.size() != 1) {
            throw new JsonException(
                    "the DID document lists no such key for " + purpose.member() + ", or several that could be meant");
        }
        return key(
                fitting.getFirst() instanceof Map<?, ?> embedded
                        ? JsonObject.of(embedded)
                        : method(name(fitting.getFirst())));
    }

    /// A verification method is embedded, or referred to (DID Core, section 5.3).
    private static String name(Object method) {
        return switch (method) {
            case String reference -> reference;
            case Map<?, ?> embedded -> JsonObject.of(embedded).string("id");
            default -> throw new JsonException("the DID document lists a key that is neither named nor there");
        };
    }

    private String absolute(String name) {
        return name.startsWith("#") ? did + name : name;
    }

    private JsonObject method(String name) {
        return json.optionalObjects("verificationMethod").orElse(List.of()).stream()
                .limit(MAX_METHODS)
                .filter(method -> absolute(method.string("id")).equals(absolute(name)))
                .findFirst()
                .orElseThrow(() -> new JsonException("the DID document lists a key that it does not have"));
    }

    /// A key under somebody else's control shows nothing about this DID.
    private JWK key(JsonObject method) {
        if (!method.string("controller").equals(did)) {
            throw new JsonException("the key of the DID document is controlled by another DID");
        }
        Optional<JWK> jwk = method.optionalObject("publicKeyJwk").map(SignedJwt::publicKey);
        return jwk.orElseGet(() -> DidKeys.multikey(method.string("publicKeyMultibase")));
    }
}
