package dev.intaglio.drafts.wire;

import dev.intaglio.protocol.json.JsonObject;
import java.util.Optional;

/// What an endpoint answers: its HTTP status and the JSON object that is the body.
public record Answer(int status, JsonObject body) {
    public boolean successful() {
        return status >= 200 && status < 300;
    }

    public Optional<String> error() {
        return successful() ? Optional.empty() : body.optionalString("error");
    }

    public boolean isError(String code) {
        return error().filter(code::equals).isPresent();
    }

    /// The same error under another name.
    public Answer withError(String code) {
        return new Answer(status, body.with("error", code));
    }

    public Answer with(String name, Object value) {
        return new Answer(status, body.with(name, value));
    }

    public Answer without(String name) {
        return new Answer(status, body.without(name));
    }

    /// Names only.
    @Override
    public String toString() {
        return "Answer[" + status + ", " + body + "]";
    }
}
