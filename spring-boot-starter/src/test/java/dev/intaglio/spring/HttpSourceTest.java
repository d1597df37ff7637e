package dev.intaglio.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup;
import dev.intaglio.issuer.spi.Entitlement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A service on a socket, asked as the properties say.
@DisplayName("The http source of a definition")
class HttpSourceTest {
    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    private Path directory;

    private final List<String> asked = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        serve(HttpServer.create(local(), 0));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static InetSocketAddress local() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private void serve(HttpServer started) {
        server = started;
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            var body = "{\"seat\": \"1A\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private String address(String scheme) {
        return scheme + "://localhost:" + server.getAddress().getPort() + "/people/{subject}";
    }

    private Lookup find(HttpSourceProperties.Service service) throws IOException {
        var definitions = Files.createDirectories(directory.resolve("credentials"));
        Files.writeString(definitions.resolve("ticket.yaml"), """
                id: ticket
                display: [{locale: en, name: Ticket}]
                claims: [{path: [seat]}]
                source: {http: box-office}
                formats:
                  dc+sd-jwt: {vct: "urn:example:ticket:1"}
                """);
        var definition = CredentialDefinition.load(definitions.resolve("ticket.yaml"));
        CredentialDatasets datasets =
                new HttpSourceProperties(Map.of("box-office", service)).datasets(definition, Clock.systemUTC());
        return datasets.find(new Entitlement(
                "erika",
                definition,
                definition.configurations().getFirst(),
                Optional.empty(),
                Optional.empty(),
                "authorization"));
    }

    @Test
    @DisplayName("is asked with the token that was set")
    void withToken() throws IOException {
        var found = find(new HttpSourceProperties.Service(
                address("http"), Optional.of("secret"), Duration.ofSeconds(5), Optional.empty(), ""));
        assertThat(((Lookup.Ready) found).dataset().claims().string("seat")).isEqualTo("1A");
        assertThat(asked).containsExactly("/people/erika Bearer secret");
    }

    @Test
    @DisplayName("is not waited for longer than was set")
    void silent() throws IOException {
        stop();
        var end = new CountDownLatch(1);
        server = HttpServer.create(local(), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                end.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        try {
            assertThatThrownBy(() -> find(new HttpSourceProperties.Service(
                            address("http"), Optional.empty(), Duration.ofMillis(200), Optional.empty(), "")))
                    .isInstanceOf(UncheckedIOException.class);
        } finally {
            end.countDown();
        }
    }

    @Test
    @DisplayName("is shown the certificate that was set, and refuses whoever shows none")
    void mutualTls() throws Exception {
        stop();
        keytool("-genkeypair", "-alias", "key", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost");
        var store = directory.resolve("both.p12");
        var https = HttpsServer.create(local(), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context(store)) {
            @Override
            public void configure(HttpsParameters parameters) {
                var wanted = getSSLContext().getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        serve(https);
        // The server's certificate is as good as any public one for the length of this test.
        var before = SSLContext.getDefault();
        System.setProperty("javax.net.ssl.trustStore", store.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", new String(PASSWORD));
        try {
            SSLContext.setDefault(trusting(store));
            var found = find(new HttpSourceProperties.Service(
                    address("https"),
                    Optional.empty(),
                    Duration.ofSeconds(5),
                    Optional.of(store.toString()),
                    new String(PASSWORD)));
            assertThat(found).isInstanceOf(Lookup.Ready.class);
            assertThatThrownBy(() -> find(new HttpSourceProperties.Service(
                            address("https"), Optional.empty(), Duration.ofSeconds(5), Optional.empty(), "")))
                    .isInstanceOf(UncheckedIOException.class);
            assertThat(asked).hasSize(1);
        } finally {
            SSLContext.setDefault(before);
            System.clearProperty("javax.net.ssl.trustStore");
            System.clearProperty("javax.net.ssl.trustStorePassword");
        }
    }

    @Test
    @DisplayName("has to be there, and to have a place for the subject")
    void missing() {
        assertThatThrownBy(() -> find(new HttpSourceProperties.Service(
                        "http://localhost/", Optional.empty(), Duration.ofSeconds(1), Optional.empty(), "")))
                .hasMessageContaining("{subject}");
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-keystore",
                directory.resolve("both.p12").toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD)));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static KeyStore load(Path store) throws IOException, GeneralSecurityException {
        try (var stream = Files.newInputStream(store)) {
            var loaded = KeyStore.getInstance("PKCS12");
            loaded.load(stream, PASSWORD);
            return loaded;
        }
    }

    private static TrustManagerFactory trust(Path store) throws IOException, GeneralSecurityException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("anchor", load(store).getCertificate("key"));
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory;
    }

    private static SSLContext trusting(Path store) throws IOException, GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust(store).getTrustManagers(), null);
        return context;
    }

    private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(store), PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust(store).getTrustManagers(), null);
        return context;
    }
}
