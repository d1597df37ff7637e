package dev.intaglio.testing.store;

import dev.intaglio.issuer.store.DialectTokens;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers in memory.
final class DialectTokensInMemory implements DialectTokens {
    private record Kept(String dialect, Instant until) {}

    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    @Override
    public void keep(String tokenHash, String dialect, Instant until) {
        kept.put(tokenHash, new Kept(dialect, until));
    }

    @Override
    public Optional<String> dialect(String tokenHash, Instant now) {
        return Optional.ofNullable(kept.get(tokenHash))
                .filter(one -> one.until().isAfter(now))
                .map(Kept::dialect);
    }
}
