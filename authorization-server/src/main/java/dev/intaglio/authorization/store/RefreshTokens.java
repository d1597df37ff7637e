package dev.intaglio.authorization.store;

import java.time.Instant;
import java.util.Optional;

/// Refresh tokens (RFC 6749, section 6), kept as hashes.
public interface RefreshTokens {
    void save(String tokenHash, RefreshGrant grant, Instant expiresAt);

    /// What a token stands for, also one that was replaced, until it expires.
    Optional<RefreshGrant> find(String tokenHash, Instant now);

    /// Replaces a token by its successor, which stands for the same and expires at the same time. Of any number of callers
    /// with the same token, at most one gets [Rotation#ROTATED]; no other's successor is kept.
    Rotation rotate(String tokenHash, String successorHash, Instant now);

    /// What came of a rotation.
    enum Rotation {
        ROTATED,
        /// It was replaced before: two hold it, one of whom should not.
        REUSED,
        /// Never made, or expired.
        UNKNOWN
    }
}
