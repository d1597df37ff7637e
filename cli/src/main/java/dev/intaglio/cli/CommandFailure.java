package dev.intaglio.cli;

/// A command that did not do what it was asked to, for a reason its user can understand.
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String next;

    /// @param message what happened
    /// @param next what to try: a command, or a sentence that has one
    CommandFailure(String message, String next) {
        super(message);
        this.next = next;
    }

    CommandFailure(String message, String next, Throwable cause) {
        super(message, cause);
        this.next = next;
    }

    String next() {
        return next;
    }
}
