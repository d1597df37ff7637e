package dev.intaglio.storage.jdbc;

/// The database failed or could not be reached: a fault, never an answer to a wallet.
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StorageException(String message) {
        super(message);
    }

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
