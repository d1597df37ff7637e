package dev.intaglio.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;

@DisplayName("Files with a TLS key")
class TlsFilesTest {
    private static final Instant NOW = Instant.now();
    private static final Authority AUTHORITY = new Authority("the authority");
    private static final KeyPair KEYS = Authority.keys("EC", 256);

    @TempDir
    private Path directory;

    private final Authority.Server server = AUTHORITY.server("server", KEYS);

    private TlsFiles pem(String certificate, String key) {
        try {
            return new TlsFiles.Pem(
                    Files.writeString(directory.resolve("chain.pem"), certificate),
                    Files.writeString(directory.resolve("key.pem"), key),
                    Optional.empty());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void refused(TlsFiles files, String... reasons) {
        assertThatIllegalStateException()
                .isThrownBy(() -> files.load(NOW))
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(reasons));
    }

    @Test
    @DisplayName("a key and its certificate, each in a file")
    void twoFiles() {
        assertThat(pem(server.certificatePem(), server.keyPem()).load(NOW))
                .asString()
                .startsWith("CN=server, valid until ");
    }

    @Test
    @DisplayName("a certificate and the one above it, but not the other way round")
    void order() throws Exception {
        var above = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(server.authority().getEncoded())
                + "\n-----END CERTIFICATE-----\n";

        assertThat(pem(server.certificatePem() + above, server.keyPem()).load(NOW))
                .isNotNull();
        refused(
                pem(above + server.certificatePem(), server.keyPem()),
                "not the one of the first certificate",
                "CN=the authority");
        var stranger = AUTHORITY.server("stranger", Authority.keys("EC", 256));
        refused(pem(server.certificatePem() + stranger.certificatePem(), server.keyPem()), "not in order");
    }

    @Test
    @DisplayName("another key, an expired certificate and a short RSA key are refused by name")
    void refuses() {
        var rsa = Authority.keys("RSA", 1024);
        var expired = AUTHORITY.server("old", KEYS, NOW.minus(1, ChronoUnit.HOURS));

        refused(
                pem(
                        server.certificatePem(),
                        AUTHORITY.server("x", Authority.keys("EC", 256)).keyPem()),
                "not the one of the first certificate",
                "CN=server");
        refused(pem(expired.certificatePem(), expired.keyPem()), "expired", "CN=old");
        refused(
                pem(
                        AUTHORITY.server("short", rsa).certificatePem(),
                        AUTHORITY.server("short", rsa).keyPem()),
                "2048");
    }

    @Test
    @DisplayName("what is missing is named with its setting")
    void missing() {
        refused(
                new TlsFiles.Pem(directory.resolve("none.pem"), directory.resolve("none.pem"), Optional.empty()),
                "intaglio.tls.certificate",
                "there is no file",
                "none.pem");
        refused(pem(server.certificatePem(), "nothing"), "intaglio.tls.private-key", "key.pem");
        refused(pem("nothing", server.keyPem()), "intaglio.tls.certificate", "chain.pem");
    }

    @Nested
    @DisplayName("PKCS#12")
    class Pkcs12 {
        @Test
        @DisplayName("a wrong password is refused with the name of the setting and the file, and not with the password")
        void wrongPassword() throws IOException {
            var file = server.pkcs12(directory.resolve("tls.p12"), "right", "key");

            refused(
                    new TlsFiles.Pkcs12(file, "wrong-one", Optional.empty()),
                    "intaglio.tls.pkcs12",
                    "tls.p12",
                    "intaglio.tls.password");
            assertThat(new TlsFiles.Pkcs12(file, "wrong-one", Optional.empty()).toString())
                    .doesNotContain("wrong-one");
            assertThat(new TlsFiles.Pkcs12(file, "right", Optional.empty()).load(NOW))
                    .isNotNull();
        }

        @Test
        @DisplayName("of several keys one is named, in any case of letters")
        void alias() throws IOException {
            var file = server.pkcs12(directory.resolve("tls.p12"), "secret", "One", "Other");

            refused(new TlsFiles.Pkcs12(file, "secret", Optional.empty()), "intaglio.tls.alias", "one", "other");
            refused(new TlsFiles.Pkcs12(file, "secret", Optional.of("third")), "intaglio.tls.alias");
            assertThat(new TlsFiles.Pkcs12(file, "secret", Optional.of("Other")).load(NOW))
                    .isNotNull();
        }
    }

    @Nested
    @DisplayName("that change one after the other")
    class Changing {
        @Test
        @DisplayName("are taken up when both are there and have come to rest")
        void settles() throws IOException {
            var files = pem(server.certificatePem(), server.keyPem());
            var bundles = new DefaultSslBundleRegistry();
            var reload = new TlsReload(files, Duration.ZERO, Clock.systemUTC());
            reload.registerBundles(bundles);
            var before = bundles.getBundle(TlsReload.BUNDLE);
            var next = AUTHORITY.server("next", Authority.keys("EC", 256));

            Files.writeString(directory.resolve("chain.pem"), next.certificatePem());
            reload.look();
            Files.writeString(directory.resolve("key.pem"), next.keyPem());
            reload.look();
            assertThat(bundles.getBundle(TlsReload.BUNDLE)).isSameAs(before);
            reload.look();
            assertThat(bundles.getBundle(TlsReload.BUNDLE)).isNotSameAs(before);

            Files.delete(directory.resolve("key.pem"));
            var after = bundles.getBundle(TlsReload.BUNDLE);
            reload.look();
            reload.look();
            assertThat(bundles.getBundle(TlsReload.BUNDLE)).isSameAs(after);
            reload.destroy();
        }
    }
}
