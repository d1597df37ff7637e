package dev.intaglio.issuer.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A part of a list that may be long.
///
/// @param next where the next part begins; empty at the end of the list
public record Page<T>(List<T> items, Optional<Position> next) {
    public Page {
        items = List.copyOf(items);
    }

    /// Of entries of which one more was read than are wanted, if there are so many.
    public static <T> Page<T> of(List<T> read, int wanted, Function<T, Position> position) {
        if (read.size() <= wanted) {
            return new Page<>(read, Optional.empty());
        }
        var items = read.subList(0, wanted);
        return new Page<>(items, Optional.of(position.apply(items.getLast())));
    }
}
