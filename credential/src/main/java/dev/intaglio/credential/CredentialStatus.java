package dev.intaglio.credential;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Where the status of one credential is to be read; every credential has an index of its own.
///
/// @param statusList in a Token Status List
/// @param identifierList in an identifier list
/// @param entries in Bitstring Status Lists, one for each purpose
public record CredentialStatus(
        Optional<StatusReference> statusList,
        Optional<IdentifierReference> identifierList,
        List<BitstringStatusListEntry> entries) {
    public CredentialStatus {
        entries = List.copyOf(entries);
        if (statusList.isEmpty() && identifierList.isEmpty() && entries.isEmpty()) {
            throw new IllegalArgumentException("a status is to be read somewhere");
        }
    }

    public static CredentialStatus of(StatusReference statusList) {
        return new CredentialStatus(Optional.of(statusList), Optional.empty(), List.of());
    }

    public static CredentialStatus of(IdentifierReference identifierList) {
        return new CredentialStatus(Optional.empty(), Optional.of(identifierList), List.of());
    }

    public static CredentialStatus of(List<BitstringStatusListEntry> entries) {
        return new CredentialStatus(Optional.empty(), Optional.empty(), entries);
    }

    /// What a credential in JSON was found to name.
    ///
    /// @return empty if it named nothing
    public static Optional<CredentialStatus> found(
            Optional<StatusReference> statusList, List<BitstringStatusListEntry> entries) {
        return statusList.isEmpty() && entries.isEmpty()
                ? Optional.empty()
                : Optional.of(new CredentialStatus(statusList, Optional.empty(), entries));
    }

    /// The address of the first list named, for people to look at.
    public URI uri() {
        return statusList
                .map(StatusReference::uri)
                .or(() -> identifierList.map(IdentifierReference::uri))
                .orElseGet(() -> entries.getFirst().credential());
    }

    /// The place in that list, for people to look at: an index, or an identifier.
    public String place() {
        return statusList
                .map(reference -> "index " + reference.index())
                .or(() -> identifierList.map(reference -> "identifier " + reference.id()))
                .orElseGet(() -> "index " + entries.getFirst().index());
    }

    /// The index in that list.
    ///
    /// @throws IllegalStateException if it is a list without indices
    public long index() {
        return statusList
                .map(StatusReference::index)
                .or(() -> entries.stream().findFirst().map(BitstringStatusListEntry::index))
                .orElseThrow(() -> new IllegalStateException("an identifier list has no indices"));
    }
}
