package dev.intaglio.keys.development;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.keys.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("TLS for development")
class DevelopmentTlsTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final List<String> HOSTS = List.of("localhost", "127.0.0.1", "[::1]");
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    @TempDir
    private Path directory;

    private DevelopmentTls made(Instant now, List<String> hosts) throws IOException {
        return DevelopmentTls.loadOrCreate(directory, hosts, DevelopmentKeysTest.at(now), new SecureRandom());
    }

    private static X509Certificate certificate(Path file) throws IOException {
        return Pem.certificates(file).getFirst();
    }

    @Test
    @DisplayName("names its hosts, is for servers only, and comes from an authority that signs no credentials")
    void certificate() throws Exception {
        var made = made(NOW, HOSTS);
        DevelopmentKeys.loadOrCreate(
                directory, DevelopmentKeysTest.ISSUER, DevelopmentKeysTest.at(NOW), new SecureRandom());

        var server = certificate(made.server());
        server.verify(certificate(made.authority()).getPublicKey());
        assertThat(server.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(DNS_NAME, "localhost"),
                        List.of(IP_ADDRESS, "127.0.0.1"),
                        List.of(IP_ADDRESS, "0:0:0:0:0:0:0:1"));
        assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(certificate(directory.resolve("trust-anchor.pem"))).isNotEqualTo(certificate(made.authority()));
    }

    @Test
    @DisplayName("is found again, and replaced for other hosts and near its end, by the same authority")
    void kept() throws IOException {
        var first = certificate(made(NOW, HOSTS).server());
        var authority = certificate(made(NOW, HOSTS).authority());

        assertThat(certificate(made(NOW.plusSeconds(60), HOSTS).server())).isEqualTo(first);
        var other = certificate(made(NOW, List.of("issuer.example")).server());
        assertThat(other).isNotEqualTo(first);
        var later = made(NOW.plus(Duration.ofDays(350)), List.of("issuer.example"));
        assertThat(certificate(later.server())).isNotEqualTo(other);
        assertThat(certificate(later.authority())).isEqualTo(authority);
    }

    @Test
    @DisplayName("its files are their owner's alone")
    void permissions() throws IOException {
        var made = made(NOW, HOSTS);

        for (var file : List.of(made.server(), made.authority(), directory.resolve("tls-ca.p12"))) {
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }
}
