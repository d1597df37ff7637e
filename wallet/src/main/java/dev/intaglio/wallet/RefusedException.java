package dev.intaglio.wallet;

/// Carries an issuer's refusal up to where it becomes an outcome.
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Outcome.Refused refused;

    RefusedException(Outcome.Refused refused) {
        super(refused.error(), null, false, false);
        this.refused = refused;
    }

    Outcome.Refused refused() {
        return refused;
    }
}
