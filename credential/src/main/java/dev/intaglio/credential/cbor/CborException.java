package dev.intaglio.credential.cbor;

/// Bytes that are not the CBOR that was expected. The message never quotes a value.
public final class CborException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public CborException(String message) {
        super(message);
    }
}
