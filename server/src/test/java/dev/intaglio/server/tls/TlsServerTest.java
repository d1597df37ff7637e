package dev.intaglio.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.keys.Pem;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Tls;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.server.IntaglioServer;
import dev.intaglio.server.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@DisplayName("A server that speaks TLS itself")
class TlsServerTest {
    private static final Authority AUTHORITY = new Authority("the authority");
    private static final int TLS_1_1 = 0x0302;
    private static final int TLS_1_2 = 0x0303;

    static RunningServer start(Path data, Map<String, ?> properties) {
        var all = new HashMap<String, Object>(Map.of("server.port", 0, "intaglio.data-directory", data));
        all.putAll(properties);
        return IntaglioServer.start(all);
    }

    /// @param suites those the client offers, in its order
    static SSLSession handshake(SSLContext trust, URI server, String version, String... suites) throws IOException {
        try (var socket = (SSLSocket) trust.getSocketFactory().createSocket("127.0.0.1", server.getPort())) {
            socket.setEnabledProtocols(new String[] {version});
            socket.setEnabledCipherSuites(suites);
            socket.startHandshake();
            return socket.getSession();
        }
    }

    static String name(SSLSession session) throws IOException {
        return ((X509Certificate) session.getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    @Nested
    @DisplayName("with an EC key in a PEM file")
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class WithEcKey {
        private RunningServer server;

        @BeforeAll
        void start(@TempDir Path directory) throws IOException {
            var file = AUTHORITY.server("ec", Authority.keys("EC", 256)).pem(directory.resolve("tls.pem"));
            server = TlsServerTest.start(directory, Map.of("intaglio.tls.certificate", file));
        }

        @AfterAll
        void stop() {
            server.close();
        }

        @Test
        @DisplayName("has an https identifier, under which its metadata is")
        @Requirement({"CI-META-3", "CI-SEC-1"})
        void identifier() {
            var metadata = JdkTransport.create(AUTHORITY.trusting())
                    .handle(Request.get(server.issuer().resolve("/.well-known/openid-credential-issuer")));

            assertThat(server.issuer()).hasScheme("https").isEqualTo(server.address());
            assertThat(metadata.status()).isEqualTo(200);
            assertThat(metadata.bodyObject()
                            .read(CredentialIssuerMetadata::read)
                            .credentialIssuer())
                    .isEqualTo(server.issuer());
            assertThat(metadata.header("Strict-Transport-Security"))
                    .as("a machine is no website")
                    .isEmpty();
        }

        @Test
        @DisplayName("is nobody to a client that does not know its authority")
        @Requirement("W-META-11")
        void untrusted() {
            var request = Request.get(server.issuer().resolve("/.well-known/openid-credential-issuer"));

            assertThatThrownBy(() -> JdkTransport.create().handle(request)).isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(() -> JdkTransport.create(new Authority("another").trusting())
                            .handle(request))
                    .isInstanceOf(UncheckedIOException.class);
        }

        @ParameterizedTest(name = "{0}: of {1} and {2} the server takes {2}")
        @CsvSource({
            "TLSv1.3, TLS_AES_128_GCM_SHA256, TLS_AES_256_GCM_SHA384",
            "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"
        })
        @DisplayName("agrees on its own first choice")
        @Requirement("CI-SEC-1")
        void takes(String version, String clientsFirst, String serversFirst) throws IOException {
            var session = handshake(AUTHORITY.trusting(), server.address(), version, clientsFirst, serversFirst);

            assertThat(session.getProtocol()).isEqualTo(version);
            assertThat(session.getCipherSuite()).isEqualTo(serversFirst);
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource({
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384, c024",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, c023",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, c009",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, cca9"
        })
        @DisplayName("refuses other cipher suites of TLS 1.2")
        @Requirement("CI-SEC-1")
        void refuses(String name, String suite) throws IOException {
            assertThat(new ClientHello(TLS_1_2, Integer.parseInt(suite, 16)).send(port()))
                    .isEqualTo(ClientHello.ALERT);
        }

        @Test
        @DisplayName("refuses TLS 1.1, and understands the same client by TLS 1.2")
        @Requirement("CI-SEC-1")
        void refusesOldVersions() throws IOException {
            var ecdheEcdsaAes128Gcm = 0xc02b;
            assertThat(new ClientHello(TLS_1_1, ecdheEcdsaAes128Gcm).send(port()))
                    .isEqualTo(ClientHello.ALERT);
            assertThat(new ClientHello(TLS_1_1, 0xc009).send(port())).isEqualTo(ClientHello.ALERT);
            assertThat(new ClientHello(TLS_1_2, ecdheEcdsaAes128Gcm).send(port()))
                    .isEqualTo(ClientHello.HANDSHAKE);
        }

        private int port() {
            return server.address().getPort();
        }
    }

    @Nested
    @DisplayName("with an RSA key in a PKCS#12 file, at an address of its own")
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class WithRsaKey {
        private int plainPort;
        private RunningServer server;

        @BeforeAll
        void start(@TempDir Path directory) throws IOException {
            try (var free = new ServerSocket(0)) {
                plainPort = free.getLocalPort();
            }
            var file = AUTHORITY
                    .server("rsa", Authority.keys("RSA", 2048))
                    .pkcs12(directory.resolve("tls.p12"), "secret", "One", "Other");
            server = TlsServerTest.start(
                    directory,
                    Map.of(
                            "server.address", "127.0.0.1",
                            "intaglio.issuer", "https://issuer.example/tenant",
                            "intaglio.tls.pkcs12", file,
                            "intaglio.tls.password", "secret",
                            "intaglio.tls.alias", "Other",
                            "intaglio.tls.plain-port", plainPort));
        }

        @AfterAll
        void stop() {
            server.close();
        }

        @ParameterizedTest(name = "{0} with {1}")
        @CsvSource({
            "TLSv1.3, TLS_CHACHA20_POLY1305_SHA256",
            "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
        })
        @DisplayName("agrees on what BCP 195 recommends")
        @Requirement("CI-SEC-1")
        void takes(String version, String suite) throws IOException {
            var session = handshake(AUTHORITY.trusting(), server.address(), version, suite);

            assertThat(session.getCipherSuite()).isEqualTo(suite);
            assertThat(name(session)).isEqualTo("CN=rsa");
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource({
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, c027",
            "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, 009e",
            "TLS_RSA_WITH_AES_128_GCM_SHA256, 009c",
            "TLS_RSA_WITH_AES_128_CBC_SHA, 002f"
        })
        @DisplayName("refuses CBC, and key exchange without ECDHE")
        @Requirement("CI-SEC-1")
        void refuses(String name, String suite) throws IOException {
            var port = server.address().getPort();

            assertThat(new ClientHello(TLS_1_2, Integer.parseInt(suite, 16)).send(port))
                    .isEqualTo(ClientHello.ALERT);
            assertThat(new ClientHello(TLS_1_2, 0xc02f).send(port)).isEqualTo(ClientHello.HANDSHAKE);
        }

        @Test
        @DisplayName("has browsers come by https alone, to pages and endpoints")
        void strictTransport() {
            var transport = JdkTransport.create(AUTHORITY.trusting());
            for (var path : new String[] {"/tenant/", "/tenant/nonce", "/nothing"}) {
                assertThat(transport
                                .handle(Request.get(server.address().resolve(path)))
                                .header("Strict-Transport-Security"))
                        .as(path)
                        .contains("max-age=31536000");
            }
        }

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource({
            "/health, 200",
            "/tenant/admin/configurations, 401",
            "/tenant/, 404",
            "/tenant/nonce, 404",
            "/.well-known/openid-credential-issuer/tenant, 404",
            "/tenant/admin/../nonce, 404",
            "/health;/../tenant/nonce, 404"
        })
        @DisplayName("answers a plain port with health and the admin interface, and nothing else")
        void plainPort(String path, int status) {
            var response =
                    JdkTransport.create().handle(Request.get(URI.create("http://127.0.0.1:" + plainPort + path)));

            assertThat(response.status()).isEqualTo(status);
        }
    }

    @Nested
    @DisplayName("when its files change")
    @ExtendWith(OutputCaptureExtension.class)
    class Reload {
        @Test
        @DisplayName(
                "takes the new certificate up without restart, stays with the old one while the files are no good, and says both")
        void reloads(@TempDir Path directory, CapturedOutput output) throws IOException {
            var file = directory.resolve("tls.pem");
            AUTHORITY.server("first", Authority.keys("EC", 256)).pem(file);
            try (var server =
                    start(directory, Map.of("intaglio.tls.certificate", file, "intaglio.tls.check-interval", "10ms"))) {
                assertThat(served(server)).isEqualTo("CN=first");

                AUTHORITY.server("second", Authority.keys("RSA", 2048)).pem(file);
                assertThat(servedOtherThan("CN=first", server)).isEqualTo("CN=second");
                assertThat(output).contains("New TLS certificate taken up from " + file + ": CN=second, valid until");

                Files.writeString(file, "-----BEGIN CERTIFICATE-----\nbroken");
                var deadline = System.nanoTime() + 30_000_000_000L;
                while (!output.getOut().contains("The new TLS certificate is not used, the old one stays")) {
                    assertThat(served(server)).isEqualTo("CN=second");
                    assertThat(System.nanoTime()).isLessThan(deadline);
                }
                assertThat(output).contains("intaglio.tls.certificate: " + file);
                assertThat(served(server)).isEqualTo("CN=second");

                AUTHORITY.server("third", Authority.keys("EC", 384)).pem(file);
                assertThat(servedOtherThan("CN=second", server)).isEqualTo("CN=third");
                assertThat(handshake(
                                        AUTHORITY.trusting(),
                                        server.address(),
                                        "TLSv1.3",
                                        "TLS_AES_128_GCM_SHA256",
                                        "TLS_AES_256_GCM_SHA384")
                                .getCipherSuite())
                        .as("the server's order, as before")
                        .isEqualTo("TLS_AES_256_GCM_SHA384");
            }
        }

        private static String servedOtherThan(String name, RunningServer server) throws IOException {
            var deadline = System.nanoTime() + 30_000_000_000L;
            var served = served(server);
            while (served.equals(name) && System.nanoTime() < deadline) {
                served = served(server);
            }
            return served;
        }

        private static String served(RunningServer server) throws IOException {
            return name(handshake(AUTHORITY.trusting(), server.address(), "TLSv1.3", "TLS_AES_256_GCM_SHA384"));
        }
    }

    @Nested
    @DisplayName("with a development certificate")
    class Development {
        @Test
        @DisplayName(
                "is trusted by those who trust the authority in its data directory, by name and by address, also after a restart")
        void development(@TempDir Path directory) throws IOException {
            SSLContext trust;
            try (var server = start(directory, Map.of("intaglio.tls.development", true))) {
                trust = Tls.trustingOnly(Pem.certificates(directory.resolve("tls-ca.pem")));
                for (var host : new String[] {"localhost", "127.0.0.1"}) {
                    var page = URI.create(
                            "https://" + host + ":" + server.address().getPort() + "/");
                    assertThat(JdkTransport.create(trust)
                                    .handle(Request.get(page))
                                    .status())
                            .as(host)
                            .isEqualTo(200);
                }
            }
            try (var server = start(directory, Map.of("intaglio.tls.development", true))) {
                assertThat(JdkTransport.create(trust)
                                .handle(Request.get(server.address().resolve("/")))
                                .status())
                        .isEqualTo(200);
            }
        }
    }
}
