package dev.intaglio.keys;

import com.nimbusds.jose.jwk.ECKey;
import java.security.interfaces.ECPublicKey;
import javax.crypto.SecretKey;

/// A key of ours that others encrypt to: the private half of an ECDH key agreement, which never shows itself. Implement this
/// to keep the key elsewhere. Instances are shared between threads.
public interface AgreementKey {
    /// The public half, with `alg` = `ECDH-ES`, `use` = `enc` and a `kid`. No private member.
    ECKey publicJwk();

    /// The shared secret Z of ECDH (NIST SP 800-56A, section 5.7.1.2) with somebody's ephemeral key.
    ///
    /// @throws IllegalArgumentException if the key is on another curve, or on none
    SecretKey agree(ECPublicKey ephemeral);

    /// A new key on P-256, as bytes that [#of] reads: a secret, to be kept where the nodes of an issuer share theirs.
    static byte[] fresh() {
        return LocalAgreementKey.fresh();
    }

    /// The key that [#fresh] made. Its `kid` is its RFC 7638 thumbprint.
    ///
    /// @throws IllegalArgumentException if the bytes are no such key
    static AgreementKey of(byte[] secret) {
        return LocalAgreementKey.of(secret);
    }
}
