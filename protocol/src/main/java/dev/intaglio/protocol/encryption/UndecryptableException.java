package dev.intaglio.protocol.encryption;

/// The message was encrypted to another key, or altered on its way. Which of the two cannot be told.
public final class UndecryptableException extends Exception {
    private static final long serialVersionUID = 1L;

    UndecryptableException(Throwable cause) {
        super("the message cannot be decrypted with this key", cause);
    }
}
