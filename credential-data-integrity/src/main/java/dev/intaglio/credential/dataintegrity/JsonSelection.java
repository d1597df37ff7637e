package dev.intaglio.credential.dataintegrity;

import dev.intaglio.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A part of a JSON-LD document, chosen by JSON Pointers (Data Integrity ECDSA §3.4.11 to §3.4.13): what they point to, and of all
/// around it the identifiers and types, so that it keeps its place and meaning.
final class JsonSelection {
    private static final List<String> ALWAYS = List.of("id", "@id", "type", "@type");
    private static final int MAX_POINTERS = 1_000;

    private JsonSelection() {}

    /// @return the part, with the contexts of the document
    /// @throws IllegalArgumentException if a pointer is none, or points to nothing
    static JsonObject of(JsonObject document, List<String> pointers) {
        if (pointers.size() > MAX_POINTERS) {
            throw new IllegalArgumentException("more than " + MAX_POINTERS + " pointers into one document");
        }
        var paths = pointers.stream().map(JsonSelection::path).toList();
        if (paths.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("a pointer to the whole document selects nothing");
        }
        var selected = new LinkedHashMap<String, @Nullable Object>();
        if (document.has("@context")) {
            selected.put("@context", document.members().get("@context"));
        }
        selected.putAll(members(document.members(), paths));
        return JsonObject.of(selected);
    }

    /// The names and indices of an RFC 6901 pointer.
    static List<String> path(String pointer) {
        if (!pointer.isEmpty() && !pointer.startsWith("/")) {
            throw new IllegalArgumentException("a JSON Pointer begins with a slash");
        }
        var path = new ArrayList<String>();
        for (var at = 0; at < pointer.length(); ) {
            var end = pointer.indexOf('/', at + 1);
            var last = end < 0 ? pointer.length() : end;
            path.add(pointer.substring(at + 1, last).replace("~1", "/").replace("~0", "~"));
            at = last;
        }
        return List.copyOf(path);
    }

    /// The pointer that leads to a member of what another points to.
    static String pointer(String around, Object member) {
        return around + "/" + member.toString().replace("~", "~0").replace("/", "~1");
    }

    private static @Nullable Object part(@Nullable Object value, List<List<String>> paths) {
        if (paths.stream().anyMatch(List::isEmpty)) {
            return value;
        }
        return switch (value) {
            case JsonObject object -> members(object.members(), paths);
            case Map<?, ?> object -> members(object, paths);
            case List<?> array -> elements(array, paths);
            case null, default -> throw nothing(paths);
        };
    }

    private static Map<String, @Nullable Object> members(Map<?, ?> object, List<List<String>> paths) {
        var selected = new LinkedHashMap<String, @Nullable Object>();
        for (var name : ALWAYS) {
            var value = object.get(name);
            if (value != null && !(value instanceof String id && name.endsWith("id") && id.startsWith("_:"))) {
                selected.put(name, value);
            }
        }
        byFirst(paths).forEach((name, inside) -> {
            if (!object.containsKey(name)) {
                throw nothing(paths);
            }
            selected.put(name, part(object.get(name), inside));
        });
        return selected;
    }

    private static List<@Nullable Object> elements(List<?> array, List<List<String>> paths) {
        var selected = new TreeMap<Integer, @Nullable Object>();
        byFirst(paths).forEach((index, inside) -> {
            if (!index.matches("0|[1-9][0-9]{0,8}") || Integer.parseInt(index) >= array.size()) {
                throw nothing(paths);
            }
            var at = Integer.parseInt(index);
            selected.put(at, part(array.get(at), inside));
        });
        return new ArrayList<>(selected.values());
    }

    private static Map<String, List<List<String>>> byFirst(List<List<String>> paths) {
        return paths.stream()
                .collect(Collectors.groupingBy(
                        List::getFirst,
                        LinkedHashMap::new,
                        Collectors.mapping(path -> path.subList(1, path.size()), Collectors.toList())));
    }

    private static IllegalArgumentException nothing(List<List<String>> paths) {
        return new IllegalArgumentException("a JSON Pointer points to nothing, at " + paths.getFirst());
    }
}
