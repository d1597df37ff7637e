package dev.intaglio.protocol.encryption;

import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.util.Set;

/// Somebody's public key to encrypt to, with the one algorithm it is for: §10 wants `alg` in the JWK.
///
/// @param algorithm one of [EncryptedJwt#ALGORITHMS]
public record EncryptionKey(ECKey key, String algorithm) {
    private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521);

    public EncryptionKey {
        if (!EncryptedJwt.ALGORITHMS.contains(algorithm)) {
            throw new IllegalArgumentException("jwk.alg is none of " + EncryptedJwt.ALGORITHMS);
        }
        if (!CURVES.contains(key.getCurve())) {
            throw new IllegalArgumentException("jwk is on none of the curves P-256, P-384, P-521");
        }
        if (key.getKeyUse() != null && !key.getKeyUse().equals(KeyUse.ENCRYPTION)) {
            throw new IllegalArgumentException("jwk.use is not enc");
        }
    }

    /// The key in a JWK that names its algorithm.
    public static EncryptionKey of(ECKey key) {
        return new EncryptionKey(key, String.valueOf(key.getAlgorithm()));
    }

    /// @throws JsonException if it is not a public key with `alg` that we can encrypt to
    public static EncryptionKey read(JsonObject jwk) {
        var algorithm = jwk.string("alg");
        try {
            return new EncryptionKey(
                    new ECKey.Builder(publicKey(jwk))
                            .algorithm(JWEAlgorithm.parse(algorithm))
                            .build(),
                    algorithm);
        } catch (IllegalArgumentException unfit) {
            throw unfit instanceof JsonException named
                    ? named
                    : new JsonException(String.valueOf(unfit.getMessage()), unfit);
        }
    }

    /// A public key on a curve; that it is a point of the curve is checked.
    static ECKey publicKey(JsonObject jwk) {
        if (SignedJwt.publicKey(jwk) instanceof ECKey key) {
            return key;
        }
        throw new JsonException("a key for encryption has kty EC");
    }

    public JsonObject write() {
        return SignedJwt.jwk(key);
    }

    /// The key's name only.
    @Override
    public String toString() {
        return "EncryptionKey[" + algorithm + "]";
    }
}
