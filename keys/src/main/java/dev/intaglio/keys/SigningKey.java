package dev.intaglio.keys;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.jwk.JWK;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/// A key that signs and never shows itself: what is known of it is its public half and, perhaps, who vouches for it.
///
/// Implement this to keep a key elsewhere (an HSM, a cloud service): three descriptions and `sign`. Instances are
/// shared between threads and `sign` may be called by many at once. `ES256`, `ES384`, `ES512` and `EdDSA` (with
/// Ed25519, also under its fully specified name `Ed25519` of RFC 9864) are the algorithms we sign with.
///
/// ```java
/// SigningKey key = SigningKey.generate(JWSAlgorithm.ES256);
/// byte[] signature = key.sign(signingInput);
/// ```
public interface SigningKey {

    /// The one algorithm this key signs with.
    JWSAlgorithm algorithm();

    /// The public half, with `alg`, `use` = `sig` and a `kid`: the one the key came with, otherwise its RFC 7638
    /// SHA-256 thumbprint. No private member, no certificate.
    JWK publicJwk();

    /// The certificates that vouch for this key: leaf first, trust anchor left out (HAIP §6.1.1). Empty if there are
    /// none.
    List<X509Certificate> chain();

    /// The time in which all certificates of this key are good, the trust anchor's own not known; for ever if it has none. What
    /// is signed says times inside it.
    default Window window() {
        return Window.of(chain());
    }

    /// A time, both ends in it.
    record Window(Instant from, Instant until) {
        /// No certificate, no end.
        public static final Window ALWAYS = new Window(Instant.MIN, Instant.MAX);

        static Window of(List<X509Certificate> chain) {
            var window = ALWAYS;
            for (var certificate : chain) {
                var from = certificate.getNotBefore().toInstant();
                var until = certificate.getNotAfter().toInstant();
                window = new Window(
                        from.isAfter(window.from) ? from : window.from,
                        until.isBefore(window.until) ? until : window.until);
            }
            return window;
        }

        public boolean holds(Instant time) {
            return !time.isBefore(from) && !time.isAfter(until);
        }
    }

    /// Signs the message as JOSE and COSE want it: `R || S` for ECDSA (RFC 7518 §3.4), the 64 bytes for EdDSA.
    ///
    /// @throws IllegalStateException if the key cannot sign now; the cause says why
    byte[] sign(byte[] message);

    /// This key as Nimbus wants a signer. The header has to name [#algorithm()].
    default JWSSigner jwsSigner() {
        return new SigningKeyJwsSigner(this);
    }

    /// The key in a private JWK; the chain is the JWK's `x5c`, if it has one.
    ///
    /// @throws IllegalArgumentException if the JWK is not a private signature key of a supported kind
    static SigningKey of(JWK privateJwk) {
        return JcaSigningKey.of(privateJwk);
    }

    /// The key in a private JWK, with this chain in place of the JWK's `x5c`.
    ///
    /// @throws IllegalArgumentException if the JWK is not a private signature key of a supported kind, or the chain
    ///     is not one for this key
    static SigningKey of(JWK privateJwk, List<X509Certificate> chain) {
        return JcaSigningKey.of(privateJwk, chain);
    }

    /// A key pair of the JCA without certificates. The private key may live in a token (PKCS#11).
    ///
    /// @throws IllegalArgumentException if the keys are of no supported kind or do not belong together
    static SigningKey of(PrivateKey privateKey, PublicKey publicKey) {
        return of(privateKey, publicKey, List.of());
    }

    /// A key pair of the JCA and its chain: leaf first, trust anchor left out.
    ///
    /// @throws IllegalArgumentException if the keys are of no supported kind or do not belong together, or the chain
    ///     is not one for this key
    static SigningKey of(PrivateKey privateKey, PublicKey publicKey, List<X509Certificate> chain) {
        return JcaSigningKey.of(privateKey, publicKey, chain);
    }

    /// A new key that lives as long as this process.
    ///
    /// @throws IllegalArgumentException if we do not sign with the algorithm
    static SigningKey generate(JWSAlgorithm algorithm) {
        return JcaSigningKey.generate(algorithm);
    }
}
