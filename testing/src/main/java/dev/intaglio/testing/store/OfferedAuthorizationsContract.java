package dev.intaglio.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.authorization.store.OfferedAuthorization;
import dev.intaglio.authorization.store.OfferedAuthorizations;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What the authorization server's [OfferedAuthorizations] must do.
@DisplayName("§4.1.1: offers with the authorization code grant")
public abstract class OfferedAuthorizationsContract {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.250Z");
    private static final Instant EXPIRES_AT = NOW.plusSeconds(600);
    private static final OfferedAuthorization FULL =
            new OfferedAuthorization(Optional.of("Zoë \"Q\" O'Neill"), List.of("diplôme, b", "a"), true);
    private static final OfferedAuthorization SMALL =
            new OfferedAuthorization(Optional.empty(), List.of("degree"), false);

    protected abstract OfferedAuthorizations store();

    /// Several nodes over the same data.
    protected List<OfferedAuthorizations> nodes() {
        return List.of(store());
    }

    @Test
    @DisplayName("an offer is found as it was, again and again until it expires")
    void asItWas() {
        var full = saved(FULL);
        var small = saved(SMALL);
        for (var node : nodes()) {
            assertThat(node.find(full, NOW)).contains(FULL);
            assertThat(node.find(small, EXPIRES_AT.minusMillis(1))).contains(SMALL);
            assertThat(node.find(small, EXPIRES_AT)).isEmpty();
            assertThat(node.find(Race.hash(), NOW)).isEmpty();
        }
    }

    @Test
    @DisplayName("a consumed offer is gone for all; one that has expired is not consumed")
    void consumed() {
        var offer = saved(FULL);
        assertThat(store().consume(offer, EXPIRES_AT)).isEmpty();
        assertThat(store().consume(offer, NOW)).contains(FULL);
        for (var node : nodes()) {
            assertThat(node.consume(offer, NOW)).isEmpty();
            assertThat(node.find(offer, NOW)).isEmpty();
        }
    }

    @Test
    @DisplayName("of fifty callers who consume one offer, one receives it")
    void oneWins() {
        var nodes = nodes();
        for (int round = 0; round < Race.ROUNDS; round++) {
            var offer = saved(FULL);
            var came = Race.run(runner ->
                    () -> Race.nodeOf(nodes, runner).consume(offer, NOW).isPresent());
            assertThat(came).filteredOn(won -> won).hasSize(1);
        }
    }

    private String saved(OfferedAuthorization offered) {
        var hash = Race.hash();
        store().save(hash, offered, EXPIRES_AT);
        return hash;
    }
}
