package dev.intaglio.credential;

/// A definition file that cannot be used. The message begins with file and line.
public final class CredentialDefinitionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    CredentialDefinitionException(String message) {
        super(message);
    }

    CredentialDefinitionException(String message, Throwable cause) {
        super(message, cause);
    }
}
