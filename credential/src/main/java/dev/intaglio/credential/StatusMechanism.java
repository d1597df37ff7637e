package dev.intaglio.credential;

import java.util.Arrays;
import java.util.Optional;

/// How a credential says where its status is to be read.
public enum StatusMechanism {
    /// By an index in a Token Status List (IETF OAuth).
    TOKEN_STATUS_LIST("token-status-list"),
    /// By entries in Bitstring Status Lists (W3C).
    BITSTRING_STATUS_LIST("bitstring-status-list"),
    /// By an identifier, which an identifier list holds once it is revoked (ISO/IEC 18013-5).
    IDENTIFIER_LIST("identifier-list");

    private final String word;

    StatusMechanism(String word) {
        this.word = word;
    }

    /// As definitions name it.
    public String word() {
        return word;
    }

    public static Optional<StatusMechanism> of(String word) {
        return Arrays.stream(values())
                .filter(mechanism -> mechanism.word.equals(word))
                .findFirst();
    }
}
