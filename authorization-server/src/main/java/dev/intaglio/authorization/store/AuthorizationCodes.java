package dev.intaglio.authorization.store;

import java.time.Instant;
import java.util.Optional;

/// Authorization codes (RFC 6749, section 4.1.2), kept as hashes. A redeemed one is remembered for a while, so that a second
/// use is noticed.
public interface AuthorizationCodes {
    /// @param expiresAt from when on it cannot be redeemed
    /// @param forgetAt until when a second use is noticed; not before `expiresAt`
    void save(String codeHash, AuthorizedCode code, Instant expiresAt, Instant forgetAt);

    /// What a code stands for, redeemed or not, as long as it is remembered: what it is bound to is checked before it is
    /// redeemed, so that who cannot redeem it cannot use it up either.
    Optional<AuthorizedCode> find(String codeHash, Instant now);

    /// Uses a code up. Of any number of callers, at most one gets [Redemption#REDEEMED].
    Redemption redeem(String codeHash, Instant now);

    /// What came of a redemption.
    enum Redemption {
        REDEEMED,
        /// It was redeemed before.
        REUSED,
        /// Never made, forgotten, or expired before anybody redeemed it.
        UNKNOWN
    }
}
