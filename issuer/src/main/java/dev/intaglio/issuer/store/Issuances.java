package dev.intaglio.issuer.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Remembers issuances, each with the use of its `c_nonce`s.
@FunctionalInterface
public interface Issuances {
    /// Records an issuance, the use of its nonces and what the issuance log is told, all or nothing, in one transaction.
    ///
    /// @param nonces distinct; empty where proofs carry none
    /// @return false if one of the nonces had been used before: then nothing was recorded. Of any number of callers with the
    ///     same nonce, one gets `true`.
    boolean record(IssuanceRecord issuance, List<UsedNonce> nonces);

    /// What each key of ours signed that is valid at a time; without keys that signed nothing of the kind.
    default List<SignedBy> signedBy(Instant now) {
        return List.of();
    }

    /// @param key its `kid`
    /// @param until when the last of them ends
    record SignedBy(String key, long credentials, Instant until) {}

    /// Marks valid issuances to a subject as stale, in one atomic step.
    ///
    /// @param configurationIds those that may be
    /// @return those that were not stale before
    default List<Stale> markStale(String subject, Set<String> configurationIds, Instant now) {
        throw new UnsupportedOperationException("this store does not keep what is stale");
    }

    /// How many credentials that are valid at a time are stale, and their subject got no newer ones of the same configuration
    /// since.
    default Map<String, Long> outstanding(Instant now) {
        return Map.of();
    }

    record Stale(String issuanceId, String configurationId, long credentials) {}

    /// The salt under which the issuance log commits to the credentials of an issuance; empty if the issuance is not known (any
    /// more), or there was no log.
    default Optional<byte[]> salt(String issuanceId) {
        return Optional.empty();
    }
}
