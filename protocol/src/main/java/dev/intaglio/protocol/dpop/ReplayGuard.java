package dev.intaglio.protocol.dpop;

import java.time.Instant;

/// Remembers what may be used once: the `jti` of DPoP proofs (RFC 9449, section 11.1). One atomic step, shared by all nodes.
@FunctionalInterface
public interface ReplayGuard {
    /// Of any number of callers with the same value, one gets `true`.
    ///
    /// @param value a hash; what it stands for is not kept
    /// @param forgetAt from when on the value would be refused for its age anyway
    boolean firstUse(String value, Instant forgetAt);
}
