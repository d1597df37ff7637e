package dev.intaglio.credential;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Where the status of one credential is to be read; every credential has an index of its own.
///
/// @param statusList in a Token Status List
/// @param entries in Bitstring Status Lists, one for each purpose
public record CredentialStatus(Optional<StatusReference> statusList, List<BitstringStatusListEntry> entries) {
    public CredentialStatus {
        entries = List.copyOf(entries);
        if (statusList.isEmpty() && entries.isEmpty()) {
            throw new IllegalArgumentException("a status is to be read somewhere");
        }
    }

    public static CredentialStatus of(StatusReference statusList) {
        return new CredentialStatus(Optional.of(statusList), List.of());
    }

    public static CredentialStatus of(List<BitstringStatusListEntry> entries) {
        return new CredentialStatus(Optional.empty(), entries);
    }

    /// What a credential was found to name.
    ///
    /// @return empty if it named nothing
    public static Optional<CredentialStatus> found(
            Optional<StatusReference> statusList, List<BitstringStatusListEntry> entries) {
        return statusList.isEmpty() && entries.isEmpty()
                ? Optional.empty()
                : Optional.of(new CredentialStatus(statusList, entries));
    }

    /// The address of the first list named, for people to look at.
    public URI uri() {
        return statusList
                .map(StatusReference::uri)
                .orElseGet(() -> entries.getFirst().credential());
    }

    /// The index in that list.
    public long index() {
        return statusList
                .map(StatusReference::index)
                .orElseGet(() -> entries.getFirst().index());
    }
}
