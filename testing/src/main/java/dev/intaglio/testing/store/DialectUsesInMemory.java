package dev.intaglio.testing.store;

import dev.intaglio.issuer.store.DialectUse;
import dev.intaglio.issuer.store.DialectUses;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts in memory.
final class DialectUsesInMemory implements DialectUses {
    private final Map<List<String>, DialectUse> counted = new ConcurrentHashMap<>();

    @Override
    public void add(List<DialectUse> uses) {
        uses.forEach(use -> counted.merge(
                List.of(use.dialect(), use.clientId(), use.attester(), use.agent()), use, DialectUse::and));
    }

    @Override
    public List<DialectUse> all() {
        return counted.values().stream()
                .sorted(Comparator.comparing(DialectUse::last).reversed())
                .toList();
    }
}
