package dev.intaglio.testing.store;

import dev.intaglio.issuer.store.Page;
import dev.intaglio.issuer.store.Position;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/// Parts of lists that are in memory.
final class PagesInMemory {
    private static final Comparator<Position> ORDER = Comparator.comparing(
                    (Position position) -> position.at().toEpochMilli())
            .thenComparing(Position::id);

    private PagesInMemory() {}

    static <T> Page<T> latestFirst(
            Collection<T> all, Function<T, Position> position, Optional<Position> after, int atMost) {
        return page(all, position, after, atMost, ORDER.reversed());
    }

    static <T> Page<T> oldestFirst(
            Collection<T> all, Function<T, Position> position, Optional<Position> after, int atMost) {
        return page(all, position, after, atMost, ORDER);
    }

    private static <T> Page<T> page(
            Collection<T> all,
            Function<T, Position> position,
            Optional<Position> after,
            int atMost,
            Comparator<Position> order) {
        var read = all.stream()
                .filter(one -> after.map(last -> order.compare(position.apply(one), last) > 0)
                        .orElse(true))
                .sorted(Comparator.comparing(position, order))
                .limit(atMost + 1L)
                .toList();
        return Page.of(read, atMost, position);
    }
}
