package dev.intaglio.testing.store;

import dev.intaglio.issuer.store.Leases;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Leases in memory.
final class LeasesInMemory implements Leases {
    private final Map<String, Held> held = new HashMap<>();

    private record Held(String holder, Instant until) {}

    @Override
    public synchronized boolean take(String name, String holder, Instant now, Duration length) {
        var taken = held.get(name);
        if (taken != null && !taken.holder().equals(holder) && now.isBefore(taken.until())) {
            return false;
        }
        held.put(name, new Held(holder, now.plus(length)));
        return true;
    }

    @Override
    public synchronized void release(String name, String holder) {
        held.computeIfPresent(name, (same, taken) -> taken.holder().equals(holder) ? null : taken);
    }
}
