package dev.intaglio.credential.mdoc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.credential.cbor.CborException;
import dev.intaglio.credential.cbor.CborReader;
import dev.intaglio.credential.cose.CoseAlgorithm;
import dev.intaglio.credential.cose.CoseKey;
import dev.intaglio.credential.cose.CoseSign1;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.proof.DidResolver;
import dev.intaglio.protocol.proof.KeyProof;
import dev.intaglio.protocol.proof.KeyProofOrder;
import dev.intaglio.protocol.proof.KeyProofType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Key proofs of the type `cwt`, which the standard had before 1.0: a CWT in a COSE_Sign1, base64url-encoded, that
/// shows its key as `COSE_Key` or `x5chain`, or names it by a DID URL in `kid`.
final class CwtKeyProof implements KeyProofType {
    static final String TYPE = "openid4vci-proof+cwt";

    private static final int MAX_LENGTH = 64 * 1024;
    private static final BigInteger LATEST = BigInteger.valueOf(Instant.MAX.getEpochSecond());

    private static final long TAG_SIGN1 = 18;
    private static final long TAG_CWT = 61;

    private static final long CONTENT_TYPE = 3;
    private static final long KID = 4;
    private static final String COSE_KEY = "COSE_Key";

    private static final long ISSUER = 1;
    private static final long AUDIENCE = 3;
    private static final long ISSUED_AT = 6;
    private static final long NONCE = 10;

    @Override
    public String identifier() {
        return "cwt";
    }

    @Override
    public boolean standard() {
        return false;
    }

    @Override
    public boolean fits(List<String> bindingMethods) {
        return !bindingMethods.isEmpty();
    }

    /// The names in COSE are those in JOSE.
    @Override
    public List<String> signingAlgorithms(List<String> keyAlgorithms) {
        return Arrays.stream(CoseAlgorithm.values())
                .map(CoseAlgorithm::jose)
                .map(JWSAlgorithm::getName)
                .distinct()
                .filter(keyAlgorithms::contains)
                .toList();
    }

    @Override
    public KeyProof read(Object proof, DidResolver dids) {
        try {
            return verified(signed(proof), dids);
        } catch (CborException malformed) {
            throw new JsonException("the proof is no CWT: " + malformed.getMessage(), malformed);
        }
    }

    private static CoseSign1 signed(Object proof) {
        if (!(proof instanceof String text) || text.length() > MAX_LENGTH) {
            throw new JsonException("a proof of type cwt is a string, no longer than " + MAX_LENGTH);
        }
        try {
            var item = CborReader.read(Base64.getUrlDecoder().decode(text));
            return CoseSign1.read(untagged(untagged(item, TAG_CWT), TAG_SIGN1));
        } catch (CborException malformed) {
            throw malformed;
        } catch (IllegalArgumentException notBase64) {
            throw new JsonException("the proof is not base64url", notBase64);
        }
    }

    /// RFC 8392 §6 has the tags; where the type is known by its place they may be left out.
    private static Cbor untagged(Cbor item, long tag) {
        return item instanceof Cbor.Tag(var number, var content) && number == tag ? content : item;
    }

    private static KeyProof verified(CoseSign1 sign1, DidResolver dids) {
        var header = sign1.header();
        if (header.find(CONTENT_TYPE).filter(Cbor.of(TYPE)::equals).isEmpty()) {
            throw new JsonException("the proof's content type is not " + TYPE);
        }
        var shown = key(header, dids);
        if (!sign1.verifies(shown.key())) {
            throw new JsonException("the proof's signature does not verify by the key it names");
        }
        var claims = CborReader.read(sign1.payload()).members();
        return new KeyProof(
                shown.key(),
                shown.identifier(),
                sign1.algorithm().jose().getName(),
                claims.find(ISSUER).map(Cbor::text),
                claims.find(AUDIENCE)
                        .map(Cbor::text)
                        .orElseThrow(() -> new JsonException("the proof's aud is not one string")),
                Optional.of(claims.find(ISSUED_AT)
                        .map(CwtKeyProof::time)
                        .orElseThrow(() -> new JsonException("the proof has no iat"))),
                Optional.empty(),
                claims.find(NONCE).map(Cbor::bytes).map(CwtKeyProof::text));
    }

    private record Shown(JWK key, Optional<String> identifier) {}

    private static Shown key(Cbor.Members header, DidResolver dids) {
        var coseKey = header.find(COSE_KEY);
        var kid = header.find(KID);
        var chain = CoseSign1.x5chain(header);
        var found = Stream.of(coseKey.isPresent(), kid.isPresent(), !chain.isEmpty())
                .filter(Boolean::booleanValue)
                .count();
        if (found != 1) {
            throw new JsonException(
                    "the proof's protected header has exactly one of COSE_Key, kid and x5chain; found " + found);
        }
        if (coseKey.isPresent()) {
            return new Shown(CoseKey.read(CborReader.read(coseKey.get().bytes())), Optional.empty());
        }
        if (kid.isPresent()) {
            var did = text(kid.get().bytes());
            return new Shown(dids.key(did, DidResolver.Purpose.AUTHENTICATION), Optional.of(did));
        }
        return new Shown(leafKey(chain.getFirst()), Optional.empty());
    }

    private static JWK leafKey(byte[] certificate) {
        try {
            return X5c.publicJwk(X5c.parse(List.of(Base64.getEncoder().encodeToString(certificate)))
                    .getFirst());
        } catch (IllegalArgumentException unreadable) {
            throw new JsonException("the proof's x5chain holds no certificate with a key we use", unreadable);
        }
    }

    private static Instant time(Cbor number) {
        var seconds = switch (number) {
            case Cbor.Int(var value) -> value;
            case Cbor.Float(var value)
            when Double.isFinite(value) ->
                BigDecimal.valueOf(value).setScale(0, RoundingMode.FLOOR).toBigInteger();
            default -> throw new JsonException("the proof's iat is no number");
        };
        if (seconds.signum() < 0 || seconds.compareTo(LATEST) > 0) {
            throw new JsonException("the proof's iat is no time");
        }
        return Instant.ofEpochSecond(seconds.longValue());
    }

    /// Not an identifier of ours if it is not ASCII; then it just does not match.
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String make(SigningKey key, KeyProofOrder order) {
        if (!order.algorithms()
                .contains(CoseAlgorithm.of(key.algorithm()).jose().getName())) {
            throw new IllegalArgumentException("the issuer takes no proof by a key that signs with " + key.algorithm());
        }
        var claims = new LinkedHashMap<Cbor, Cbor>();
        order.clientId().ifPresent(id -> claims.put(Cbor.of(ISSUER), Cbor.of(id)));
        claims.put(Cbor.of(AUDIENCE), Cbor.of(order.credentialIssuer().toString()));
        claims.put(Cbor.of(ISSUED_AT), Cbor.of(order.now().getEpochSecond()));
        order.nonce().ifPresent(nonce -> claims.put(Cbor.of(NONCE), Cbor.of(nonce.getBytes(StandardCharsets.UTF_8))));
        var parameters = Map.<Cbor, Cbor>of(
                Cbor.of(CONTENT_TYPE),
                Cbor.of(TYPE),
                Cbor.of(COSE_KEY),
                Cbor.of(CoseKey.of(key.publicJwk()).encoded()));
        var signed = CoseSign1.sign(new Cbor.Members(claims).encoded(), key, parameters);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(new Cbor.Tag(TAG_SIGN1, signed.write()).encoded());
    }
}
