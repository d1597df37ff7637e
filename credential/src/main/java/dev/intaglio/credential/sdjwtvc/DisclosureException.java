package dev.intaglio.credential.sdjwtvc;

/// Disclosures and digests that do not belong together (RFC 9901 §7.1). The message quotes no claim.
public final class DisclosureException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    DisclosureException(String message) {
        super(message);
    }

    DisclosureException(String message, Throwable cause) {
        super(message, cause);
    }
}
