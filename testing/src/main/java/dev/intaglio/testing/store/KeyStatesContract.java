package dev.intaglio.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.log.LogEvents;
import dev.intaglio.issuer.store.KeyStates;
import dev.intaglio.issuer.store.KeyStates.KeyState;
import dev.intaglio.issuer.store.KeyStates.State;
import dev.intaglio.issuer.store.LogEvent;
import dev.intaglio.issuer.store.LogStore;
import dev.intaglio.keys.KeyUse;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What [KeyStates] must do. Each test has a use of its own, so that they can share a database.
@DisplayName("States of signing keys")
public abstract class KeyStatesContract {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    protected abstract KeyStates store();

    /// The log that changes are told to.
    protected abstract LogStore log();

    /// Several nodes over the same data.
    protected List<KeyStates> nodes() {
        return List.of(store());
    }

    private static LogEvent event() {
        return new LogEvents(new SecureRandom()).key("use", "key", "change", NOW);
    }

    private boolean logged(LogEvent event) {
        return log().find(event.id()).isPresent()
                || log().waiting(Integer.MAX_VALUE).stream()
                        .anyMatch(waiting -> waiting.id().equals(event.id()));
    }

    private State state(KeyUse use, String key) {
        return store().all().stream()
                .filter(state -> state.use() == use && state.key().equals(key))
                .findFirst()
                .map(KeyState::state)
                .orElseThrow();
    }

    @Test
    @DisplayName("a key is staged, active, retired and gone, each step with its event, and none without its turn")
    void life() {
        var use = KeyUse.METADATA;
        store().adopt(use, "one", NOW);
        store().adopt(use, "other", NOW);
        assertThat(store().all().stream().filter(state -> state.use() == use)).hasSize(1);

        var staged = event();
        assertThat(store().activate(use, "two", NOW, NOW, event())).isFalse();
        assertThat(store().stage(use, "two", NOW, staged)).isTrue();
        assertThat(logged(staged)).isTrue();
        assertThat(store().stage(use, "two", NOW, event())).isFalse();
        var early = event();
        assertThat(store().activate(use, "two", NOW.minusSeconds(1), NOW, early))
                .isFalse();
        assertThat(logged(early)).isFalse();
        assertThat(state(use, "one")).isEqualTo(State.ACTIVE);
        assertThat(store().activate(use, "two", NOW, NOW.plusSeconds(1), event()))
                .isTrue();
        assertThat(state(use, "one")).isEqualTo(State.RETIRED);
        assertThat(state(use, "two")).isEqualTo(State.ACTIVE);
        assertThat(store().remove(use, "two", NOW, event())).isFalse();

        assertThat(store().rollBack(use, "two", "one", NOW.plusSeconds(2), event()))
                .isTrue();
        assertThat(state(use, "one")).isEqualTo(State.ACTIVE);
        assertThat(state(use, "two")).isEqualTo(State.NEXT);
        assertThat(store().rollBack(use, "two", "one", NOW, event())).isFalse();

        assertThat(store().remove(use, "two", NOW, event())).isTrue();
        assertThat(state(use, "two")).isEqualTo(State.GONE);
        assertThat(store().stage(use, "two", NOW, event())).isTrue();
    }

    @Test
    @DisplayName("of fifty activations at once, of two keys, each key becomes active once, and one key is")
    void oneActive() {
        var use = KeyUse.STATUS_LIST;
        store().adopt(use, "first", NOW);
        for (int round = 0; round < Race.ROUNDS; round++) {
            var keys = List.of(Race.hash(), Race.hash());
            keys.forEach(key -> store().stage(use, key, NOW, event()));
            var won = Race.run(runner ->
                    () -> Race.nodeOf(nodes(), runner).activate(use, keys.get(runner / 2 % 2), NOW, NOW, event()));
            // The second key may follow the first: that is another activation, in its turn.
            assertThat(Collections.frequency(won, true)).isBetween(1, 2);
            assertThat(store().all().stream().filter(state -> state.use() == use && state.state() == State.ACTIVE))
                    .hasSize(1);
        }
    }
}
