package dev.intaglio.keys.development;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/// What a leaf certificate is for: whom it names, and what else its key may do.
sealed interface Purpose {

    GeneralNames alternativeNames();

    Optional<KeyPurposeId> extendedKeyUsage();

    /// Signs for a Credential Issuer: the identifier as URI, for those who compare `iss`, and its host, for those who
    /// compare names.
    record IssuerOf(URI identifier) implements Purpose {
        /// @throws IllegalArgumentException if the identifier has no host
        public IssuerOf {
            if (identifier.getHost() == null)
                throw new IllegalArgumentException("the issuer identifier " + identifier + " has no host");
        }

        @Override
        public GeneralNames alternativeNames() {
            return new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.uniformResourceIdentifier, identifier.toASCIIString()),
                host(identifier.getHost())
            });
        }

        @Override
        public Optional<KeyPurposeId> extendedKeyUsage() {
            return Optional.empty();
        }
    }

    /// Is a TLS server by these names and addresses (RFC 9525 §6.3).
    record TlsServerAt(List<String> hosts) implements Purpose {
        public TlsServerAt {
            hosts = List.copyOf(hosts);
        }

        @Override
        public GeneralNames alternativeNames() {
            return new GeneralNames(hosts.stream().map(Purpose::host).toArray(GeneralName[]::new));
        }

        @Override
        public Optional<KeyPurposeId> extendedKeyUsage() {
            return Optional.of(KeyPurposeId.id_kp_serverAuth);
        }
    }

    private static GeneralName host(String host) {
        return Pattern.matches("[0-9.]+|\\[.*]", host)
                ? new GeneralName(GeneralName.iPAddress, host.replaceAll("[\\[\\]]", ""))
                : new GeneralName(GeneralName.dNSName, host);
    }
}
