package dev.intaglio.protocol.oauth;

import dev.intaglio.protocol.explanation.Explanation;
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
    private final transient Explanation explanation;
    private final transient Map<String, String> headers;

    private Refusal(
            int status,
            String error,
            String description,
            String detail,
            Explanation explanation,
            Map<String, String> headers,
            @Nullable Throwable cause) {
        super(error + ": " + (detail.isEmpty() ? description : detail), cause, false, false);
        this.status = status;
        this.error = error;
        this.description = ascii(description);
        this.detail = detail;
        this.explanation = explanation;
        this.headers = Map.copyOf(headers);
    }

    /// @param error the code of the standard; empty where the standard wants none (RFC 6750, section 3.1)
    /// @param description for the wallet's developer: says what to do, holds no value from the request
    public static Refusal of(String error, int status, String description) {
        return new Refusal(status, error, description, "", Explanation.NONE, Map.of(), null);
    }

    /// Adds what the operator should know; it goes to the log and never to the wire.
    public Refusal because(String operatorDetail) {
        return new Refusal(status, error, description, operatorDetail, explanation, headers, getCause());
    }

    public Refusal because(Throwable cause) {
        return new Refusal(
                status,
                error,
                description,
                detail.isEmpty() ? String.valueOf(cause.getMessage()) : detail,
                explanation,
                headers,
                cause);
    }

    /// Adds what the wallet's developer should know, for servers that explain. What was said before, more generally, gives the
    /// section if this has none.
    public Refusal explained(Explanation why) {
        return new Refusal(status, error, description, detail, why.or(explanation), headers, getCause());
    }

    public Refusal section(String section) {
        return explained(
                Explanation.of(section).expected(explanation.expected()).came(explanation.came()));
    }

    public Refusal expected(String value) {
        return explained(explanation.expected(value));
    }

    /// @param value as [dev.intaglio.protocol.explanation.Shown] writes it
    public Refusal came(String value) {
        return explained(explanation.came(value));
    }

    public Refusal withHeader(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Refusal(status, error, description, detail, explanation, more, getCause());
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

    public Explanation explanation() {
        return explanation;
    }

    /// The wire error: JSON `error` and `error_description`, never cached, never encrypted (§6.3, §8.3.1.2). Without a code
    /// there is no body: whoever sent no token is told how to, and nothing else (RFC 6750, section 3.1).
    public Response response() {
        return response(description);
    }

    /// The same in other words.
    ///
    /// @param wording see [Wording]; what JSON forms of OAuth must not hold is replaced
    Response response(String wording) {
        var response =
                (error.isEmpty() ? Response.status(status) : Response.json(status, body(ascii(wording)))).noStore();
        for (var header : headers.entrySet()) {
            response = response.with(header.getKey(), header.getValue());
        }
        return response;
    }

    private JsonObject body(String wording) {
        return JsonObject.builder()
                .put("error", error)
                .put("error_description", wording)
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
