package dev.intaglio.issuer.store;

import java.util.List;

/// Where the statuses of the credentials of one response are kept.
///
/// @param listId the status list
/// @param indices one for each credential, in their order
public record IssuedStatus(String listId, List<Integer> indices) {
    public IssuedStatus {
        indices = List.copyOf(indices);
    }
}
