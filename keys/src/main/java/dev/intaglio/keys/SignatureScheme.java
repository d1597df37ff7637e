package dev.intaglio.keys;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an algorithm name of JOSE (RFC 7518 §3.1, RFC 8037 §3.1, RFC 9864) is called in the JCA, and what a signature
/// of it looks like from outside.
enum SignatureScheme {
    ES256(JWSAlgorithm.ES256, "SHA256withECDSAinP1363Format", NamedCurve.P256),
    ES384(JWSAlgorithm.ES384, "SHA384withECDSAinP1363Format", NamedCurve.P384),
    ES512(JWSAlgorithm.ES512, "SHA512withECDSAinP1363Format", NamedCurve.P521),
    EDDSA(JWSAlgorithm.EdDSA, "Ed25519", NamedCurve.ED25519),
    ED25519(JWSAlgorithm.Ed25519, "Ed25519", NamedCurve.ED25519),
    RS256(JWSAlgorithm.RS256, "SHA256withRSA"),
    RS384(JWSAlgorithm.RS384, "SHA384withRSA"),
    RS512(JWSAlgorithm.RS512, "SHA512withRSA"),
    PS256(JWSAlgorithm.PS256, pss("SHA-256", MGF1ParameterSpec.SHA256, 32)),
    PS384(JWSAlgorithm.PS384, pss("SHA-384", MGF1ParameterSpec.SHA384, 48)),
    PS512(JWSAlgorithm.PS512, pss("SHA-512", MGF1ParameterSpec.SHA512, 64));

    private final JWSAlgorithm algorithm;
    private final String jcaName;
    private final @Nullable NamedCurve curve;
    private final @Nullable PSSParameterSpec pss;

    SignatureScheme(JWSAlgorithm algorithm, String jcaName, NamedCurve curve) {
        this.algorithm = algorithm;
        this.jcaName = jcaName;
        this.curve = curve;
        this.pss = null;
    }

    SignatureScheme(JWSAlgorithm algorithm, String jcaName) {
        this.algorithm = algorithm;
        this.jcaName = jcaName;
        this.curve = null;
        this.pss = null;
    }

    SignatureScheme(JWSAlgorithm algorithm, PSSParameterSpec pss) {
        this.algorithm = algorithm;
        this.jcaName = "RSASSA-PSS";
        this.curve = null;
        this.pss = pss;
    }

    private static PSSParameterSpec pss(String digest, MGF1ParameterSpec mgf, int saltLength) {
        return new PSSParameterSpec(digest, "MGF1", mgf, saltLength, PSSParameterSpec.TRAILER_FIELD_BC);
    }

    /// The scheme for a name, `none` and symmetric ones being unknown here.
    static SignatureScheme of(JWSAlgorithm algorithm) {
        for (var scheme : values()) if (scheme.algorithm.equals(algorithm)) return scheme;
        throw new IllegalArgumentException("the signature algorithm " + algorithm + " is not supported");
    }

    /// The scheme a key on this curve signs with.
    static SignatureScheme of(NamedCurve curve) {
        return switch (curve) {
            case P256 -> ES256;
            case P384 -> ES384;
            case P521 -> ES512;
            case ED25519 -> EDDSA;
        };
    }

    JWSAlgorithm algorithm() {
        return algorithm;
    }

    /// The curve its keys are on; RSA has none.
    Optional<NamedCurve> curve() {
        return Optional.ofNullable(curve);
    }

    boolean hasKeysOn(Curve jwkCurve) {
        return curve != null && curve.jwkCurve().equals(jwkCurve);
    }

    /// A signature ready to be fed. A new object each time: they are not safe to share, and making one costs little
    /// beside the signature itself.
    Signature signing(PrivateKey key) throws GeneralSecurityException {
        var signature = Signature.getInstance(jcaName);
        signature.initSign(key);
        return signature;
    }

    boolean verifies(PublicKey key, byte[] message, byte[] joseSignature) throws GeneralSecurityException {
        if (curve != null && !curve.couldBeSignature(joseSignature)) return false;
        var signature = Signature.getInstance(jcaName);
        if (pss != null) signature.setParameter(pss);
        signature.initVerify(key);
        signature.update(message);
        return signature.verify(joseSignature);
    }
}
