package dev.intaglio.storage.jdbc;

import dev.intaglio.issuer.store.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A condition for going on in a list ordered by a time and an id, and the order.
///
/// @param condition goes behind other conditions; empty at the beginning of the list
/// @param parameters of it
/// @param order from `order by` on
record After(String condition, List<Object> parameters, String order) {
    static After latestFirst(Optional<Position> position, String time, String id) {
        return of(position, time, id, "<", " desc");
    }

    static After oldestFirst(Optional<Position> position, String time, String id) {
        return of(position, time, id, ">", "");
    }

    private static After of(Optional<Position> position, String time, String id, String beyond, String direction) {
        var order = " order by " + time + direction + ", " + id + direction + " limit ?";
        return position.map(last -> {
                    var at = last.at().toEpochMilli();
                    return new After(
                            " and (" + time + " " + beyond + " ? or " + time + " = ? and " + id + " " + beyond + " ?)",
                            List.of(at, at, last.id()),
                            order);
                })
                .orElseGet(() -> new After("", List.of(), order));
    }

    /// Parameters of the conditions before, of this one, and how many rows are wanted.
    Object[] with(int atMost, Object... before) {
        var all = new ArrayList<>(List.of(before));
        all.addAll(parameters);
        all.add(atMost);
        return all.toArray();
    }
}
