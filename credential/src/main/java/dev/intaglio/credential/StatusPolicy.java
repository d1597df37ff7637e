package dev.intaglio.credential;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// That credentials of a type can be taken back, and how they say so.
///
/// @param mechanisms what to use, as far as a format can; empty for what each format prefers
/// @param purposes what W3C credentials have entries for: `revocation`, `suspension`, `message`
public record StatusPolicy(Set<StatusMechanism> mechanisms, List<String> purposes) {
    /// The purposes there are.
    public static final List<String> PURPOSES = List.of("revocation", "suspension", BitstringStatusListEntry.MESSAGE);

    /// What each format prefers; revocation and suspension.
    public static final StatusPolicy DEFAULT = new StatusPolicy(Set.of(), List.of("revocation", "suspension"));

    public StatusPolicy {
        mechanisms = Set.copyOf(mechanisms);
        purposes = List.copyOf(purposes);
        if (purposes.isEmpty()
                || !PURPOSES.containsAll(purposes)
                || Set.copyOf(purposes).size() < purposes.size()) {
            throw new IllegalArgumentException("the purposes of a status are some of " + PURPOSES);
        }
    }

    /// All it says, the same on every node.
    public String text() {
        return mechanisms.stream().map(StatusMechanism::word).sorted().toList() + " " + purposes;
    }

    /// What credentials of a format use.
    ///
    /// @throws CredentialDefinitionException if the format can do nothing that is wanted
    public Set<StatusMechanism> of(CredentialFormat format, FormatConfiguration configuration) {
        var able = format.statusMechanisms();
        if (able.isEmpty()) {
            throw configuration.error(format.identifier() + " has no place for a status");
        }
        if (mechanisms.isEmpty()) {
            return Set.of(able.getFirst());
        }
        var used = new ArrayList<>(able);
        used.retainAll(mechanisms);
        if (used.isEmpty()) {
            throw configuration.error(format.identifier() + " can do none of the status mechanisms "
                    + mechanisms.stream().map(StatusMechanism::word).sorted().toList() + ", but "
                    + able.stream().map(StatusMechanism::word).toList());
        }
        return Set.copyOf(used);
    }
}
