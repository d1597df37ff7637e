package dev.intaglio.drafts;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// A draft of OpenID4VCI that is met in the field, the oldest first. 16 and 17 are 1.0 on the wire.
public enum Draft {
    /// Of February 2023.
    DRAFT_11("draft-11"),
    /// Of November 2023.
    DRAFT_12("draft-12"),
    /// Of February 2024; Implementer's Draft 1.
    DRAFT_13("draft-13"),
    /// Of August 2024.
    DRAFT_14("draft-14"),
    /// Of December 2024; Implementer's Draft 2.
    DRAFT_15("draft-15");

    private final String label;

    Draft(String label) {
        this.label = label;
    }

    /// As it is written in settings and addresses, such as `draft-13`.
    public String label() {
        return label;
    }

    public boolean upTo(Draft other) {
        return compareTo(other) <= 0;
    }

    public static Optional<Draft> find(String label) {
        return Arrays.stream(values())
                .filter(draft -> draft.label.equals(label))
                .findFirst();
    }

    /// @throws IllegalArgumentException naming those there are
    public static Draft of(String label) {
        return find(label)
                .orElseThrow(() -> new IllegalArgumentException("there is no " + label + "; the drafts are "
                        + Arrays.stream(values()).map(Draft::label).collect(Collectors.joining(", "))));
    }
}
