package dev.intaglio.issuer.source;

import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/// Claims from a service that speaks JSON over HTTP. For each subject one GET:
///
/// | answer | means |
/// |---|---|
/// | 200 with a JSON object | the claims |
/// | 202, with `Retry-After` in seconds if it likes | not yet: issuance is deferred |
/// | 403, 404, 410 | there are none: the request is denied |
/// | anything else, or none | a fault; asked once more where that may help, then `server_error` |
///
/// After five faults in a row the service is spared for half a minute.
public final class HttpDatasets implements CredentialDatasets {
    private static final JsonLimits LIMITS = new JsonLimits(1024 * 1024, 32);
    private static final Duration USUAL_WAIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofDays(7);
    private static final int FAULTS = 5;
    private static final Duration SPARED = Duration.ofSeconds(30);

    private final Handler transport;
    private final String template;
    private final Map<String, String> headers;
    private final CircuitBreaker breaker;

    /// @param transport with its own time limit; with a client certificate where the service wants one
    /// @param template the address, in which `{subject}` stands for the subject, and `{configuration}` for the credential
    /// @param headers sent along, such as `Authorization`
    public HttpDatasets(Handler transport, String template, Map<String, String> headers, Clock clock) {
        if (!template.contains("{subject}")) {
            throw new IllegalArgumentException("the address of an HTTP source has no {subject} in it");
        }
        this.transport = transport;
        this.template = template;
        this.headers = Map.copyOf(headers);
        this.breaker = new CircuitBreaker(FAULTS, SPARED, clock);
        address("x", "x");
    }

    @Override
    public Lookup find(Entitlement entitlement) {
        var request = request(entitlement);
        var response = breaker.ask(() -> answer(request));
        return switch (response.status()) {
            case 200 -> Lookup.ready(new CredentialDataset(Json.readObject(response.body(), LIMITS)));
            case 202 -> Lookup.pending(wait(response));
            default -> Lookup.denied("the service answered " + response.status());
        };
    }

    private Request request(Entitlement entitlement) {
        var request = Request.get(address(
                        entitlement.subject(), entitlement.configuration().id()))
                .with("Accept", "application/json");
        for (var header : headers.entrySet()) {
            request = request.with(header.getKey(), header.getValue());
        }
        return request;
    }

    private URI address(String subject, String configuration) {
        return URI.create(
                template.replace("{subject}", encoded(subject)).replace("{configuration}", encoded(configuration)));
    }

    /// One segment of a path, whatever is in it: no subject leads anywhere else.
    private static String encoded(String value) {
        var encoded = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
        return encoded.matches("\\.+") ? encoded.replace(".", "%2E") : encoded;
    }

    private Response answer(Request request) {
        Response first;
        try {
            first = transport.handle(request);
        } catch (UncheckedIOException unreachable) {
            return meant(transport.handle(request)); // a GET may be repeated
        }
        return meant(overloaded(first) ? transport.handle(request) : first);
    }

    private static boolean overloaded(Response response) {
        return response.status() == 502 || response.status() == 503 || response.status() == 504;
    }

    private static Response meant(Response response) {
        return switch (response.status()) {
            case 200, 202, 403, 404, 410 -> response;
            default -> throw new IllegalStateException("the service with the claims answered " + response.status());
        };
    }

    private static Duration wait(Response response) {
        return response.header("Retry-After")
                .filter(value -> value.matches("[0-9]{1,7}"))
                .map(value -> Duration.ofSeconds(Math.max(1, Long.parseLong(value))))
                .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait)
                .orElse(USUAL_WAIT);
    }
}
