package dev.intaglio.spring;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.authorization.client.AttestationPolicy;
import dev.intaglio.keys.Pem;
import dev.intaglio.keys.TrustAnchors;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Optional;

/// The providers in `intaglio.wallet-providers`, as the authorization server wants to know them.
final class ConfiguredAttesters {
    private ConfiguredAttesters() {}

    /// @return empty if there are none
    static Optional<AttestationPolicy> of(AuthorizationProperties properties) throws IOException {
        if (properties.walletProviders().isEmpty()) {
            return Optional.empty();
        }
        var keys = new ArrayList<JWK>();
        var anchors = new ArrayList<X509Certificate>();
        for (var provider : properties.walletProviders()) {
            try {
                var own = PublicJwks.of(provider.jwks(), provider.jwksFile());
                if (provider.certificates().isEmpty() == own.isEmpty()) {
                    throw new IllegalArgumentException("set certificates, or jwks, or jwks-file");
                }
                keys.addAll(own);
                if (provider.certificates().isPresent()) {
                    anchors.addAll(
                            Pem.certificates(Path.of(provider.certificates().get())));
                }
            } catch (IllegalArgumentException wrong) {
                throw new IllegalStateException("intaglio.wallet-providers: " + wrong.getMessage(), wrong);
            }
        }
        var policy = properties.walletAttestation();
        return Optional.of(new AttestationPolicy(
                keys,
                TrustAnchors.of(anchors),
                policy.challengeRequired(),
                policy.longestAge(),
                Optional.empty(),
                policy.issuerRequired()));
    }
}
