package dev.intaglio.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.intaglio.protocol.http.Form;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The user of the demonstration")
class DemoUserTest {
    private static final String SIGN_IN = """
            <form action="/language"><select name="lang"><option selected>en</select><button>Change</button></form>
            <form method="post" action="/sign-in"><input type="hidden" name="_csrf" value="one">
            <button name="decision" value="cancel">Cancel</button>
            <input name="user"><input type="password" name="secret"><button>Sign in</button></form>""";
    private static final String CONSENT = """
            <form method="post"><input type=hidden name=_csrf value=two>
            <button name="decision" value="deny">No</button><button name="decision" value="approve">Yes</button></form>""";

    private final List<String> story = new ArrayList<>();
    private final List<String> posted = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    private String consent = CONSENT;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/authorize", exchange -> {
            exchange.getResponseHeaders().add("Set-Cookie", "visit=1; Path=/; HttpOnly");
            redirect(exchange, "/sign-in");
        });
        server.createContext("/sign-in", exchange -> {
            if (exchange.getRequestMethod().equals("GET")) {
                page(exchange, SIGN_IN);
                return;
            }
            keep(exchange);
            redirect(exchange, "/consent");
        });
        server.createContext("/consent", exchange -> {
            if (exchange.getRequestMethod().equals("GET")) {
                page(exchange, consent);
                return;
            }
            keep(exchange);
            redirect(exchange, "/callback?code=secret-code&state=s");
        });
        server.createContext("/callback", exchange -> page(exchange, "Done"));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void keep(HttpExchange exchange) throws IOException {
        var form = Form.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
        posted.add(form.encoded() + " " + exchange.getRequestHeaders().getFirst("Cookie"));
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().add("Location", to);
        exchange.sendResponseHeaders(303, -1);
        exchange.close();
    }

    private static void page(HttpExchange exchange, String content) throws IOException {
        var bytes = ("<!doctype html><title>Page</title>" + content).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void visit() {
        new DemoUser(HttpClient.newBuilder(), "erika", "p&ss", story::add)
                .accept(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/authorize"));
    }

    @Test
    @DisplayName("signs in and agrees by what forms mean, with cookies and hidden fields, and tells no secret")
    void goesThrough() {
        visit();
        assertThat(posted)
                .containsExactly("_csrf=one&user=erika&secret=p%26ss visit=1", "_csrf=two&decision=approve visit=1");
        assertThat(story).hasSize(3).last().asString().endsWith("/callback with a code");
        assertThat(String.join("", story)).doesNotContain("p&ss", "secret-code");
    }

    @Test
    @DisplayName("a page that leads nowhere ends the demonstration with its title")
    void leadsNowhere() {
        consent = "<p>Something went wrong</p>";
        assertThatThrownBy(this::visit).isInstanceOf(CommandFailure.class).hasMessageContaining("200, Page");
    }
}
