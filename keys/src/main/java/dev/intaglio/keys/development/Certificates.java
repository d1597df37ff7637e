package dev.intaglio.keys.development;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Builds the two kinds of certificate development needs (RFC 5280 §4): a root and a leaf below it. The root is an IACA
/// of ISO/IEC 18013-5 (Annex B.1.2) too.
final class Certificates {

    private static final Duration ROOT_VALIDITY = Duration.ofDays(3650);
    private static final Duration LEAF_VALIDITY = Duration.ofDays(365);
    // A wallet's clock may be behind ours, and credentials say they are from the beginning of their day or month: their
    // signer must be older than that.
    private static final Duration BACKDATED = Duration.ofDays(32);
    private static final int SERIAL_BITS = 128;

    /// Of nowhere: the last of the codes that ISO 3166-1 leaves to its users.
    private static final String COUNTRY = "ZZ";
    private static final GeneralNames CONTACT =
            new GeneralNames(new GeneralName(GeneralName.rfc822Name, "nobody@development.invalid"));

    private final Clock clock;
    private final SecureRandom random;

    Certificates(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    KeyPair newKeys(JWSAlgorithm algorithm) {
        try {
            if (algorithm.equals(JWSAlgorithm.EdDSA) || algorithm.equals(JWSAlgorithm.Ed25519)) {
                var generator = KeyPairGenerator.getInstance("Ed25519");
                generator.initialize(255, random);
                return generator.generateKeyPair();
            }
            var curves = Curve.forJWSAlgorithm(algorithm);
            if (!JWSAlgorithm.Family.EC.contains(algorithm) || curves == null || algorithm.equals(JWSAlgorithm.ES256K))
                throw new IllegalArgumentException("we do not sign with " + algorithm);
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curves.iterator().next().getStdName()), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("no provider makes keys for " + algorithm, missing);
        }
    }

    X509Certificate root(String commonName, KeyPair keys) {
        var now = now();
        var name = name(commonName, true);
        try {
            var builder = builder(name, now.minus(BACKDATED), now.plus(ROOT_VALIDITY), name, keys.getPublic());
            var extensions = new JcaX509ExtensionUtils();
            // No authority below this one.
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(keys.getPublic()));
            builder.addExtension(Extension.issuerAlternativeName, false, CONTACT);
            Purpose.addRevocationList(builder, "https://development.invalid/development.crl");
            return signed(builder, keys.getPrivate());
        } catch (CertIOException | GeneralSecurityException | OperatorCreationException impossible) {
            throw new IllegalStateException("the root certificate cannot be made", impossible);
        }
    }

    X509Certificate leaf(String commonName, Purpose purpose, PublicKey key, X509Certificate root, KeyPair rootKeys) {
        var now = now();
        var rootEnd = root.getNotAfter().toInstant();
        var rootBegin = root.getNotBefore().toInstant();
        var begin = now.minus(BACKDATED).isBefore(rootBegin) ? rootBegin : now.minus(BACKDATED);
        var end = now.plus(LEAF_VALIDITY).isAfter(rootEnd) ? rootEnd : now.plus(LEAF_VALIDITY);
        if (!begin.isBefore(end)) throw new IllegalStateException("the development CA is expired since " + rootEnd);
        try {
            var issuer = X500Name.getInstance(root.getSubjectX500Principal().getEncoded());
            var builder = builder(issuer, begin, end, name(commonName, purpose.inCountry()), key);
            var extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(purpose.namedIn(), false, purpose.alternativeNames());
            purpose.addTo(builder);
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    extensions.createAuthorityKeyIdentifier(rootKeys.getPublic()));
            builder.addExtension(Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(key));
            return signed(builder, rootKeys.getPrivate());
        } catch (CertIOException | GeneralSecurityException | OperatorCreationException impossible) {
            throw new IllegalStateException("the certificate of " + commonName + " cannot be made", impossible);
        }
    }

    /// Whether the certificate names exactly what it should for this purpose.
    static boolean isFor(Purpose purpose, X509Certificate leaf) {
        try {
            var stored = leaf.getExtensionValue(purpose.namedIn().getId());
            return stored != null
                    && GeneralNames.getInstance(JcaX509ExtensionUtils.parseExtensionValue(stored))
                            .equals(purpose.alternativeNames());
        } catch (IOException | IllegalArgumentException unreadable) {
            // Then it is none of ours, and a new one takes its place.
            return false;
        }
    }

    private X509v3CertificateBuilder builder(
            X500Name issuer, Instant begin, Instant end, X500Name subject, PublicKey key) {
        // The top bit is set so that every serial number has the same length and none is zero.
        var serial = new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
        return new X509v3CertificateBuilder(
                issuer,
                serial,
                Date.from(begin),
                Date.from(end),
                subject,
                SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    }

    private X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException, CertificateException {
        var signer = new JcaContentSignerBuilder("SHA256withECDSA")
                .setSecureRandom(random)
                .build(key);
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    /// X.509 knows no fractions of a second.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static X500Name name(String commonName, boolean inCountry) {
        var name = new X500NameBuilder(BCStyle.INSTANCE);
        if (inCountry) name.addRDN(BCStyle.C, COUNTRY);
        return name.addRDN(BCStyle.CN, commonName).build();
    }
}
