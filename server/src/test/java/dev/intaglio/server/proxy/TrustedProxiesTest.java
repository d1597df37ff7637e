package dev.intaglio.server.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.http.Request;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

/// Over HTTP, with a servlet that says what it sees.
class TrustedProxiesTest {

    /// Starts a session and says who has come, how, and where to.
    private static final class Echo extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            request.getSession();
            response.getWriter()
                    .print(String.join(
                            " ",
                            request.getRemoteAddr(),
                            request.getScheme(),
                            String.valueOf(request.isSecure()),
                            request.getServerName()));
        }
    }

    private record Seen(String text, boolean secureCookie) {}

    private static Seen seen(List<String> trusted) {
        var factory = new TomcatServletWebServerFactory(0);
        new ProxyConfiguration().trustedProxies(new ProxyProperties(trusted)).customize(factory);
        var server = factory.getWebServer(
                context -> context.addServlet("echo", new Echo()).addMapping("/"));
        server.start();
        try {
            var answer = JdkTransport.create()
                    .handle(Request.get(URI.create("http://127.0.0.1:" + server.getPort() + "/"))
                            .with("X-Forwarded-For", "203.0.113.7")
                            .with("X-Forwarded-Proto", "https")
                            .with("X-Forwarded-Host", "evil.example"));
            return new Seen(
                    answer.bodyText(), answer.header("Set-Cookie").orElseThrow().contains("Secure"));
        } finally {
            server.stop();
        }
    }

    @Test
    @DisplayName("a trusted proxy names the client, who came by https, so cookies are secure; the host stays ours")
    void trusted() {
        assertThat(seen(List.of("127.0.0.0/8"))).isEqualTo(new Seen("203.0.113.7 https true 127.0.0.1", true));
    }

    @Test
    @DisplayName("the same headers from elsewhere change nothing")
    void untrusted() {
        var nothing = new Seen("127.0.0.1 http false 127.0.0.1", false);

        assertThat(seen(List.of("10.0.0.0/8", "::1"))).isEqualTo(nothing);
        assertThat(seen(List.of())).isEqualTo(nothing);
    }
}
