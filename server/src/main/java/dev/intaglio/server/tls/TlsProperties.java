package dev.intaglio.server.tls;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// TLS of this server itself. It is on when one of certificate, pkcs12 and development is set; without them the server speaks
/// HTTP, for a proxy that does TLS or for wallets on this machine.
///
/// @param certificate A PEM file with the server's certificate and those above it, the server's first.
/// @param privateKey A PEM file with the private key of the certificate. By default the file of the certificate.
/// @param pkcs12 A PKCS#12 file with the key and its certificates, instead of PEM files.
/// @param password The password of the PKCS#12 file or of the encrypted PEM key; none by default.
/// @param alias Which key of the PKCS#12 file. By default the only one.
/// @param development Whether to make a certificate for this machine in the data directory, from an authority whose
///     certificate is in tls-ca.pem there.
/// @param checkInterval How often the files are looked at for a new certificate, which is used from then on; 0 for never.
/// @param strictTransport For how long browsers are to come by https alone (HSTS), when the issuer has an https address that
///     others than this machine can reach; 0 for not saying so.
/// @param plainPort A second port, without TLS and on this machine only, that answers /health and the admin interface and
///     nothing else; 0 for none.
@ConfigurationProperties(TlsProperties.PREFIX)
public record TlsProperties(
        Optional<String> certificate,
        Optional<String> privateKey,
        Optional<String> pkcs12,
        Optional<String> password,
        Optional<String> alias,
        @DefaultValue("false") boolean development,
        @DefaultValue("10s") Duration checkInterval,
        @DefaultValue("365d") Duration strictTransport,
        @DefaultValue("0") int plainPort) {
    static final String PREFIX = "intaglio.tls";

    public TlsProperties {
        certificate = orEmpty(certificate);
        privateKey = orEmpty(privateKey);
        pkcs12 = orEmpty(pkcs12);
        password = orEmpty(password);
        alias = orEmpty(alias);
        var sources = (certificate.isPresent() ? 1 : 0) + (pkcs12.isPresent() ? 1 : 0) + (development ? 1 : 0);
        if (sources > 1) {
            throw new IllegalArgumentException("the TLS certificate comes from one of intaglio.tls.certificate,"
                    + " intaglio.tls.pkcs12 and intaglio.tls.development, not from several");
        }
        if (privateKey.isPresent() && certificate.isEmpty()) {
            throw new IllegalArgumentException("intaglio.tls.private-key needs intaglio.tls.certificate beside it");
        }
    }

    /// Whether the server speaks TLS.
    public boolean enabled() {
        return certificate.isPresent() || pkcs12.isPresent() || development;
    }

    /// Without the password.
    @Override
    public String toString() {
        return "TlsProperties[enabled=" + enabled() + "]";
    }

    @SuppressWarnings("NullableOptional") // Spring Boot binds what is not set to null.
    private static Optional<String> orEmpty(@Nullable Optional<String> bound) {
        return bound == null ? Optional.empty() : bound;
    }
}
