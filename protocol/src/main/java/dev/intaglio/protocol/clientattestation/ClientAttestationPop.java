package dev.intaglio.protocol.clientattestation;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// The Client Attestation PoP (section 5.2), whose signature has been verified by the key of the attestation. Whether it was
/// made for this server, now, and for the first time, is for the server to say.
///
/// @param issuer the client identifier; later versions of the draft leave it out
/// @param audience the authorization server's issuer identifier
public record ClientAttestationPop(
        Optional<String> issuer, String audience, String id, Instant issuedAt, Optional<String> challenge) {
    public static final String TYPE = "oauth-client-attestation-pop+jwt";
    public static final String HEADER = "OAuth-Client-Attestation-PoP";

    /// Carries a fresh challenge (section 8.1).
    public static final String CHALLENGE_HEADER = "OAuth-Client-Attestation-Challenge";

    private static final int MAX_ID = 256;

    /// @throws JsonException saying which rule it breaks
    public static ClientAttestationPop verify(String compact, JWK instanceKey) {
        var jwt = SignedJwt.parse(compact);
        if (!jwt.type().filter(TYPE::equals).isPresent()) {
            throw new JsonException("the client attestation PoP's typ is not " + TYPE);
        }
        if (!jwt.verifies(instanceKey)) {
            throw new JsonException(
                    "the client attestation PoP's signature does not verify by the attestation's cnf.jwk");
        }
        var claims = jwt.claims();
        if (!(claims.members().get("aud") instanceof String audience)) {
            throw new JsonException("the client attestation PoP's aud is not one string");
        }
        var id = claims.string("jti");
        if (id.isEmpty() || id.length() > MAX_ID) {
            throw new JsonException(
                    "the client attestation PoP's jti is empty or longer than " + MAX_ID + " characters");
        }
        return new ClientAttestationPop(
                claims.optionalString("iss"),
                audience,
                id,
                claims.optionalSeconds("iat")
                        .map(Instant::ofEpochSecond)
                        .orElseThrow(() -> new JsonException("the client attestation PoP has no iat")),
                claims.optionalString("challenge"));
    }

    /// Makes a PoP.
    ///
    /// @param authorizationServer its issuer identifier
    /// @param id random, at least 96 bits
    /// @param challenge present where the server gave one
    public static String make(
            SigningKey instanceKey,
            String clientId,
            URI authorizationServer,
            String id,
            Instant now,
            Optional<String> challenge) {
        var claims = JsonObject.builder()
                .put("iss", clientId)
                .put("aud", authorizationServer.toString())
                .put("jti", id)
                .put("iat", now.getEpochSecond())
                .putIf("challenge", challenge)
                .build();
        return SignedJwt.sign(JsonObject.builder().put("typ", TYPE).build(), claims, instanceKey);
    }
}
