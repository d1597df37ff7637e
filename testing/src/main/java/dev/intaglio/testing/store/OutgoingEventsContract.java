package dev.intaglio.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.store.OutgoingEvent;
import dev.intaglio.issuer.store.OutgoingEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What [OutgoingEvents] must do.
@DisplayName("Events that others are still to be told")
public abstract class OutgoingEventsContract {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.250Z");
    private static final Instant EXPIRES_AT = NOW.plusSeconds(3600);
    private static final Duration LEASE = Duration.ofMinutes(1);

    protected abstract OutgoingEvents store();

    /// Several nodes over the same data.
    protected List<OutgoingEvents> nodes() {
        return List.of(store());
    }

    @BeforeEach
    void tellWhatOthersLeft() {
        List<OutgoingEvent> left;
        do {
            left = store().claim(100, NOW.plusSeconds(3599), Duration.ofSeconds(1));
            left.forEach(store()::done);
        } while (!left.isEmpty());
    }

    @Test
    @DisplayName("are claimed one at a time: again only when the lease is over, the attempts counted")
    void leased() {
        var event = added();
        assertThat(store().claim(10, NOW, LEASE)).containsExactly(attempt(event, 1));
        for (var node : nodes()) {
            assertThat(node.claim(10, NOW.plus(LEASE).minusMillis(1), LEASE)).isEmpty();
        }
        assertThat(store().claim(10, NOW.plus(LEASE), LEASE)).containsExactly(attempt(event, 2));
    }

    @Test
    @DisplayName("are gone when they were told, or when it is too late")
    void doneOrExpired() {
        var told = added();
        store().done(told);
        assertThat(store().claim(10, NOW, LEASE)).isEmpty();
        added();
        assertThat(store().claim(10, EXPIRES_AT, LEASE)).isEmpty();
    }

    @Test
    @DisplayName("are due again when whoever failed says so, and not when somebody else has claimed them since")
    void retried() {
        added();
        var first = store().claim(10, NOW, LEASE).getFirst();
        store().retry(first, NOW.plusSeconds(5));
        assertThat(store().claim(10, NOW.plusSeconds(4), LEASE)).isEmpty();
        assertThat(store().claim(10, NOW.plusSeconds(5), LEASE)).hasSize(1);
        store().retry(first, NOW.plusSeconds(6));
        assertThat(store().claim(10, NOW.plusSeconds(6), LEASE)).isEmpty();
    }

    @Test
    @DisplayName("of fifty who claim at once, each event comes to one")
    void claimedOnce() {
        var nodes = nodes();
        for (int round = 0; round < Race.ROUNDS; round++) {
            var events = IntStream.range(0, 20).mapToObj(i -> added().id()).toList();
            var claimed = Race.run(runner -> () -> Race.nodeOf(nodes, runner).claim(3, NOW, LEASE)).stream()
                    .flatMap(Collection::stream)
                    .toList();
            assertThat(claimed).extracting(OutgoingEvent::id).doesNotHaveDuplicates();
            assertThat(events)
                    .containsAll(claimed.stream().map(OutgoingEvent::id).toList());
            assertThat(claimed).isNotEmpty();
            tellWhatOthersLeft();
        }
    }

    private OutgoingEvent added() {
        var event = new OutgoingEvent(Race.hash(), "registry", "{\"type\":\"x\"}", 0, EXPIRES_AT);
        store().add(event, NOW);
        return event;
    }

    private static OutgoingEvent attempt(OutgoingEvent event, int attempts) {
        return new OutgoingEvent(event.id(), event.target(), event.body(), attempts, event.expiresAt());
    }
}
