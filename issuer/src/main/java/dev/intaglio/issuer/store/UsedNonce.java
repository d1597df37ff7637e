package dev.intaglio.issuer.store;

import java.time.Instant;

/// A `c_nonce` that a request used, as a hash.
///
/// @param forgetAt when the nonce expires anyway
public record UsedNonce(String hash, Instant forgetAt) {}
