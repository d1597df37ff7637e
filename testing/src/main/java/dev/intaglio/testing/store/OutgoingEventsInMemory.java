package dev.intaglio.testing.store;

import dev.intaglio.issuer.store.OutgoingEvent;
import dev.intaglio.issuer.store.OutgoingEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Outgoing events in memory.
final class OutgoingEventsInMemory implements OutgoingEvents {
    private record Waiting(OutgoingEvent event, Instant nextAttemptAt) {}

    private final Map<String, Waiting> waiting = new LinkedHashMap<>();

    @Override
    public synchronized void add(OutgoingEvent event, Instant now) {
        waiting.put(event.id(), new Waiting(event, now));
    }

    @Override
    public synchronized List<OutgoingEvent> claim(int atMost, Instant now, Duration lease) {
        var claimed = waiting.values().stream()
                .filter(found -> !found.nextAttemptAt().isAfter(now)
                        && now.isBefore(found.event().expiresAt()))
                .limit(atMost)
                .map(found -> found.event())
                .map(event -> new OutgoingEvent(
                        event.id(), event.target(), event.body(), event.attempts() + 1, event.expiresAt()))
                .toList();
        claimed.forEach(event -> waiting.put(event.id(), new Waiting(event, now.plus(lease))));
        return claimed;
    }

    @Override
    public synchronized void done(OutgoingEvent event) {
        waiting.remove(event.id());
    }

    @Override
    public synchronized void retry(OutgoingEvent event, Instant at) {
        waiting.computeIfPresent(
                event.id(),
                (id, found) -> found.event().attempts() == event.attempts() ? new Waiting(event, at) : found);
    }
}
