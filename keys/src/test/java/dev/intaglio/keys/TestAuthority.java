package dev.intaglio.keys;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Issues certificates of every kind a stranger could send, bad ones included.
public final class TestAuthority {

    public static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    public static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    public static final Instant END = Instant.parse("2027-01-01T00:00:00Z");

    private static final SecureRandom RANDOM = new SecureRandom();

    final KeyPair keys;
    final X509Certificate certificate;

    private TestAuthority(KeyPair keys, X509Certificate certificate) {
        this.keys = keys;
        this.certificate = certificate;
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public static TestAuthority root(String name) {
        return root(name, BEGIN, END);
    }

    public static TestAuthority root(String name, Instant begin, Instant end) {
        var keys = NamedCurve.P256.generate();
        return new TestAuthority(keys, certificate(named(name), keys, named(name), keys, begin, end, authority()));
    }

    public TestAuthority intermediate(String name) {
        var pair = NamedCurve.P256.generate();
        return new TestAuthority(pair, issue(name, pair, BEGIN, END, authority()));
    }

    /// A certificate that may sign, and yet is no authority by its basic constraints.
    public TestAuthority pretender(String name) {
        var pair = NamedCurve.P256.generate();
        return new TestAuthority(pair, issue(name, pair, BEGIN, END, leaf()));
    }

    public X509Certificate leaf(String name, KeyPair pair) {
        return issue(name, pair, BEGIN, END, leaf());
    }

    public X509Certificate leaf(String name) {
        return leaf(name, NamedCurve.P256.generate());
    }

    public X509Certificate leaf(String name, Instant begin, Instant end) {
        return issue(name, NamedCurve.P256.generate(), begin, end, leaf());
    }

    public X509Certificate leafFor(int keyUsage) {
        var usage = new Ext(Extension.keyUsage, true, new KeyUsage(keyUsage));
        return issue("other use", NamedCurve.P256.generate(), BEGIN, END, List.of(usage));
    }

    public X509Certificate leafWith(ASN1ObjectIdentifier extension, ASN1Encodable value) {
        return issue("strange", NamedCurve.P256.generate(), BEGIN, END, List.of(new Ext(extension, true, value)));
    }

    public static X509Certificate selfSigned(String name, KeyPair pair) {
        return certificate(named(name), pair, named(name), pair, BEGIN, END, leaf());
    }

    private X509Certificate issue(String name, KeyPair pair, Instant begin, Instant end, List<Ext> extensions) {
        var issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        return certificate(named(name), pair, issuer, keys, begin, end, extensions);
    }

    record Ext(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {}

    private static List<Ext> authority() {
        return List.of(
                new Ext(Extension.basicConstraints, true, new BasicConstraints(true)),
                new Ext(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign)));
    }

    private static List<Ext> leaf() {
        return List.of(
                new Ext(Extension.basicConstraints, true, new BasicConstraints(false)),
                new Ext(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)));
    }

    /// Put together by hand: the builder minds the length of names, strangers do not.
    private static X500Name named(String commonName) {
        return new X500Name(new RDN[] {new RDN(BCStyle.CN, new DERUTF8String(commonName))});
    }

    private static X509Certificate certificate(
            X500Name subject,
            KeyPair pair,
            X500Name issuer,
            KeyPair issuerKeys,
            Instant begin,
            Instant end,
            List<Ext> exts) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    new BigInteger(64, RANDOM).setBit(63),
                    Date.from(begin),
                    Date.from(end),
                    subject,
                    pair.getPublic());
            for (var ext : exts) builder.addExtension(ext.id(), ext.critical(), ext.value());
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(
                            new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate())));
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }
}
