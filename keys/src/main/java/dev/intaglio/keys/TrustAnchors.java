package dev.intaglio.keys;

import com.nimbusds.jose.jwk.JWK;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// Whom we trust: decides about the certificate chain of a wallet provider, an attester or an issuer.
///
/// Called once per chain met; may be called by many threads. It says whether the chain leads to somebody trusted, not
/// whether the signature beside it is good: that is [Signatures].
@FunctionalInterface
public interface TrustAnchors {

    /// Whether the chain, leaf first, leads to a trust anchor at that time. Never throws for a bad certificate: a
    /// chain that cannot be judged is [Untrusted].
    Trust check(List<X509Certificate> chain, Instant at);

    /// Public keys trusted without a certificate, which [#check] knows nothing of. By default none.
    default List<JWK> keys() {
        return List.of();
    }

    /// Trusts these keys, too.
    default TrustAnchors with(Collection<? extends JWK> keys) {
        var all = Stream.concat(keys().stream(), keys.stream().map(JWK::toPublicJWK))
                .toList();
        return new TrustAnchors() {
            @Override
            public Trust check(List<X509Certificate> chain, Instant at) {
                return TrustAnchors.this.check(chain, at);
            }

            @Override
            public List<JWK> keys() {
                return all;
            }
        };
    }

    /// What [#check] found.
    sealed interface Trust permits Trusted, Untrusted {}

    /// The chain leads to this anchor.
    record Trusted(X509Certificate anchor) implements Trust {}

    /// The chain leads to no anchor. The reason is for the operator; it quotes names out of the certificates.
    record Untrusted(String reason) implements Trust {}

    /// Trusts what these authorities certify, by PKIX path validation (RFC 5280 §6) without revocation.
    ///
    /// Refused besides: an empty chain, a self-signed leaf and a chain that carries its own anchor (HAIP §4.5.1), a
    /// leaf whose `keyUsage` is not for signatures, an anchor outside its validity.
    static TrustAnchors of(Collection<X509Certificate> anchors) {
        return anchors.isEmpty() ? none() : new PkixTrustAnchors(anchors);
    }

    /// Trusts nobody.
    static TrustAnchors none() {
        return (chain, at) -> new Untrusted("no trust anchors are configured");
    }

    /// Trusts what the authorities in a PEM file certify; text around the certificates is ignored.
    ///
    /// @throws IllegalArgumentException if the file holds no certificate, or one that cannot be read
    static TrustAnchors pem(Path file) throws IOException {
        return of(Pem.certificates(file));
    }
}
