package dev.intaglio.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.intaglio.issuer.status.CredentialStatuses.Order;
import dev.intaglio.issuer.store.StatusSelector;
import dev.intaglio.issuer.store.StatusVerb;
import dev.intaglio.keys.Pem;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.Wallet;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("intaglio inspect --status")
class InspectStatusTest {
    @TempDir
    private Path directory;

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private TestIssuer issuer;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        issuer = TestIssuer.builder()
                .identifier(URI.create("http://localhost:" + server.getAddress().getPort()))
                .build();
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            var answer = issuer.handler().handle(Request.get(issuer.identifier().resolve(exchange.getRequestURI())));
            answer.header("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().add("Content-Type", type));
            exchange.sendResponseHeaders(answer.status(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
            exchange.close();
        });
        server.start();
        var wallet = Wallet.builder(issuer.handler(), issuer.anchors())
                .clock(issuer.clock())
                .build();
        var received = (Outcome.Received)
                wallet.receive(wallet.resolve(issuer.offer(TestIssuer.PID).linkByValue()), Optional.empty());
        Files.writeString(
                directory.resolve("credential"),
                received.credentials().getFirst().value().toString());
        Files.writeString(
                directory.resolve("anchor.pem"),
                Pem.write(List.of(issuer.certificationAuthority().anchor())));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Ran inspect(String... more) {
        var arguments = new ArrayList<>(List.of("inspect", "@credential", "--trust", "anchor.pem", "--status"));
        arguments.addAll(List.of(more));
        return Ran.in(directory).at(issuer.clock()).run(arguments.toArray(String[]::new));
    }

    @Test
    @DisplayName("asks no private address that a credential names")
    void refusesPrivateAddresses() {
        var ran = inspect();
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("addresses named by strangers are asked over https only");
        assertThat(asked).hasValue(0);
    }

    @Test
    @DisplayName("asks a host that it is told of, wherever that is, and sees what was revoked")
    void asksToldHosts() {
        assertThat(inspect("--private-host", "localhost").code()).isZero();
        assertThat(asked.get()).isPositive();
        issuer.credentialIssuer()
                .statuses()
                .change(Order.of(StatusVerb.REVOKE, StatusSelector.ofSubject(TestIssuer.ERIKA), "a reason", "a test"));
        var ran = inspect("--private-host", "localhost");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("its issuer has taken it back");
    }
}
