package dev.intaglio.benchmark;

import dev.intaglio.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What was measured, said as it comes and kept for machines.
final class StatusReport {
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();
    private String part = "";

    /// What comes next belongs to it.
    void part(String name, String title) {
        part = name;
        say("");
        say("%s", title);
    }

    /// For machines.
    ///
    /// @param name of the figure, with its unit
    void figure(String name, double value) {
        figures.put(part + "." + name, Math.round(value * 1_000) / 1_000.0);
    }

    /// For people.
    void say(String format, Object... arguments) {
        var line = String.format(Locale.ROOT, format, arguments);
        lines.add(line);
        System.out.println(line);
    }

    double figure(String name) {
        return (Double) figures.getOrDefault(name, Double.NaN);
    }

    /// All that was said.
    String text() {
        return String.join(System.lineSeparator(), lines);
    }

    JsonObject json() {
        return JsonObject.of(figures);
    }
}
