package dev.intaglio.credential;

import dev.intaglio.protocol.metadata.ClaimsPath;

/// A dataset that does not fit the credential definition. Names the claim by its path and says what was expected;
/// never what the value is.
public class DatasetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ClaimsPath path;

    public DatasetException(ClaimsPath path, String message) {
        super(message);
        this.path = path;
    }

    /// The claim it is about.
    public ClaimsPath path() {
        return path;
    }
}
