package dev.intaglio.server.tls;

import dev.intaglio.protocol.http.Tls;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Certifies TLS servers on this machine.
final class Authority {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final KeyPair keys = keys("EC", 256);
    private final X509Certificate certificate;

    Authority(String name) {
        certificate = certificate(name, name, keys, keys, NOW.plus(1, ChronoUnit.DAYS), true);
    }

    record Server(KeyPair keys, X509Certificate certificate, X509Certificate authority) {
        String keyPem() {
            return Authority.pem("PRIVATE KEY", keys.getPrivate().getEncoded());
        }

        String certificatePem() {
            try {
                return Authority.pem("CERTIFICATE", certificate.getEncoded());
            } catch (GeneralSecurityException impossible) {
                throw new AssertionError(impossible);
            }
        }

        Path pem(Path file) throws IOException {
            return Files.writeString(file, keyPem() + certificatePem());
        }

        Path pkcs12(Path file, String password, String... aliases) throws IOException {
            try (var stream = Files.newOutputStream(file)) {
                var store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                for (var alias : aliases) {
                    store.setKeyEntry(alias, keys.getPrivate(), password.toCharArray(), new X509Certificate[] {
                        certificate, authority
                    });
                }
                store.store(stream, password.toCharArray());
                return file;
            } catch (GeneralSecurityException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    Server server(String name, KeyPair pair) {
        return server(name, pair, NOW.plus(1, ChronoUnit.HOURS));
    }

    Server server(String name, KeyPair pair, Instant end) {
        return new Server(pair, certificate(issuer(), name, pair, keys, end, false), certificate);
    }

    SSLContext trusting() {
        return Tls.trustingOnly(List.of(certificate));
    }

    private String issuer() {
        return certificate.getSubjectX500Principal().getName().substring("CN=".length());
    }

    static KeyPair keys(String algorithm, int size) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(content) + "\n-----END " + label + "-----\n";
    }

    private static X509Certificate certificate(
            String issuer, String subject, KeyPair pair, KeyPair signer, Instant end, boolean authority) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    new X500Name("CN=" + issuer),
                    BigInteger.valueOf(System.nanoTime()),
                    Date.from(NOW.minus(2, ChronoUnit.DAYS)),
                    Date.from(end),
                    new X500Name("CN=" + subject),
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
            }));
            var signing = new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signing));
        } catch (IOException | GeneralSecurityException | OperatorCreationException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
