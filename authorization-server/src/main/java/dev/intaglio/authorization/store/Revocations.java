package dev.intaglio.authorization.store;

import java.time.Instant;

/// Authorizations that are no longer good. What an access token says of itself stays true until it expires, so this is asked
/// for each.
public interface Revocations {
    /// Ends an authorization; once more does nothing.
    ///
    /// @param forgetAt when all that came of it has expired
    void revoke(String authorizationId, Instant forgetAt);

    boolean revoked(String authorizationId);
}
