package dev.intaglio.drafts.wire;

import dev.intaglio.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Changes parts of JSON objects and leaves the rest alone.
public final class Parts {
    private Parts() {}

    /// Each member of the map that a member is.
    public static JsonObject each(JsonObject object, String name, UnaryOperator<JsonObject> change) {
        var map = object.optionalObject(name);
        if (map.isEmpty()) {
            return object;
        }
        var changed = new LinkedHashMap<String, Object>();
        map.get()
                .members()
                .keySet()
                .forEach(key ->
                        changed.put(key, change.apply(map.get().object(key)).members()));
        return object.with(name, changed);
    }

    /// Each object of the array that a member is.
    public static JsonObject eachOf(JsonObject object, String name, UnaryOperator<JsonObject> change) {
        var array = object.optionalObjects(name);
        if (array.isEmpty()) {
            return object;
        }
        return object.with(
                name,
                array.get().stream()
                        .map(change)
                        .<Object>map(JsonObject::members)
                        .toList());
    }

    /// The object that a member is, if it is there.
    public static JsonObject in(JsonObject object, String name, UnaryOperator<JsonObject> change) {
        var part = object.optionalObject(name);
        return part.isEmpty()
                ? object
                : object.with(name, change.apply(part.get()).members());
    }

    public static JsonObject renamed(JsonObject object, String from, String to) {
        if (!object.has(from)) {
            return object;
        }
        return object.with(to, Objects.requireNonNull(object.members().get(from)))
                .without(from);
    }

    public static JsonObject putIf(JsonObject object, String name, Optional<?> value) {
        return value.isPresent() ? object.with(name, value.get()) : object;
    }

    public static JsonObject without(JsonObject object, String... names) {
        var left = object;
        for (var name : names) {
            left = left.without(name);
        }
        return left;
    }

    /// The strings of an array in which other things may stand too.
    public static List<String> stringsIn(JsonObject object, String name) {
        var strings = new ArrayList<String>();
        for (@Nullable Object value : object.optionalArray(name).orElse(List.of())) {
            if (value instanceof String text) {
                strings.add(text);
            }
        }
        return strings;
    }
}
