package dev.intaglio.issuer.status;

import dev.intaglio.credential.BitstringStatusListEntry;
import dev.intaglio.credential.CredentialStatus;
import dev.intaglio.credential.IdentifierReference;
import dev.intaglio.credential.StatusReference;
import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.issuer.store.IssuedStatus;
import dev.intaglio.keys.SigningKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gives credentials their place in a status list while they are made.
public final class StatusAssignment {
    /// For an issuer none of whose credentials can be taken back.
    public static final StatusAssignment NONE = new StatusAssignment(Map.of(), Optional.empty(), Optional.empty());

    private final Map<String, Carried> byConfiguration;
    private final Optional<StatusAllocation> allocation;
    private final Optional<StatusAddresses> addresses;

    /// What credentials of a configuration carry.
    ///
    /// @param token whether they name a Token Status List
    /// @param identifiers whether they name an identifier list
    /// @param credentials for which Bitstring Status Lists they have entries
    record Carried(boolean token, boolean identifiers, List<StatusResource.Credential> credentials) {}

    StatusAssignment(
            Map<String, Carried> byConfiguration,
            Optional<StatusAllocation> allocation,
            Optional<StatusAddresses> addresses) {
        this.byConfiguration = Map.copyOf(byConfiguration);
        this.allocation = allocation;
        this.addresses = addresses;
    }

    /// Where the credentials of one response have their statuses.
    ///
    /// @param issued to be recorded
    /// @param references to be put into the credentials, in their order
    public record Assigned(Optional<IssuedStatus> issued, List<CredentialStatus> references) {
        public Assigned {
            references = List.copyOf(references);
        }

        /// What stands in one of the credentials.
        public Optional<CredentialStatus> of(int credential) {
            return references.isEmpty() ? Optional.empty() : Optional.of(references.get(credential));
        }
    }

    /// An index of its own for each credential; none if the type has no status.
    ///
    /// @param key that signs them
    public Assigned assign(Entitlement entitlement, int credentials, SigningKey key) {
        var carried = byConfiguration.get(entitlement.configuration().id());
        if (carried == null) {
            return new Assigned(Optional.empty(), List.of());
        }
        var issued = allocation.orElseThrow().allocate(credentials);
        var references = issued.indices().stream()
                .map(index -> reference(carried, issued.listId(), index, key))
                .toList();
        return new Assigned(Optional.of(issued), references);
    }

    private CredentialStatus reference(Carried carried, String listId, int index, SigningKey key) {
        var at = addresses.orElseThrow();
        return new CredentialStatus(
                carried.token() ? Optional.of(new StatusReference(at.token(listId), index)) : Optional.empty(),
                carried.identifiers()
                        ? Optional.of(IdentifierReference.of(at.identifiers(listId), index))
                        : Optional.empty(),
                carried.credentials().stream()
                        .map(resource -> new BitstringStatusListEntry(
                                at.credential(listId, resource.by(key).name()),
                                index,
                                resource.purpose(),
                                resource.statusSize(),
                                resource.messages()))
                        .toList());
    }
}
