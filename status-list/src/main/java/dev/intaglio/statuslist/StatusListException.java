package dev.intaglio.statuslist;

/// A status list says nothing about a credential, and why (Bitstring Status List §3.5 has names for the reasons; those of the
/// Token Status List §8.3 are the same without names).
public final class StatusListException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;

    /// What is wrong.
    public enum Problem {
        /// The list could not be had.
        STATUS_RETRIEVAL_ERROR,
        /// It is not signed by whom it should be, is about something else, or its time is over.
        STATUS_VERIFICATION_ERROR,
        /// It is so short that it hides nobody.
        STATUS_LIST_LENGTH_ERROR,
        /// It has no such index.
        RANGE_ERROR,
        /// It is not what a list looks like.
        MALFORMED_VALUE_ERROR
    }

    public StatusListException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    public StatusListException(Problem problem, String message, Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    static StatusListException malformed(String message) {
        return new StatusListException(Problem.MALFORMED_VALUE_ERROR, message);
    }
}
