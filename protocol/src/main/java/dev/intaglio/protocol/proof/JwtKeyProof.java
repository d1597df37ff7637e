package dev.intaglio.protocol.proof;

import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.explanation.Explanation;
import dev.intaglio.protocol.explanation.Shown;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A key proof of type `jwt` (App. F.1), read but not yet believed: its key still has to be found from `keyReference`, and
/// the signature asked of it.
///
/// @param keyReference exactly one of `jwk`, `kid` and `x5c`
/// @param issuer the client identifier, if the proof says it
/// @param audience the Credential Issuer Identifier
public record JwtKeyProof(
        SignedJwt jwt,
        KeyReference keyReference,
        Optional<String> issuer,
        String audience,
        Instant issuedAt,
        Optional<String> nonce,
        Optional<String> keyAttestation) {
    public static final String TYPE = "openid4vci-proof+jwt";

    /// Without nonce and attestation.
    @Override
    public String toString() {
        return "JwtKeyProof[" + jwt + "]";
    }

    /// How a proof names its key.
    public sealed interface KeyReference {
        /// The public key itself.
        record Jwk(com.nimbusds.jose.jwk.JWK key) implements KeyReference {}

        /// A DID URL, or a name of a key in the key attestation.
        record Kid(String kid) implements KeyReference {}

        /// A certificate chain as base64 strings; the key is in the first.
        record X5c(List<String> chain) implements KeyReference {}
    }

    /// Reads a proof and checks what its shape alone must satisfy (App. F.1).
    ///
    /// @throws JsonException saying which rule it breaks
    public static JwtKeyProof read(String compact) {
        var jwt = SignedJwt.parse(compact);
        var explanation = Explanation.of("OpenID4VCI 1.0, App. F.1");
        if (!jwt.type().filter(TYPE::equals).isPresent()) {
            throw new JsonException(
                    "the proof's typ is not " + TYPE,
                    explanation
                            .expected("typ " + TYPE)
                            .came(jwt.type()
                                    .map(type -> "typ " + Shown.value(type))
                                    .orElse("no typ")));
        }
        var claims = jwt.claims();
        if (!(claims.members().get("aud") instanceof String audience)) {
            throw new JsonException(
                    "the proof's aud is not one string",
                    explanation
                            .expected("the Credential Issuer Identifier as a string")
                            .came(claims.has("aud") ? "another type" : "no aud"));
        }
        return new JwtKeyProof(
                jwt,
                reference(jwt),
                claims.optionalString("iss"),
                audience,
                Instant.ofEpochSecond(claims.optionalSeconds("iat")
                        .orElseThrow(() -> new JsonException(
                                "the proof has no iat",
                                explanation
                                        .expected("when it was made, in seconds since 1970")
                                        .came("claims "
                                                + Shown.names(claims.members().keySet()))))),
                claims.optionalString("nonce"),
                jwt.header().optionalString("key_attestation"));
    }

    private static KeyReference reference(SignedJwt jwt) {
        var jwk = jwt.headerKey();
        var kid = jwt.header().optionalString("kid");
        var x5c = jwt.headerChain();
        var found = (jwk.isPresent() ? 1 : 0) + (kid.isPresent() ? 1 : 0) + (x5c.isPresent() ? 1 : 0);
        if (found != 1) {
            throw new JsonException(
                    "the proof's header has exactly one of jwk, kid and x5c; found " + found,
                    Explanation.of("OpenID4VCI 1.0, App. F.1")
                            .expected("one of jwk, kid, x5c")
                            .came("a header with "
                                    + Shown.names(jwt.header().members().keySet())));
        }
        if (jwk.isPresent()) {
            return new KeyReference.Jwk(jwk.get());
        }
        return kid.<KeyReference>map(KeyReference.Kid::new).orElseGet(() -> new KeyReference.X5c(x5c.orElseThrow()));
    }

    /// Makes a proof that carries its public key.
    ///
    /// @param clientId absent where the token was obtained anonymously
    public static String make(
            SigningKey key, URI credentialIssuer, Instant now, Optional<String> nonce, Optional<String> clientId) {
        var jwk = SignedJwt.jwk(key.publicJwk()).without("kid").without("use");
        return make(JsonObject.builder().put("jwk", jwk).build(), key, credentialIssuer, now, nonce, clientId);
    }

    /// Makes a proof with the given header members besides `alg` and `typ`: how the key is named, a key attestation.
    public static String make(
            JsonObject header,
            SigningKey key,
            URI credentialIssuer,
            Instant now,
            Optional<String> nonce,
            Optional<String> clientId) {
        var claims = JsonObject.builder()
                .putIf("iss", clientId)
                .put("aud", credentialIssuer.toString())
                .put("iat", now.getEpochSecond())
                .putIf("nonce", nonce)
                .build();
        return SignedJwt.sign(
                JsonObject.builder().put("typ", TYPE).putAll(header).build(), claims, key);
    }
}
