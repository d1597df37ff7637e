package dev.intaglio.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.store.TraceStep;
import dev.intaglio.issuer.store.Traces;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What [Traces] must do.
@DisplayName("Traces of issuances")
public abstract class TracesContract {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.250Z");

    private final String code = name();
    private final String token = name();
    private final String offer = name();

    protected abstract Traces store();

    /// Several nodes over the same data.
    protected List<Traces> nodes() {
        return List.of(store());
    }

    @Test
    @DisplayName("are found by any of their names and by their offers, at every node, the oldest first, as they were")
    void found() {
        var second = step(1, Set.of(code, token), Set.of(offer));
        var first = step(0, Set.of(code), Set.of());
        store().add(List.of(second, first, step(2, Set.of(name()), Set.of(name()))));
        for (var node : nodes()) {
            assertThat(node.about(Set.of(code), 10)).containsExactly(first, second);
            assertThat(node.about(Set.of(token), 10)).containsExactly(second);
            assertThat(node.about(Set.of(offer), 10)).containsExactly(second);
            assertThat(node.about(List.of(token, offer, code), 10)).containsExactly(first, second);
            assertThat(node.about(Set.of(name()), 10)).isEmpty();
            assertThat(node.about(Set.of(), 10)).isEmpty();
        }
    }

    @Test
    @DisplayName("are as many as asked for, and names as many as there are")
    void bounded() {
        var names = IntStream.range(0, 130).mapToObj(i -> name()).toList();
        var steps = IntStream.range(0, 130)
                .mapToObj(i -> step(i, Set.of(names.get(i)), Set.of()))
                .toList();
        store().add(steps);
        assertThat(store().about(names, 7)).containsExactlyElementsOf(steps.subList(0, 7));
        assertThat(store().about(names, 500)).containsExactlyElementsOf(steps);
    }

    @Test
    @DisplayName("may have a name that is also their offer's")
    void both() {
        var step = step(0, Set.of(code), Set.of(code));
        store().add(List.of(step));
        assertThat(store().about(Set.of(code), 10)).containsExactly(step);
    }

    private static TraceStep step(int millis, Set<String> names, Set<String> offers) {
        return new TraceStep(
                name(), NOW.plusMillis(millis), names, offers, "{\"step\":\"t\u00f6ken\"}", NOW.plusSeconds(60));
    }

    private static String name() {
        return UUID.randomUUID().toString();
    }
}
