package dev.intaglio.server.admin;

import dev.intaglio.issuer.store.Page;
import dev.intaglio.issuer.store.Position;
import dev.intaglio.protocol.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Which part of a long list is asked for: `after` and `limit` of a query, as every list takes them.
///
/// @param after what `next` of the answer before said; empty for the beginning
record Part(Optional<String> after, int limit) {
    /// Where `limit` is not said.
    static final String USUAL = "200";

    private static final int MOST = 1_000;

    /// @throws IllegalArgumentException if there is no such part
    static Part of(String after, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit is from 1 to " + MOST);
        }
        return new Part(Optional.of(after).filter(text -> !text.isEmpty()), limit);
    }

    Optional<Position> position() {
        return after.map(Position::read);
    }

    /// An answer.
    static <T> JsonObject write(String name, Page<T> page, Function<T, JsonObject> writer) {
        return JsonObject.builder()
                .put(name, page.items().stream().map(writer).toList())
                .putIf("next", page.next().map(Position::text))
                .build();
    }

    /// Of a list ordered by name.
    ///
    /// @param rest what comes after [#after], one more than are wanted if there are so many
    <T> JsonObject write(String list, List<T> rest, Function<T, String> name, Function<T, JsonObject> writer) {
        var items = rest.stream().limit(limit).toList();
        return JsonObject.builder()
                .put(list, items.stream().map(writer).toList())
                .putIf("next", rest.size() > limit ? Optional.of(name.apply(items.getLast())) : Optional.empty())
                .build();
    }
}
