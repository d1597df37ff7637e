package dev.intaglio.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.crypto.impl.ECDH;
import com.nimbusds.jose.crypto.utils.ECChecks;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import javax.crypto.SecretKey;

/// A key agreement in this process.
final class LocalAgreementKey implements AgreementKey {
    private final ECKey publicJwk;
    private final ECPrivateKey privateKey;

    private LocalAgreementKey(ECKey publicJwk, ECPrivateKey privateKey) {
        this.publicJwk = publicJwk;
        this.privateKey = privateKey;
    }

    static byte[] fresh() {
        var pair = NamedCurve.P256.generate();
        var jwk = new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic())
                .privateKey((ECPrivateKey) pair.getPrivate())
                .build();
        return jwk.toJSONString().getBytes(StandardCharsets.US_ASCII);
    }

    static AgreementKey of(byte[] secret) {
        try {
            var jwk = ECKey.parse(new String(secret, StandardCharsets.US_ASCII));
            if (!jwk.isPrivate()) throw new IllegalArgumentException("the key for decryption has no private half");
            var shown = new ECKey.Builder(jwk.toPublicJWK())
                    .algorithm(JWEAlgorithm.ECDH_ES)
                    .keyUse(KeyUse.ENCRYPTION)
                    .keyIDFromThumbprint()
                    .build();
            return new LocalAgreementKey(shown, jwk.toECPrivateKey());
        } catch (ParseException | JOSEException malformed) {
            throw new IllegalArgumentException("not a key for decryption", malformed);
        }
    }

    @Override
    public ECKey publicJwk() {
        return publicJwk;
    }

    @Override
    public SecretKey agree(ECPublicKey ephemeral) {
        // A point of another curve would give the private key away, a little each time.
        if (!ECChecks.isPointOnCurve(ephemeral, privateKey))
            throw new IllegalArgumentException("the ephemeral key is not on the curve of our key");
        try {
            return ECDH.deriveSharedSecret(ephemeral, privateKey, null);
        } catch (JOSEException unusable) {
            throw new IllegalArgumentException("no key agreement with the ephemeral key", unusable);
        }
    }

    /// The key's name only.
    @Override
    public String toString() {
        return "AgreementKey[" + publicJwk.getKeyID() + "]";
    }
}
