package dev.intaglio.storage.jdbc;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Columns that hold a JSON array.
final class JsonColumns {
    private JsonColumns() {}

    static List<?> array(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT) instanceof List<?> values
                ? values
                : List.of();
    }

    static List<String> strings(String json) {
        var strings = new ArrayList<String>();
        array(json).forEach(value -> strings.add((String) value));
        return strings;
    }
}
