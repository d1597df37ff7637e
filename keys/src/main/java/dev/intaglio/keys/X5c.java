package dev.intaglio.keys;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// The `x5c` header parameter (RFC 7515 §4.1.6): a certificate chain, leaf first, each certificate DER in base64.
public final class X5c {

    private static final int MAX_CERTIFICATES = 10;
    private static final int MAX_CERTIFICATE_BYTES = 16 * 1024;
    private static final int MAX_VALUE_LENGTH = 4 * ((MAX_CERTIFICATE_BYTES + 2) / 3);

    private X5c() {}

    /// Reads the chain. Bounded before anything is parsed; says nothing about trust.
    ///
    /// @throws IllegalArgumentException if there is no certificate, there are too many or too large ones, or a value
    ///     is no certificate
    public static List<X509Certificate> parse(List<String> values) {
        if (values.isEmpty()) throw new IllegalArgumentException("x5c is empty");
        if (values.size() > MAX_CERTIFICATES)
            throw new IllegalArgumentException(
                    "x5c holds " + values.size() + " certificates; at most " + MAX_CERTIFICATES + " are accepted");
        var chain = new ArrayList<X509Certificate>(values.size());
        for (var value : values) chain.add(certificate(value, chain.size()));
        return List.copyOf(chain);
    }

    private static X509Certificate certificate(String value, int index) {
        if (value.length() > MAX_VALUE_LENGTH)
            throw new IllegalArgumentException("x5c[" + index + "] is larger than " + MAX_CERTIFICATE_BYTES + " bytes");
        try {
            // The strict decoder: RFC 7515 says base64, so neither base64url nor line breaks.
            return certificate(java.util.Base64.getDecoder().decode(value));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("x5c[" + index + "]: " + malformed.getMessage(), malformed);
        }
    }

    /// One certificate in DER and nothing else.
    static X509Certificate certificate(byte[] der) {
        // The factory takes PEM too, which has no place here; DER begins with a SEQUENCE.
        if (der.length == 0 || der[0] != 0x30) throw new IllegalArgumentException("not a certificate in DER");
        try {
            var bytes = new ByteArrayInputStream(der);
            var certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes);
            if (bytes.available() > 0) throw new IllegalArgumentException("bytes follow the certificate");
            requireWholeBytes(der, certificate.getSignature().length);
            return certificate;
        } catch (CertificateException malformed) {
            throw new IllegalArgumentException("not a certificate: " + malformed.getMessage(), malformed);
        }
    }

    /// The signature ends the certificate, as a BIT STRING that says before its bytes how many bits of the last one do not
    /// count. The platform takes any such number if those bits are zero, and this one byte would be changed unnoticed.
    private static void requireWholeBytes(byte[] der, int signatureLength) {
        if (der[der.length - signatureLength - 1] != 0) {
            throw new IllegalArgumentException("the certificate's signature is not made of whole bytes");
        }
    }

    /// The chain as values of the header parameter.
    public static List<Base64> encode(List<X509Certificate> chain) {
        return chain.stream().map(X5c::encode).toList();
    }

    private static Base64 encode(X509Certificate certificate) {
        try {
            return Base64.encode(certificate.getEncoded());
        } catch (CertificateEncodingException broken) {
            throw new IllegalArgumentException(
                    "the certificate of " + certificate.getSubjectX500Principal() + " cannot be encoded", broken);
        }
    }

    /// The chain as it may be shown: without the self-signed certificates that key stores like to keep at its end (or
    /// as its only one).
    public static List<X509Certificate> withoutAnchor(List<X509Certificate> chain) {
        int end = chain.size();
        while (end > 0 && Chains.isSelfSigned(chain.get(end - 1))) end--;
        return List.copyOf(chain.subList(0, end));
    }

    /// The key a certificate certifies, with its thumbprint as `kid`. (Nimbus' own way needs BouncyCastle.)
    ///
    /// @throws IllegalArgumentException if the key is of no supported kind
    public static JWK publicJwk(X509Certificate certificate) {
        return PublicKeys.toJwk(certificate.getPublicKey());
    }
}
