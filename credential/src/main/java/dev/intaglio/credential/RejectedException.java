package dev.intaglio.credential;

import dev.intaglio.credential.Verification.Reason;
import dev.intaglio.credential.Verification.Rejected;

/// A verifier's way out as soon as something is wrong with a credential; [CredentialVerifier] turns it into the outcome.
public final class RejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /// @param detail for the log of whoever received it; never quotes a claim
    public RejectedException(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    public Rejected outcome() {
        return new Rejected(reason, String.valueOf(getMessage()));
    }
}
