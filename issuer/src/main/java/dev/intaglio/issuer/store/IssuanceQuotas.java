package dev.intaglio.issuer.store;

import java.time.Instant;

/// Counts what was issued, against limits.
public interface IssuanceQuotas {
    /// Counts some more, if the limit allows all of them; in one atomic step. Of any number of callers, as many succeed as the
    /// limit has room for.
    ///
    /// @param counter a hash that names what is counted, and in which time
    /// @param forgetAt when the count is of no use any more
    boolean take(String counter, int amount, int limit, Instant forgetAt);

    /// Takes back what was counted and then not issued.
    void giveBack(String counter, int amount);
}
