package dev.intaglio.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.store.DialectUse;
import dev.intaglio.issuer.store.DialectUses;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What [DialectUses] must do.
@DisplayName("Counts of who spoke what")
public abstract class DialectUsesContract {
    private static final Instant NOW = Instant.parse("2026-11-02T12:00:00Z");

    protected abstract DialectUses store();

    /// Several nodes over the same data.
    protected List<DialectUses> nodes() {
        return List.of(store());
    }

    private static DialectUse use(String dialect, String client, long issuances, Instant at) {
        return new DialectUse(dialect, client, "https://attester.example", "okhttp", issuances, 1, at, at);
    }

    private List<DialectUse> of(String dialect) {
        return store().all().stream()
                .filter(use -> use.dialect().equals(dialect))
                .toList();
    }

    @Test
    @DisplayName("add up for one client, and stand apart for another; the latest comes first")
    void addUp() {
        var dialect = Race.hash();
        store().add(List.of(use(dialect, "a", 2, NOW), use(dialect, "", 1, NOW.plusSeconds(5))));
        store().add(List.of(use(dialect, "a", 3, NOW.plusSeconds(9))));

        assertThat(of(dialect))
                .containsExactly(
                        new DialectUse(
                                dialect, "a", "https://attester.example", "okhttp", 5, 2, NOW, NOW.plusSeconds(9)),
                        use(dialect, "", 1, NOW.plusSeconds(5)));
    }

    @Test
    @DisplayName("lose nothing when fifty add at once")
    void race() {
        var nodes = nodes();
        var dialect = Race.hash();
        Race.run(runner -> () -> {
            Race.nodeOf(nodes, runner)
                    .add(List.of(use(dialect, "b", 1, NOW), use(dialect, "c", 1, NOW), use(dialect, "a", 1, NOW)));
            return true;
        });

        var counted = of(dialect);
        assertThat(counted).hasSize(3);
        assertThat(counted).extracting(DialectUse::issuances).containsOnly((long) Race.RUNNERS);
    }
}
