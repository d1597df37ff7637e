package dev.intaglio.issuer.store;

import java.time.Duration;
import java.time.Instant;

/// Work that one node at a time should do. A lease keeps others from doing it in vain; what must not be done twice is kept from
/// it by the store the work writes to, since a node may sleep longer than its lease.
public interface Leases {
    /// Takes a lease, or renews the holder's own, in one atomic step. Of any number of holders, one has it at a time.
    boolean take(String name, String holder, Instant now, Duration length);

    /// Gives it back early. Without effect if somebody else has it.
    void release(String name, String holder);
}
