package dev.intaglio.issuer.store;

import java.util.List;
import java.util.Optional;

/// Remembers issuances, each with the use of its `c_nonce`s.
@FunctionalInterface
public interface Issuances {
    /// Records an issuance, the use of its nonces and what the issuance log is told, all or nothing, in one transaction.
    ///
    /// @param nonces distinct; empty where proofs carry none
    /// @return false if one of the nonces had been used before: then nothing was recorded. Of any number of callers with the
    ///     same nonce, one gets `true`.
    boolean record(IssuanceRecord issuance, List<UsedNonce> nonces);

    /// The salt under which the issuance log commits to the credentials of an issuance; empty if the issuance is not known (any
    /// more), or there was no log.
    default Optional<byte[]> salt(String issuanceId) {
        return Optional.empty();
    }
}
