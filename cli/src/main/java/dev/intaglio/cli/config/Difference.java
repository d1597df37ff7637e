package dev.intaglio.cli.config;

import dev.intaglio.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One place in which two definitions differ.
///
/// @param place such as `settings.batch-size`, or the name of a file
/// @param before as the server has it; empty if it has no such thing
/// @param after as the directory has it
public record Difference(String place, Optional<String> before, Optional<String> after) {
    private static final String FILES = "files.";

    /// In the order of their places.
    public static List<Difference> between(JsonObject before, JsonObject after) {
        var one = flat(before);
        var other = flat(after);
        var places = new TreeSet<>(one.keySet());
        places.addAll(other.keySet());
        var differences = new ArrayList<Difference>();
        for (var place : places) {
            var was = Optional.ofNullable(one.get(place));
            var is = Optional.ofNullable(other.get(place));
            if (!was.equals(is)) {
                differences.add(new Difference(place, was, is));
            }
        }
        return differences;
    }

    private static Map<String, String> flat(JsonObject definition) {
        var flat = new TreeMap<String, String>();
        flatten("", definition.members(), flat);
        flat.putIfAbsent("address", "path"); // which is so if nothing is said
        return flat;
    }

    private static void flatten(String place, @Nullable Object value, Map<String, String> flat) {
        switch (value) {
            case null -> {}
            case Map<?, ?> members ->
                members.forEach((name, each) -> flatten(place.isEmpty() ? "" + name : place + "." + name, each, flat));
            case List<?> elements -> {
                for (var i = 0; i < elements.size(); i++) {
                    flatten(place + "[" + i + "]", elements.get(i), flat);
                }
            }
            default -> flat.put(place, String.valueOf(value));
        }
    }

    /// On one line, or for a file on as many as differ.
    public String render() {
        if (!place.startsWith(FILES)) {
            return place + ": " + before.orElse("(not set)") + " -> " + after.orElse("(not set)");
        }
        var name = place.substring(FILES.length());
        if (before.isEmpty()) {
            return name + ": new";
        }
        return after.map(text -> name + ":\n" + lines(before.get(), text)).orElse(name + ": removed");
    }

    private static String lines(String before, String after) {
        var was = before.lines().toList();
        var is = after.lines().toList();
        var lines = new StringBuilder();
        was.stream()
                .filter(line -> !is.contains(line))
                .forEach(line -> lines.append("  - ").append(line).append('\n'));
        is.stream()
                .filter(line -> !was.contains(line))
                .forEach(line -> lines.append("  + ").append(line).append('\n'));
        return lines.isEmpty() ? "  lines in another order" : lines.toString().stripTrailing();
    }

    /// For machines. Files as they are, since they are what was asked about.
    public JsonObject write() {
        return JsonObject.builder()
                .put("place", place)
                .putIf("before", before)
                .putIf("after", after)
                .build();
    }
}
