package dev.intaglio.credential;

import dev.intaglio.protocol.metadata.ClaimsPath;

/// A claim that every credential of the type has to hold is not in the dataset.
public final class MissingClaimException extends DatasetException {
    private static final long serialVersionUID = 1L;

    public MissingClaimException(ClaimsPath path) {
        super(path, "the dataset has no " + path + ", which is mandatory");
    }
}
