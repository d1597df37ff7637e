package dev.intaglio.protocol.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/// Sends requests over the network by the JDK's HTTP client. Redirects are not followed: no document of this protocol is
/// served by one, and a followed redirect would carry a proof to an address it was not made for.
public final class JdkTransport implements Handler {
    private static final int MAX_RESPONSE_BYTES = 8 * 1024 * 1024;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient client;
    private final Duration timeout;
    private final int maxResponseBytes;

    public JdkTransport(HttpClient client, Duration timeout) {
        this(client, timeout, MAX_RESPONSE_BYTES);
    }

    private JdkTransport(HttpClient client, Duration timeout, int maxResponseBytes) {
        this.client = client;
        this.timeout = timeout;
        this.maxResponseBytes = maxResponseBytes;
    }

    /// A transport with a time limit of 20 seconds a request. It trusts the servers that the platform trusts.
    public static JdkTransport create() {
        return new JdkTransport(client().build(), REQUEST_TIMEOUT);
    }

    /// The same, but it trusts the servers that this context trusts; see [Tls].
    public static JdkTransport create(SSLContext tls) {
        return new JdkTransport(client().sslContext(tls).build(), REQUEST_TIMEOUT);
    }

    /// For servers that strangers name: no answer takes longer, or is larger. Always a direct connection, as a proxy would look names up
    /// by itself.
    ///
    /// @param timeout for connection and answer together
    public static JdkTransport bounded(Duration timeout, int maxResponseBytes) {
        return new JdkTransport(
                client().connectTimeout(timeout)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .build(),
                timeout,
                maxResponseBytes);
    }

    private static HttpClient.Builder client() {
        return HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslParameters(Tls.parameters())
                .connectTimeout(CONNECT_TIMEOUT);
    }

    /// @throws UncheckedIOException if no answer could be had
    @Override
    public Response handle(Request request) {
        var builder = HttpRequest.newBuilder(request.uri())
                .timeout(timeout)
                .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()));
        request.headers().fields().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        try {
            var answer = client.send(builder.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (var stream = answer.body()) {
                var body = stream.readNBytes(maxResponseBytes + 1);
                if (body.length > maxResponseBytes) {
                    throw new IOException("the answer is larger than " + maxResponseBytes + " bytes");
                }
                return new Response(
                        answer.statusCode(), headers(answer.headers().map()), body);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while waiting for " + request, interrupted));
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "no answer from " + request.uri().getScheme() + "://"
                            + request.uri().getRawAuthority(),
                    failed);
        }
    }

    private static Headers headers(Map<String, List<String>> fields) {
        var visible = new LinkedHashMap<>(fields);
        visible.keySet().removeIf(name -> name.startsWith(":"));
        return Headers.of(visible);
    }
}
