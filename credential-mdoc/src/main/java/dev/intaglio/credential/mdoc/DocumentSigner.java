package dev.intaglio.credential.mdoc;

import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.X5c;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/// Who signed a document, by its certificates (ISO/IEC 18013-5 §9.3.3 and Annex B.1.4).
///
/// @param chain leaf first, trust anchor left out
record DocumentSigner(List<X509Certificate> chain) {
    /// Signs mobile driving licences.
    private static final String MDL_SIGNER = "1.0.18013.5.1.2";

    private static final int DIGITAL_SIGNATURE = 0;

    DocumentSigner {
        chain = List.copyOf(chain);
    }

    /// @throws IllegalArgumentException if these are no certificates
    static DocumentSigner read(List<byte[]> certificates) {
        var base64 = Base64.getEncoder();
        return new DocumentSigner(
                X5c.parse(certificates.stream().map(base64::encodeToString).toList()));
    }

    X509Certificate certificate() {
        return chain.getFirst();
    }

    /// Why documents of this type by this signer are not to be believed; nothing if they are.
    Optional<String> distrust(String docType, TrustAnchors anchors, Instant now) {
        if (anchors.check(chain, now) instanceof TrustAnchors.Untrusted(var reason)) {
            return Optional.of(reason);
        }
        if (certificate().getBasicConstraints() >= 0) {
            return Optional.of("the document signer's certificate is that of an authority");
        }
        var usage = certificate().getKeyUsage();
        if (usage == null || !usage[DIGITAL_SIGNATURE]) {
            return Optional.of("the document signer's certificate is not for digital signatures");
        }
        return docType.equals(MdocVerifier.MDL) && !purposes().contains(MDL_SIGNER)
                ? Optional.of("the document signer's certificate is not for mobile driving licences")
                : Optional.empty();
    }

    /// Whether a moment is within the validity of the certificate.
    boolean validAt(Instant moment) {
        return !moment.isBefore(certificate().getNotBefore().toInstant())
                && !moment.isAfter(certificate().getNotAfter().toInstant());
    }

    /// The `countryName` of the subject.
    Optional<String> country() {
        try {
            return new LdapName(certificate().getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("C"))
                            .map(part -> String.valueOf(part.getValue()))
                            .findFirst();
        } catch (InvalidNameException unreadable) {
            return Optional.empty();
        }
    }

    private List<String> purposes() {
        try {
            var purposes = certificate().getExtendedKeyUsage();
            return purposes == null ? List.of() : purposes;
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }
}
