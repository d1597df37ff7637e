package dev.intaglio.protocol.json;

/// Text that is not the JSON we accept, or a member that is missing or of the wrong type. The message names the
/// member by its path and says what was expected; it never quotes a value.
public final class JsonException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public JsonException(String message) {
        super(message);
    }

    public JsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
