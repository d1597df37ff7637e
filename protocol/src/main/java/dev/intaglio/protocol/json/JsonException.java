package dev.intaglio.protocol.json;

import dev.intaglio.protocol.explanation.Explanation;

/// Text that is not the JSON we accept, or a member that is missing or of the wrong type. The message names the
/// member by its path and says what was expected; it never quotes a value.
public final class JsonException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient Explanation explanation;

    public JsonException(String message) {
        this(message, Explanation.NONE);
    }

    /// @param explanation for whoever wrote the text; unlike the message it may show what the protocol makes public
    public JsonException(String message, Explanation explanation) {
        super(message);
        this.explanation = explanation;
    }

    public JsonException(String message, Throwable cause) {
        super(message, cause);
        this.explanation = cause instanceof JsonException explained ? explained.explanation : Explanation.NONE;
    }

    public Explanation explanation() {
        return explanation;
    }
}
