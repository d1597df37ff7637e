package dev.intaglio.authorization.store;

import java.time.Instant;
import java.util.Optional;

/// Offers with the authorization code grant, found by their `issuer_state`, which is kept as a hash.
public interface OfferedAuthorizations {
    void save(String stateHash, OfferedAuthorization offered, Instant expiresAt);

    /// Finding an offer does not use it up.
    Optional<OfferedAuthorization> find(String stateHash, Instant now);

    /// Takes an offer out of the store. Of any number of callers, at most one receives it.
    Optional<OfferedAuthorization> consume(String stateHash, Instant now);
}
