package dev.intaglio.wallet;

/// An issuer, or an offer, that does not do what the standard says, or cannot be reached: there is nothing a user could
/// choose differently. What an issuer refuses by the standard's means is no exception but [Outcome.Refused].
public final class WalletException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WalletException(String message) {
        super(message);
    }

    public WalletException(String message, Throwable cause) {
        super(message, cause);
    }
}
