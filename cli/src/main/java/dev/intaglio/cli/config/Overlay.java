package dev.intaglio.cli.config;

import dev.intaglio.protocol.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One object laid over another: members are merged, everything else is replaced, and `null` takes away.
final class Overlay {
    private Overlay() {}

    static JsonObject over(JsonObject below, JsonObject above) {
        return JsonObject.of(merge(below.members(), above.members()));
    }

    private static Map<String, @Nullable Object> merge(Map<?, ?> below, Map<?, ?> above) {
        var merged = new LinkedHashMap<String, @Nullable Object>();
        below.forEach((name, value) -> merged.put(String.valueOf(name), value));
        above.forEach((name, value) -> {
            var key = String.valueOf(name);
            if (value == null) {
                merged.remove(key);
            } else if (value instanceof Map<?, ?> inner && merged.get(key) instanceof Map<?, ?> there) {
                merged.put(key, merge(there, inner));
            } else {
                merged.put(key, value);
            }
        });
        return merged;
    }
}
