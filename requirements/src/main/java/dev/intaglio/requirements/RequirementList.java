package dev.intaglio.requirements;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Every requirement of the standards we answer to, in the order of `requirements.tsv`.
record RequirementList(Map<String, Entry> entries) {
    /// One requirement: where it belongs, how strong it is, where it is written, and what it is about in a few words.
    record Entry(String id, String group, String level, String section, String title) {
        boolean isObligation() {
            return Set.of("MUST", "MUST NOT", "SHALL", "SHALL NOT").contains(level);
        }
    }

    static RequirementList read() {
        try (var resource = RequirementList.class.getResourceAsStream("requirements.tsv")) {
            Objects.requireNonNull(resource, "requirements.tsv is not beside " + RequirementList.class.getName());
            return parse(new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RequirementList parse(List<String> lines) {
        var entries = new LinkedHashMap<String, Entry>();
        for (var line : lines) {
            if (line.startsWith("#") || line.isBlank()) continue;
            var cells = line.split("\t", -1);
            if (cells.length != 5)
                throw new IllegalArgumentException(
                        "a requirement has five cells, this line has " + cells.length + ": " + line);
            var entry = new Entry(cells[0], cells[1], cells[2], cells[3], cells[4]);
            if (entries.putIfAbsent(entry.id(), entry) != null)
                throw new IllegalArgumentException("requirement " + entry.id() + " is listed twice");
        }
        return new RequirementList(entries);
    }

    boolean contains(String id) {
        return entries.containsKey(id);
    }

    Map<String, List<Entry>> byGroup() {
        return entries.values().stream()
                .collect(Collectors.groupingBy(Entry::group, LinkedHashMap::new, Collectors.toList()));
    }
}
