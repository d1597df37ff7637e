package dev.intaglio.issuer.store;

import java.util.List;

/// Remembers issuances, each with the use of its `c_nonce`s.
public interface Issuances {
    /// Records an issuance and the use of its nonces, all or nothing, in one transaction.
    ///
    /// @param nonces distinct; empty where proofs carry none
    /// @return false if one of the nonces had been used before: then nothing was recorded. Of any number of callers with the
    ///     same nonce, one gets `true`.
    boolean record(IssuanceRecord issuance, List<UsedNonce> nonces);
}
