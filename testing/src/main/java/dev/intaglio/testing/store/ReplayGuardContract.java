package dev.intaglio.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.dpop.ReplayGuard;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What a [ReplayGuard] must do.
@DisplayName("RFC 9449, section 11.1: replay of DPoP proofs")
public abstract class ReplayGuardContract {
    private static final Instant FORGET_AT = Instant.parse("2026-11-01T12:05:00Z");

    protected abstract ReplayGuard store();

    /// Several nodes over the same data; a value is used up for all of them at once.
    protected List<ReplayGuard> nodes() {
        return List.of(store());
    }

    @Test
    @DisplayName("a value is used for the first time once")
    void once() {
        var value = Race.hash();
        assertThat(store().firstUse(value, FORGET_AT)).isTrue();
        for (var node : nodes()) {
            assertThat(node.firstUse(value, FORGET_AT)).isFalse();
        }
    }

    @Test
    @DisplayName("another expiry does not make it another value")
    void expiryIsNoPartOfTheValue() {
        var value = Race.hash();
        assertThat(store().firstUse(value, FORGET_AT)).isTrue();
        assertThat(store().firstUse(value, FORGET_AT.plusSeconds(1))).isFalse();
        assertThat(store().firstUse(value, FORGET_AT.minusSeconds(1))).isFalse();
    }

    @Test
    @DisplayName("values do not stand in each other's way")
    void independent() {
        assertThat(store().firstUse(Race.hash(), FORGET_AT)).isTrue();
        assertThat(store().firstUse(Race.hash(), FORGET_AT)).isTrue();
    }

    @Test
    @DisplayName("of fifty callers with the same value, one is first")
    void oneWins() {
        var nodes = nodes();
        for (int round = 0; round < Race.ROUNDS; round++) {
            var value = Race.hash();
            var first = Race.run(runner -> () -> Race.nodeOf(nodes, runner).firstUse(value, FORGET_AT));
            assertThat(Collections.frequency(first, true))
                    .as("callers that were first")
                    .isOne();
        }
    }

    @Test
    @DisplayName("of fifty callers with values of their own, all are first")
    void noneLoses() {
        var nodes = nodes();
        var first = Race.run(runner -> () -> Race.nodeOf(nodes, runner).firstUse(Race.hash(), FORGET_AT));
        assertThat(first).containsOnly(true);
    }
}
