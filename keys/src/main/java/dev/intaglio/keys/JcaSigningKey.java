package dev.intaglio.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A signing key in the hands of the JCA: in memory, or in a token whose provider gives out a handle.
final class JcaSigningKey implements SigningKey {

    private final SignatureScheme scheme;
    private final PrivateKey privateKey;
    private final JWK publicJwk;
    private final List<X509Certificate> chain;

    private JcaSigningKey(
            SignatureScheme scheme,
            PrivateKey privateKey,
            PublicKey publicKey,
            @Nullable String kid,
            List<X509Certificate> chain) {
        this.scheme = scheme;
        this.privateKey = inPreferredProvider(privateKey);
        this.publicJwk = PublicKeys.toSignatureJwk(publicKey, scheme, kid);
        this.chain = Chains.requireFor(publicKey, chain);
        requirePairWith(publicKey);
    }

    static SigningKey of(JWK jwk) {
        var x5c = jwk.getX509CertChain();
        return of(
                jwk,
                x5c == null
                        ? List.of()
                        : X5c.parse(x5c.stream().map(Base64::toString).toList()));
    }

    static SigningKey of(JWK jwk, List<X509Certificate> chain) {
        if (!jwk.isPrivate()) throw new IllegalArgumentException(named(jwk) + " has no private part");
        if (com.nimbusds.jose.jwk.KeyUse.ENCRYPTION.equals(jwk.getKeyUse()))
            throw new IllegalArgumentException(named(jwk) + " is for encryption");
        if (jwk.getKeyOperations() != null && !jwk.getKeyOperations().contains(KeyOperation.SIGN))
            throw new IllegalArgumentException("the key_ops of " + named(jwk) + " do not include sign");
        var scheme = scheme(jwk);
        var publicKey = PublicKeys.forScheme(jwk, scheme);
        return new JcaSigningKey(scheme, privateKey(jwk), publicKey, jwk.getKeyID(), chain);
    }

    static SigningKey of(PrivateKey privateKey, PublicKey publicKey, List<X509Certificate> chain) {
        var curve = NamedCurve.of(publicKey)
                .orElseThrow(() -> new IllegalArgumentException("we do not sign with " + publicKey.getAlgorithm()
                        + " keys other than those on P-256, P-384, P-521 and Ed25519"));
        var scheme = SignatureScheme.of(curve);
        PublicKeys.requireUsable(publicKey, scheme);
        return new JcaSigningKey(scheme, privateKey, publicKey, null, chain);
    }

    static SigningKey generate(JWSAlgorithm algorithm) {
        var scheme = SignatureScheme.of(algorithm);
        var pair = scheme.curve()
                .orElseThrow(() -> new IllegalArgumentException("we do not sign with " + algorithm))
                .generate();
        return new JcaSigningKey(scheme, pair.getPrivate(), pair.getPublic(), null, List.of());
    }

    private static SignatureScheme scheme(JWK jwk) {
        var curve = switch (jwk) {
            case ECKey ec -> NamedCurve.of(ec.getCurve());
            case OctetKeyPair okp -> NamedCurve.of(okp.getCurve());
            default -> Optional.<NamedCurve>empty();
        };
        if (curve.isEmpty())
            throw new IllegalArgumentException(
                    "we sign with keys on P-256, P-384, P-521 and Ed25519; " + named(jwk) + " is none of them");
        // An Ed25519 key has two names for its algorithm, and its JWK may prefer one.
        return JWSAlgorithm.Ed25519.equals(jwk.getAlgorithm()) && curve.get() == NamedCurve.ED25519
                ? SignatureScheme.ED25519
                : SignatureScheme.of(curve.get());
    }

    private static PrivateKey privateKey(JWK jwk) {
        try {
            return switch (jwk) {
                case ECKey ec -> ec.toECPrivateKey();
                case OctetKeyPair okp -> NamedCurve.ed25519PrivateKey(okp.getDecodedD());
                default -> throw new IllegalArgumentException(named(jwk) + " is of no supported kind");
            };
        } catch (JOSEException | GeneralSecurityException invalid) {
            throw new IllegalArgumentException(named(jwk) + " is no valid private key", invalid);
        }
    }

    private static String named(JWK jwk) {
        return jwk.getKeyID() == null ? "the JWK" : "the JWK " + jwk.getKeyID();
    }

    /// Native providers copy a foreign key into their own memory at every signature; once is enough. What cannot be
    /// copied (a key in a token) stays what it is.
    private static PrivateKey inPreferredProvider(PrivateKey key) {
        if (key.getEncoded() == null) return key;
        try {
            return (PrivateKey) KeyFactory.getInstance(key.getAlgorithm()).translateKey(key);
        } catch (InvalidKeyException | NoSuchAlgorithmException untranslatable) {
            return key;
        }
    }

    private void requirePairWith(PublicKey publicKey) {
        var message = new byte[] {'p', 'a', 'i', 'r'};
        try {
            if (!scheme.verifies(publicKey, message, sign(message)))
                throw new IllegalArgumentException("the private key does not belong to the public key");
        } catch (GeneralSecurityException | IllegalStateException unusable) {
            throw new IllegalArgumentException(
                    "the private key does not sign " + scheme.algorithm() + " for the public key", unusable);
        }
    }

    @Override
    public JWSAlgorithm algorithm() {
        return scheme.algorithm();
    }

    @Override
    public JWK publicJwk() {
        return publicJwk;
    }

    @Override
    public List<X509Certificate> chain() {
        return chain;
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            var signature = scheme.signing(privateKey);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("the key " + publicJwk.getKeyID() + " could not sign", failed);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[" + scheme.algorithm() + ", kid=" + publicJwk.getKeyID() + ", " + chain.size()
                + " certificates]";
    }
}
