package dev.intaglio.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.store.DialectTokens;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What [DialectTokens] must do.
@DisplayName("Tokens that were asked for in a dialect")
public abstract class DialectTokensContract {
    private static final Instant NOW = Instant.parse("2026-11-02T12:00:00Z");

    protected abstract DialectTokens store();

    /// Several nodes over the same data.
    protected List<DialectTokens> nodes() {
        return List.of(store());
    }

    @Test
    @DisplayName("are known on every node until they end, and others are not")
    void untilTheyEnd() {
        var hash = Race.hash();
        store().keep(hash, "old", NOW.plusSeconds(60));

        for (var node : nodes()) {
            assertThat(node.dialect(hash, NOW)).contains("old");
            assertThat(node.dialect(hash, NOW.plusSeconds(60))).isEmpty();
            assertThat(node.dialect(Race.hash(), NOW)).isEmpty();
        }
    }

    @Test
    @DisplayName("are kept once however many nodes keep one at the same time")
    void race() {
        var nodes = nodes();
        var hash = Race.hash();
        Race.run(runner -> () -> {
            Race.nodeOf(nodes, runner).keep(hash, "old", NOW.plusSeconds(60));
            return true;
        });

        assertThat(store().dialect(hash, NOW)).contains("old");
    }
}
