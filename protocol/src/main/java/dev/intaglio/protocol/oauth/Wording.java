package dev.intaglio.protocol.oauth;

import dev.intaglio.protocol.explanation.Shown;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;

/// How much an `error_description` says.
public enum Wording {
    /// What to do, and no value of the request: for production.
    SHORT,
    /// Also what was expected, what came, and the section of the standard: for developing wallets against this server.
    EXPLAINED;

    /// The description of a refusal that is not sent in a response of its own.
    public String of(Refusal refusal) {
        return switch (this) {
            case SHORT -> refusal.description();
            case EXPLAINED -> explained(refusal, "");
        };
    }

    /// The description of a refusal as the answer to a request.
    String of(Refusal refusal, Request request) {
        return switch (this) {
            case SHORT -> refusal.description();
            case EXPLAINED -> explained(refusal, refusal.status() == 400 ? members(request) : "");
        };
    }

    private static String explained(Refusal refusal, String members) {
        var why = refusal.explanation();
        var came = why.came().isEmpty() ? members : why.came();
        return refusal.description()
                + (why.expected().isEmpty() ? "" : "; expected: " + why.expected())
                + (came.isEmpty() ? "" : "; came: " + came)
                + (why.section().isEmpty() ? "" : " [" + why.section() + "]");
    }

    /// The names of what the body holds: where something is missing, it often stands under another name.
    private static String members(Request request) {
        return names(request).map(names -> "a body with " + Shown.names(names)).orElse("");
    }

    private static Optional<Collection<String>> names(Request request) {
        try {
            return switch (request.mediaType()) {
                case "application/json" ->
                    Optional.of(Json.readObject(request.body()).members().keySet());
                case Form.MEDIA_TYPE ->
                    Optional.of(Form.read(new String(request.body(), StandardCharsets.UTF_8))
                            .names());
                default -> Optional.empty();
            };
        } catch (JsonException unreadable) {
            return Optional.empty();
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
