package dev.intaglio.protocol.proof;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A key attestation (App. D.1): somebody trusted says of keys where they are kept and how their use is guarded. Read but not
/// yet believed: whose signature it carries is for whoever knows the attesters.
///
/// @param attestedKeys from one key storage, each once
/// @param keyStorage attack potential resistance (App. D.2); empty if it is not said
/// @param userAuthentication likewise
/// @param certification where the certification of the key storage can be read
/// @param status how it can be learnt whether the attestation was revoked
public record KeyAttestation(
        SignedJwt jwt,
        Instant issuedAt,
        Optional<Instant> expiresAt,
        List<JWK> attestedKeys,
        List<String> keyStorage,
        List<String> userAuthentication,
        Optional<String> certification,
        Optional<String> nonce,
        Optional<JsonObject> status) {
    public static final String TYPE = "key-attestation+jwt";

    /// More keys than any batch; a stranger's list should not set our bill.
    private static final int MOST_KEYS = 256;

    public KeyAttestation {
        attestedKeys = List.copyOf(attestedKeys);
        keyStorage = List.copyOf(keyStorage);
        userAuthentication = List.copyOf(userAuthentication);
    }

    /// Reads an attestation and checks what its shape alone must satisfy.
    ///
    /// @throws JsonException saying which rule it breaks
    public static KeyAttestation read(String compact) {
        return read(compact, TYPE);
    }

    /// One that is typed otherwise than the standard says.
    ///
    /// @param type the `typ` it has to have
    /// @throws JsonException saying which rule it breaks
    public static KeyAttestation read(String compact, String type) {
        var jwt = SignedJwt.parse(compact);
        if (jwt.type().filter(type::equals).isEmpty()) {
            throw new JsonException("the key attestation's typ is not " + type);
        }
        var claims = jwt.claims();
        return new KeyAttestation(
                jwt,
                Instant.ofEpochSecond(claims.optionalSeconds("iat")
                        .orElseThrow(() -> new JsonException("the key attestation has no iat"))),
                claims.optionalSeconds("exp").map(Instant::ofEpochSecond),
                keys(claims),
                levels(claims, "key_storage"),
                levels(claims, "user_authentication"),
                claims.optionalString("certification"),
                claims.optionalString("nonce"),
                claims.optionalObject("status"));
    }

    private static List<JWK> keys(JsonObject claims) {
        var count = claims.optionalArray("attested_keys").map(List::size).orElse(0);
        if (count == 0 || count > MOST_KEYS) {
            throw new JsonException("the key attestation's attested_keys holds from 1 to " + MOST_KEYS + " keys");
        }
        var keys = claims.objects("attested_keys").stream()
                .map(SignedJwt::publicKey)
                .toList();
        var seen = new HashSet<String>();
        for (var key : keys) {
            if (key.toPublicJWK() == null || !seen.add(DpopProof.thumbprint(key))) {
                throw new JsonException("each of the key attestation's attested_keys is a public key, and another one");
            }
        }
        return keys;
    }

    private static List<String> levels(JsonObject claims, String name) {
        var levels = claims.optionalStrings(name);
        if (levels.filter(List::isEmpty).isPresent()) {
            throw new JsonException("the key attestation's " + name + " is empty");
        }
        return levels.orElse(List.of());
    }

    /// The attested key a proof names by `kid`: by the key's own `kid`, or by its place in the list (App. F.1).
    public Optional<JWK> key(String kid) {
        return attestedKeys.stream()
                .filter(key -> kid.equals(key.getKeyID()))
                .findFirst()
                .or(() -> IntStream.range(0, attestedKeys.size())
                        .filter(index -> kid.equals(Integer.toString(index)))
                        .mapToObj(attestedKeys::get)
                        .findFirst());
    }

    /// Makes an attestation. The certificates of the attester's key, if it has any, come along as `x5c`.
    ///
    /// @param further other claims: `exp`, `nonce`, `key_storage`, …
    public static String make(SigningKey attester, List<JWK> keys, Instant issuedAt, JsonObject further) {
        var chain = attester.chain();
        var header = JsonObject.builder()
                .put("typ", TYPE)
                .putUnlessEmpty(
                        "x5c", X5c.encode(chain).stream().map(Object::toString).toList())
                .putIf("kid", chain.isEmpty() ? Optional.of(attester.publicJwk().getKeyID()) : Optional.empty())
                .build();
        var claims = JsonObject.builder()
                .put("iat", issuedAt.getEpochSecond())
                .put("attested_keys", keys.stream().map(SignedJwt::jwk).toList())
                .putAll(further)
                .build();
        return SignedJwt.sign(header, claims, attester);
    }

    /// How many keys; not which.
    @Override
    public String toString() {
        return "KeyAttestation[" + attestedKeys.size() + "]";
    }
}
