package dev.intaglio.statuslist;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// The encoded examples of the two standards.
final class Vectors {
    private static final JsonObject ALL = load();

    private Vectors() {}

    static JsonObject all() {
        return ALL;
    }

    /// Statuses that are not 0, by index.
    static Map<Integer, Integer> set(JsonObject vector) {
        var set = new HashMap<Integer, Integer>();
        vector.object("set")
                .members()
                .forEach((index, status) ->
                        set.put(Integer.valueOf(index), ((Number) Objects.requireNonNull(status)).intValue()));
        return set;
    }

    private static JsonObject load() {
        try (var resource = Objects.requireNonNull(Vectors.class.getResourceAsStream("vectors.json"))) {
            return Json.readObject(resource.readAllBytes(), JsonLimits.DOCUMENT);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
