package dev.intaglio.storage.jdbc;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Columns that hold JSON.
final class JsonColumns {
    private JsonColumns() {}

    static List<?> array(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT) instanceof List<?> values
                ? values
                : List.of();
    }

    static JsonObject object(String json) {
        return Json.readObject(json.getBytes(StandardCharsets.UTF_8));
    }

    static List<JsonObject> objects(Optional<String> json) {
        var objects = new ArrayList<JsonObject>();
        json.ifPresent(text ->
                array(text).forEach(value -> objects.add(JsonObject.of((Map<?, ?>) Objects.requireNonNull(value)))));
        return objects;
    }

    static List<String> strings(String json) {
        var strings = new ArrayList<String>();
        array(json).forEach(value -> strings.add((String) value));
        return strings;
    }
}
