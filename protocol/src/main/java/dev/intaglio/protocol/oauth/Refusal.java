package dev.intaglio.protocol.oauth;

import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The standard's error: the request stops here. Carries what the wallet is told ([#error], [#description]) and, apart
/// from it, what only the operator is told ([#detail]). Written to the wire in one place, by [#response].
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;
    private final String description;
    private final String detail;
    private final transient Map<String, String> headers;

    private Refusal(
            int status,
            String error,
            String description,
            String detail,
            Map<String, String> headers,
            @Nullable Throwable cause) {
        super(error + ": " + (detail.isEmpty() ? description : detail), cause, false, false);
        this.status = status;
        this.error = error;
        this.description = ascii(description);
        this.detail = detail;
        this.headers = Map.copyOf(headers);
    }

    /// @param error the code of the standard; empty where the standard wants none (RFC 6750, section 3.1)
    /// @param description for the wallet's developer: says what to do, holds no value from the request
    public static Refusal of(String error, int status, String description) {
        return new Refusal(status, error, description, "", Map.of(), null);
    }

    /// Adds what the operator should know; it goes to the log and never to the wire.
    public Refusal because(String operatorDetail) {
        return new Refusal(status, error, description, operatorDetail, headers, getCause());
    }

    public Refusal because(Throwable cause) {
        return new Refusal(
                status,
                error,
                description,
                detail.isEmpty() ? String.valueOf(cause.getMessage()) : detail,
                headers,
                cause);
    }

    public Refusal withHeader(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Refusal(status, error, description, detail, more, getCause());
    }

    public int status() {
        return status;
    }

    public String error() {
        return error;
    }

    public String description() {
        return description;
    }

    /// For the operator; empty if there is nothing to add to the description.
    public String detail() {
        return detail;
    }

    /// The wire error: JSON `error` and `error_description`, never cached, never encrypted (§6.3, §8.3.1.2). Without a code
    /// there is no body: whoever sent no token is told how to, and nothing else (RFC 6750, section 3.1).
    public Response response() {
        var response = (error.isEmpty() ? Response.status(status) : Response.json(status, body())).noStore();
        for (var header : headers.entrySet()) {
            response = response.with(header.getKey(), header.getValue());
        }
        return response;
    }

    private JsonObject body() {
        return JsonObject.builder()
                .put("error", error)
                .put("error_description", description)
                .build();
    }

    /// `error_description` is limited to printable ASCII without quote and backslash (RFC 6749, section 5.2).
    private static String ascii(String text) {
        var safe = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> safe.append(
                        c == '"' || c == '\\' ? '\'' : c >= 0x20 && c <= 0x7e ? (char) c : c == '\n' ? ' ' : '?'));
        return safe.toString();
    }
}
