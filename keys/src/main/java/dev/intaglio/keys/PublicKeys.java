package dev.intaglio.keys;

import static com.nimbusds.jose.jwk.KeyUse.SIGNATURE;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Public keys on their way between JWK and JCA; what is not fit for its algorithm does not pass.
final class PublicKeys {

    private static final int RSA_MIN_BITS = 2048;
    // Verification grows with the square of the modulus; a stranger's key should not set our bill.
    private static final int RSA_MAX_BITS = 8192;
    private static final int RSA_MAX_EXPONENT_BITS = 64;

    private PublicKeys() {}

    /// The JCA key in a JWK, checked to be one for the scheme.
    static PublicKey forScheme(JWK jwk, SignatureScheme scheme) {
        var declared = jwk.getAlgorithm();
        if (declared != null && !declared.equals(scheme.algorithm()) && !sameEdDsa(declared.getName(), scheme))
            throw new IllegalArgumentException(
                    "the key is for " + declared + ", the signature says " + scheme.algorithm());
        try {
            return switch (jwk) {
                case ECKey ec -> ofEc(ec, curve(scheme, ec.getCurve()));
                case OctetKeyPair okp -> ofEd25519(okp, curve(scheme, okp.getCurve()));
                case RSAKey rsa when scheme.curve().isEmpty() -> ofRsa(rsa);
                default ->
                    throw new IllegalArgumentException(
                            "a key of type " + jwk.getKeyType() + " is not for " + scheme.algorithm());
            };
        } catch (GeneralSecurityException invalid) {
            throw new IllegalArgumentException("the JWK is no valid public key", invalid);
        }
    }

    /// Two names for one thing (RFC 9864 §2.2).
    private static boolean sameEdDsa(String declared, SignatureScheme scheme) {
        return scheme.hasKeysOn(Curve.Ed25519) && (declared.equals("EdDSA") || declared.equals("Ed25519"));
    }

    private static NamedCurve curve(SignatureScheme scheme, Curve curve) {
        return scheme.curve()
                .filter(wanted -> wanted.jwkCurve().equals(curve))
                .orElseThrow(
                        () -> new IllegalArgumentException("a key on " + curve + " is not for " + scheme.algorithm()));
    }

    private static PublicKey ofEc(ECKey jwk, NamedCurve curve) throws GeneralSecurityException {
        var x = sized(jwk.getX(), curve, "x");
        var y = sized(jwk.getY(), curve, "y");
        if (!curve.contains(x, y))
            throw new IllegalArgumentException("the point of the JWK is not on " + curve.jwkCurve());
        var point = Arrays.copyOf(x, x.length + y.length);
        System.arraycopy(y, 0, point, x.length, y.length);
        return curve.publicKey(point);
    }

    private static PublicKey ofEd25519(OctetKeyPair jwk, NamedCurve curve) throws GeneralSecurityException {
        return curve.publicKey(sized(jwk.getX(), curve, "x"));
    }

    private static byte[] sized(Base64URL coordinate, NamedCurve curve, String name) {
        var bytes = coordinate.decode();
        // Shorter or longer would give one point several thumbprints.
        if (bytes.length != curve.size())
            throw new IllegalArgumentException("the JWK's " + name + " is " + bytes.length + " bytes long; on "
                    + curve.jwkCurve() + " it has " + curve.size() + " (RFC 7518 §6.2.1.2)");
        return bytes;
    }

    private static PublicKey ofRsa(RSAKey jwk) throws GeneralSecurityException {
        var modulus = jwk.getModulus().decodeToBigInteger();
        var exponent = jwk.getPublicExponent().decodeToBigInteger();
        requireUsable(modulus, exponent);
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }

    /// Refuses a JCA key that is not one for the scheme.
    static void requireUsable(PublicKey key, SignatureScheme scheme) {
        if (scheme.curve().isPresent()) {
            var wanted = scheme.curve().get();
            var curve = NamedCurve.of(key)
                    .filter(wanted::equals)
                    .orElseThrow(() -> new IllegalArgumentException("a key of type " + key.getAlgorithm()
                            + " that is not on " + wanted.jwkCurve() + " is not for " + scheme.algorithm()));
            requireOnCurve(curve, curve.point(key));
        } else if (key instanceof RSAPublicKey rsa) {
            requireUsable(rsa.getModulus(), rsa.getPublicExponent());
        } else {
            throw new IllegalArgumentException(
                    "a key of type " + key.getAlgorithm() + " is not for " + scheme.algorithm());
        }
    }

    private static void requireUsable(BigInteger modulus, BigInteger exponent) {
        var bits = modulus.bitLength();
        if (bits < RSA_MIN_BITS || bits > RSA_MAX_BITS)
            throw new IllegalArgumentException("the RSA key has " + bits + " bits; from " + RSA_MIN_BITS + " to "
                    + RSA_MAX_BITS + " are accepted (RFC 7518 §3.3)");
        if (exponent.bitLength() > RSA_MAX_EXPONENT_BITS || exponent.bitLength() < 2 || !exponent.testBit(0))
            throw new IllegalArgumentException("the RSA key's exponent is not an odd number from 3 to 2^64");
    }

    private static void requireOnCurve(NamedCurve curve, byte[] point) {
        if (curve == NamedCurve.ED25519) return;
        var x = Arrays.copyOf(point, curve.size());
        var y = Arrays.copyOfRange(point, curve.size(), point.length);
        if (!curve.contains(x, y)) throw new IllegalArgumentException("the point is not on " + curve.jwkCurve());
    }

    /// The JWK of a JCA key, with its RFC 7638 thumbprint as `kid` and nothing else beside the key itself.
    static JWK toJwk(PublicKey key) {
        try {
            if (key instanceof RSAPublicKey rsa) {
                requireUsable(rsa.getModulus(), rsa.getPublicExponent());
                return new RSAKey.Builder(rsa).keyIDFromThumbprint().build();
            }
            var curve = NamedCurve.of(key)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "a key of type " + key.getAlgorithm() + " on a curve that is not supported"));
            var point = curve.point(key);
            requireOnCurve(curve, point);
            return curve == NamedCurve.ED25519
                    ? okp(point).keyIDFromThumbprint().build()
                    : ec(curve, point).keyIDFromThumbprint().build();
        } catch (JOSEException noThumbprint) {
            throw new IllegalStateException("SHA-256 is not available", noThumbprint);
        }
    }

    /// The JWK under which we publish a key of ours.
    static JWK toSignatureJwk(PublicKey key, SignatureScheme scheme, @Nullable String kid) {
        var curve = scheme.curve().orElseThrow();
        var name = kid == null ? toJwk(key).getKeyID() : kid;
        var point = curve.point(key);
        return curve == NamedCurve.ED25519
                ? okp(point)
                        .keyUse(SIGNATURE)
                        .algorithm(scheme.algorithm())
                        .keyID(name)
                        .build()
                : ec(curve, point)
                        .keyUse(SIGNATURE)
                        .algorithm(scheme.algorithm())
                        .keyID(name)
                        .build();
    }

    private static OctetKeyPair.Builder okp(byte[] point) {
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point));
    }

    private static ECKey.Builder ec(NamedCurve curve, byte[] point) {
        return new ECKey.Builder(
                curve.jwkCurve(),
                Base64URL.encode(Arrays.copyOf(point, curve.size())),
                Base64URL.encode(Arrays.copyOfRange(point, curve.size(), point.length)));
    }
}
