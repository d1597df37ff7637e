package dev.intaglio.wallet;

import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.util.Optional;

/// Reads what servers answer.
final class Answers {
    private Answers() {}

    /// The body of a success.
    ///
    /// @throws RefusedException with the error the server answers instead
    /// @throws WalletException if it is neither
    static JsonObject success(Response response) {
        try {
            if (response.successful()) {
                return response.bodyObject();
            }
            if (response.body().length == 0) {
                throw new RefusedException(new Outcome.Refused(response.status(), "http_" + response.status(), ""));
            }
            var error = response.bodyObject();
            throw new RefusedException(new Outcome.Refused(
                    response.status(),
                    error.optionalString("error").orElse("http_" + response.status()),
                    error.optionalString("error_description").orElse("")));
        } catch (JsonException malformed) {
            throw new WalletException(
                    "a server answered " + response + ", which is not what the standard says: "
                            + malformed.getMessage(),
                    malformed);
        }
    }

    /// The `error` that a server asks us to answer by trying again, if it does.
    static Optional<String> error(Response response) {
        if (response.status() != 400 && response.status() != 401) {
            return Optional.empty();
        }
        try {
            return response.bodyObject().optionalString("error");
        } catch (JsonException none) {
            return Optional.empty();
        }
    }
}
