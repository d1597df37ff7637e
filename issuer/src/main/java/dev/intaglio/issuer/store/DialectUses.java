package dev.intaglio.issuer.store;

import java.util.List;

/// Counts who spoke what.
public interface DialectUses {
    /// Adds to what was counted of the same dialect, client, attester and agent: however many nodes add at once, nothing is
    /// lost.
    void add(List<DialectUse> uses);

    /// All there is, the latest first.
    List<DialectUse> all();
}
