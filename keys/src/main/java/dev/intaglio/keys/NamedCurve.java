package dev.intaglio.keys;

import com.nimbusds.jose.jwk.Curve;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// The curves we know (SEC 2 §2, RFC 8032 §5.1), with the few facts needed to judge a key or a signature before a
/// provider sees it.
///
/// Public keys travel between JWK and JCA as SubjectPublicKeyInfo: on one curve that is a fixed prefix and the point,
/// and every provider reads it without going through `BigInteger`.
enum NamedCurve {
    P256(
            Curve.P_256,
            "EC",
            32,
            "3059301306072a8648ce3d020106082a8648ce3d030107034200" + "04",
            "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
            "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"),
    P384(
            Curve.P_384,
            "EC",
            48,
            "3076301006072a8648ce3d020106052b81040022036200" + "04",
            "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
            "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef"),
    P521(
            Curve.P_521,
            "EC",
            66,
            "30819b301006072a8648ce3d020106052b8104002303818600" + "04",
            "01" + "ff".repeat(65),
            "0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf07"
                    + "3573df883d2c34f1ef451fd46b503f00"),
    ED25519(Curve.Ed25519, "Ed25519", 32, "302a300506032b6570032100", "00", "00");

    // PKCS#8 of Ed25519 up to the seed (RFC 8410 §7).
    private static final byte[] ED25519_PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");
    private static final BigInteger THREE = BigInteger.valueOf(3);

    private final Curve jwkCurve;
    private final String keyFactory;
    private final int size;
    private final byte[] prefix;
    private final BigInteger p;
    private final BigInteger b;

    NamedCurve(Curve jwkCurve, String keyFactory, int size, String prefix, String p, String b) {
        this.jwkCurve = jwkCurve;
        this.keyFactory = keyFactory;
        this.size = size;
        this.prefix = HexFormat.of().parseHex(prefix);
        this.p = new BigInteger(p, 16);
        this.b = new BigInteger(b, 16);
    }

    static Optional<NamedCurve> of(Curve jwkCurve) {
        return Arrays.stream(values())
                .filter(curve -> curve.jwkCurve.equals(jwkCurve))
                .findFirst();
    }

    /// The curve of a JCA public key, told by its encoding; none for RSA and for curves we do not know.
    static Optional<NamedCurve> of(PublicKey key) {
        var encoded = key.getEncoded();
        if (encoded == null) return Optional.empty();
        return Arrays.stream(values()).filter(curve -> curve.encodes(encoded)).findFirst();
    }

    private boolean encodes(byte[] subjectPublicKeyInfo) {
        return subjectPublicKeyInfo.length == prefix.length + pointSize()
                && Arrays.equals(subjectPublicKeyInfo, 0, prefix.length, prefix, 0, prefix.length);
    }

    private int pointSize() {
        return this == ED25519 ? size : 2 * size;
    }

    Curve jwkCurve() {
        return jwkCurve;
    }

    /// Length of a coordinate (RFC 7518 §6.2.1.2) or of an Ed25519 key.
    int size() {
        return size;
    }

    /// The point inside a key's encoding: `X || Y`, or the 32 bytes of Ed25519.
    byte[] point(PublicKey key) {
        var encoded = key.getEncoded();
        if (!encodes(encoded)) throw new IllegalArgumentException("the key is not on " + jwkCurve);
        return Arrays.copyOfRange(encoded, prefix.length, encoded.length);
    }

    /// The JCA key for a point: `X || Y`, or the 32 bytes of Ed25519. Does not check that it is on the curve.
    PublicKey publicKey(byte[] point) throws GeneralSecurityException {
        var encoded = Arrays.copyOf(prefix, prefix.length + point.length);
        System.arraycopy(point, 0, encoded, prefix.length, point.length);
        return KeyFactory.getInstance(keyFactory).generatePublic(new X509EncodedKeySpec(encoded));
    }

    /// A new key pair.
    KeyPair generate() {
        try {
            if (this == ED25519) return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(jwkCurve.getStdName()));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("no provider makes keys on " + jwkCurve, missing);
        }
    }

    /// The JCA key for the 32 bytes that are an Ed25519 private key.
    static PrivateKey ed25519PrivateKey(byte[] seed) throws GeneralSecurityException {
        if (seed.length != ED25519.size)
            throw new InvalidKeySpecException("an Ed25519 private key has 32 bytes, not " + seed.length);
        var encoded = Arrays.copyOf(ED25519_PKCS8, ED25519_PKCS8.length + seed.length);
        System.arraycopy(seed, 0, encoded, ED25519_PKCS8.length, seed.length);
        return KeyFactory.getInstance(ED25519.keyFactory).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    /// Whether `y² = x³ - 3x + b` holds, with both coordinates below `p`. A point elsewhere can make verification say
    /// anything (invalid-curve attacks), and not every provider looks.
    boolean contains(byte[] xBytes, byte[] yBytes) {
        var x = new BigInteger(1, xBytes);
        var y = new BigInteger(1, yBytes);
        if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0) return false;
        var right = x.multiply(x).subtract(THREE).multiply(x).add(b);
        return y.multiply(y).subtract(right).mod(p).signum() == 0;
    }

    /// Whether the bytes have the one length a signature has, and neither half of an ECDSA signature is zero: a
    /// provider that forgets this check accepts the zero signature for everything (CVE-2022-21449).
    boolean couldBeSignature(byte[] signature) {
        if (signature.length != 2 * size) return false;
        return this == ED25519 || (!isZero(signature, 0, size) && !isZero(signature, size, 2 * size));
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) if (bytes[i] != 0) return false;
        return true;
    }
}
