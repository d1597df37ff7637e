package dev.intaglio.protocol.clientattestation;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/// A Client Attestation (section 5.1): somebody trusted says of a key that it belongs to an instance of this client. Read but
/// not yet believed: whose signature it carries is for whoever knows the attesters.
///
/// @param issuer the attester; later versions of the draft leave it out
/// @param clientId `sub`, shared by all instances of a wallet
/// @param instanceKey `cnf.jwk`, the key of this one instance
public record ClientAttestation(
        SignedJwt jwt,
        Optional<String> issuer,
        String clientId,
        JWK instanceKey,
        Instant expiresAt,
        Optional<Instant> issuedAt,
        Optional<Instant> notBefore) {
    public static final String TYPE = "oauth-client-attestation+jwt";
    public static final String HEADER = "OAuth-Client-Attestation";

    /// The name of the client authentication method (section 10.1).
    public static final String METHOD = "attest_jwt_client_auth";

    /// Reads an attestation and checks what its shape alone must satisfy.
    ///
    /// @throws JsonException saying which rule it breaks
    public static ClientAttestation read(String compact) {
        var jwt = SignedJwt.parse(compact);
        if (!jwt.type().filter(TYPE::equals).isPresent()) {
            throw new JsonException("the client attestation's typ is not " + TYPE);
        }
        var claims = jwt.claims();
        var clientId = claims.string("sub");
        if (clientId.isEmpty()) {
            throw new JsonException("the client attestation's sub is empty");
        }
        return new ClientAttestation(
                jwt,
                claims.optionalString("iss"),
                clientId,
                SignedJwt.publicKey(claims.object("cnf").object("jwk")),
                instant(claims, "exp").orElseThrow(() -> new JsonException("the client attestation has no exp")),
                instant(claims, "iat"),
                instant(claims, "nbf"));
    }

    /// Makes an attestation. The certificates of the attester's key, if it has any, come along as `x5c`.
    public static String make(
            SigningKey attester, String issuer, String clientId, JWK instanceKey, Instant issuedAt, Instant expiresAt) {
        var header = JsonObject.builder()
                .put("typ", TYPE)
                .putUnlessEmpty(
                        "x5c",
                        X5c.encode(attester.chain()).stream()
                                .map(Object::toString)
                                .toList())
                .putIf(
                        "kid",
                        attester.chain().isEmpty()
                                ? Optional.of(attester.publicJwk().getKeyID())
                                : Optional.empty())
                .build();
        var claims = JsonObject.builder()
                .put("iss", issuer)
                .put("sub", clientId)
                .put("iat", issuedAt.getEpochSecond())
                .put("exp", expiresAt.getEpochSecond())
                .put(
                        "cnf",
                        JsonObject.builder()
                                .put("jwk", SignedJwt.jwk(instanceKey))
                                .build())
                .build();
        return SignedJwt.sign(header, claims, attester);
    }

    /// The RFC 7638 thumbprint of the instance's key.
    public String instanceKeyThumbprint() {
        return DpopProof.thumbprint(instanceKey);
    }

    private static Optional<Instant> instant(JsonObject claims, String name) {
        return claims.optionalSeconds(name).map(Instant::ofEpochSecond);
    }
}
