package dev.intaglio.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.store.IssuanceQuotas;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What [IssuanceQuotas] must do.
@DisplayName("Counts of what was issued")
public abstract class IssuanceQuotasContract {
    private static final Instant LATER = Instant.parse("2026-11-02T12:00:00Z");

    protected abstract IssuanceQuotas store();

    /// Several nodes over the same data.
    protected List<IssuanceQuotas> nodes() {
        return List.of(store());
    }

    @Test
    @DisplayName("go up to the limit and no further; a part of what is wanted is not taken")
    void limited() {
        var counter = Race.hash();
        assertThat(store().take(counter, 3, 5, LATER)).isTrue();
        assertThat(store().take(counter, 3, 5, LATER)).isFalse();
        assertThat(store().take(counter, 2, 5, LATER)).isTrue();
        assertThat(store().take(counter, 1, 5, LATER)).isFalse();
        assertThat(store().take(Race.hash(), 6, 5, LATER)).isFalse();
        assertThat(store().take(Race.hash(), 1, 5, LATER)).isTrue();
    }

    @Test
    @DisplayName("go down by what is given back")
    void givenBack() {
        var counter = Race.hash();
        store().take(counter, 5, 5, LATER);
        store().giveBack(counter, 2);
        assertThat(store().take(counter, 3, 5, LATER)).isFalse();
        assertThat(store().take(counter, 2, 5, LATER)).isTrue();
    }

    @Test
    @DisplayName("of fifty who take one at once, let as many through as there is room for")
    void race() {
        var nodes = nodes();
        for (int round = 0; round < Race.ROUNDS; round++) {
            var counter = Race.hash();
            var taken = Race.run(runner -> () -> Race.nodeOf(nodes, runner).take(counter, 1, 7, LATER));
            assertThat(Collections.frequency(taken, true)).isEqualTo(7);
        }
    }
}
