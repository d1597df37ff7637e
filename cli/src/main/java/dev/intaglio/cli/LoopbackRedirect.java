package dev.intaglio.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Where a browser on this machine brings the authorization response: a free port of the loopback interface, open until the
/// first response has come (RFC 8252, section 7.3). Only this machine reaches it; whether the response is the one that was
/// waited for is for the wallet to say.
final class LoopbackRedirect implements AutoCloseable {
    /// Registered with any port.
    static final String PATH = "/callback";

    private static final byte[] PAGE = """
            <!doctype html>
            <html lang="en"><meta charset="utf-8"><title>Intaglio</title>
            <p>The answer has arrived. You can close this page and go back to the terminal.</p></html>
            """.getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final CompletableFuture<URI> callback = new CompletableFuture<>();

    private LoopbackRedirect(HttpServer server) {
        this.server = server;
    }

    static LoopbackRedirect open() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            var redirect = new LoopbackRedirect(server);
            server.createContext(PATH, redirect::answer);
            server.start();
            return redirect;
        } catch (IOException taken) {
            throw new CommandFailure(
                    "cannot listen on 127.0.0.1 for the browser to come back: " + taken,
                    "Does anything forbid programs to listen on this machine?",
                    taken);
        }
    }

    /// The redirect URI.
    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
    }

    /// Waits for the browser.
    ///
    /// @return the redirect URI as the browser came to it; empty if it did not come in time
    Optional<URI> await(Duration patience) {
        try {
            return Optional.of(callback.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        var asked = exchange.getRequestURI();
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")
                    || !asked.getPath().equals(PATH)
                    || asked.getRawQuery() == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Type", "text/html; charset=utf-8");
            headers.set("Cache-Control", "no-store");
            headers.set("Referrer-Policy", "no-referrer"); // the address holds the code
            headers.set("Content-Security-Policy", "default-src 'none'");
            exchange.sendResponseHeaders(200, PAGE.length);
            exchange.getResponseBody().write(PAGE);
        }
        callback.complete(URI.create(uri() + "?" + asked.getRawQuery()));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
