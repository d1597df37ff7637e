package dev.intaglio.protocol.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// HTTP header fields: names compare without case, values keep their order. Immutable.
public final class Headers {
    private static final Headers NONE = new Headers(Map.of());

    private final Map<String, List<String>> fields;

    private Headers(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    public static Headers none() {
        return NONE;
    }

    public static Headers of(Map<String, List<String>> fields) {
        var copy = new TreeMap<String, List<String>>();
        fields.forEach((name, values) -> copy.merge(lower(name), List.copyOf(values), Headers::joined));
        return new Headers(copy);
    }

    public static Headers of(String name, String value) {
        return NONE.with(name, value);
    }

    /// The same with `name` set to this one value.
    public Headers with(String name, String value) {
        var copy = new TreeMap<>(fields);
        copy.put(lower(name), List.of(value));
        return new Headers(copy);
    }

    /// The same with one more value of `name`.
    public Headers and(String name, String value) {
        var copy = new TreeMap<>(fields);
        copy.merge(lower(name), List.of(value), Headers::joined);
        return new Headers(copy);
    }

    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    public List<String> all(String name) {
        return fields.getOrDefault(lower(name), List.of());
    }

    /// Names in lower case, with their values.
    public Map<String, List<String>> fields() {
        return fields;
    }

    private static List<String> joined(List<String> some, List<String> more) {
        var values = new ArrayList<>(some);
        values.addAll(more);
        return List.copyOf(values);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /// Names only: values may be tokens.
    @Override
    public String toString() {
        return "Headers" + fields.keySet();
    }
}
