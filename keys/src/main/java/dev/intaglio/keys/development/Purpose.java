package dev.intaglio.keys.development;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/// What a leaf certificate is for: whom it names, and what else its key may do.
sealed interface Purpose {

    GeneralNames alternativeNames();

    /// The extension these names are in.
    default ASN1ObjectIdentifier namedIn() {
        return Extension.subjectAlternativeName;
    }

    /// Whether the subject has a country beside its name.
    default boolean inCountry() {
        return false;
    }

    /// Adds what other leaves do not have.
    void addTo(X509v3CertificateBuilder builder) throws CertIOException;

    /// Signs for a Credential Issuer: the identifier as URI, for those who compare `iss`, and its host, for those who
    /// compare names.
    record IssuerOf(URI identifier) implements Purpose {
        /// @throws IllegalArgumentException if the identifier has no host
        public IssuerOf {
            requireHost(identifier);
        }

        @Override
        public GeneralNames alternativeNames() {
            return names(identifier);
        }

        @Override
        public void addTo(X509v3CertificateBuilder builder) throws CertIOException {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        }
    }

    /// Signs mobile documents for a Credential Issuer, by the profile of ISO/IEC 18013-5 Annex B.1.4. That has no
    /// `subjectAltName`; what `issuerAltName` has is a contact, an address as URI.
    record DocumentSignerOf(URI identifier) implements Purpose {
        /// Signs mobile driving licences.
        private static final KeyPurposeId MDL_SIGNER =
                KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.0.18013.5.1.2"));

        /// @throws IllegalArgumentException if the identifier has no host
        public DocumentSignerOf {
            requireHost(identifier);
        }

        @Override
        public GeneralNames alternativeNames() {
            return new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, identifier.toASCIIString()));
        }

        @Override
        public ASN1ObjectIdentifier namedIn() {
            return Extension.issuerAlternativeName;
        }

        @Override
        public boolean inCountry() {
            return true;
        }

        @Override
        public void addTo(X509v3CertificateBuilder builder) throws CertIOException {
            builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(MDL_SIGNER));
            addRevocationList(builder, identifier.toASCIIString().replaceFirst("/$", "") + "/development.crl");
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
        public void addTo(X509v3CertificateBuilder builder) throws CertIOException {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        }
    }

    /// The profiles of ISO/IEC 18013-5 want an address of a revocation list. There is no list: nobody revokes certificates of a
    /// development authority.
    static void addRevocationList(X509v3CertificateBuilder builder, String address) throws CertIOException {
        var list = new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, address));
        builder.addExtension(Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {
            new DistributionPoint(new DistributionPointName(list), null, null)
        }));
    }

    private static void requireHost(URI identifier) {
        if (identifier.getHost() == null)
            throw new IllegalArgumentException("the issuer identifier " + identifier + " has no host");
    }

    private static GeneralNames names(URI identifier) {
        return new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.uniformResourceIdentifier, identifier.toASCIIString()),
            host(identifier.getHost())
        });
    }

    private static GeneralName host(String host) {
        return Pattern.matches("[0-9.]+|\\[.*]", host)
                ? new GeneralName(GeneralName.iPAddress, host.replaceAll("[\\[\\]]", ""))
                : new GeneralName(GeneralName.dNSName, host);
    }
}
