package dev.intaglio.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.store.Leases;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What [Leases] must do.
@DisplayName("Leases")
public abstract class LeasesContract {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    protected abstract Leases store();

    /// Several nodes over the same data.
    protected List<Leases> nodes() {
        return List.of(store());
    }

    @Test
    @DisplayName("of fifty who want one at once, one gets it")
    void oneHolder() {
        for (int round = 0; round < Race.ROUNDS; round++) {
            var name = Race.hash();
            var taken =
                    Race.run(runner -> () -> Race.nodeOf(nodes(), runner).take(name, "holder-" + runner, NOW, MINUTE));
            assertThat(Collections.frequency(taken, true)).isOne();
        }
    }

    @Test
    @DisplayName("is renewed by its holder, and free for others when it has run out or was given back")
    void renewedAndFree() {
        var name = Race.hash();
        assertThat(store().take(name, "first", NOW, MINUTE)).isTrue();
        assertThat(store().take(name, "second", NOW.plusSeconds(59), MINUTE)).isFalse();
        assertThat(store().take(name, "first", NOW.plusSeconds(59), MINUTE)).isTrue();
        assertThat(store().take(name, "second", NOW.plusSeconds(60), MINUTE)).isFalse();
        assertThat(store().take(name, "second", NOW.plusSeconds(119), MINUTE)).isTrue();
        store().release(name, "first");
        assertThat(store().take(name, "first", NOW.plusSeconds(120), MINUTE)).isFalse();
        store().release(name, "second");
        assertThat(store().take(name, "first", NOW.plusSeconds(120), MINUTE)).isTrue();
    }
}
