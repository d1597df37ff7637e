package dev.intaglio.requirements;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Every requirement of the standards we answer to, in the order of `requirements.tsv`.
///
/// @param reasons why no test holds a requirement, or a whole group of them, by identifier; of `reasons.tsv`
record RequirementList(Map<String, Entry> entries, Map<String, String> reasons) {
    /// One requirement: where it belongs, how strong it is, where it is written, and what it is about in a few words.
    record Entry(String id, String group, String level, String section, String title) {
        boolean isObligation() {
            return Set.of("MUST", "MUST NOT", "SHALL", "SHALL NOT").contains(level);
        }
    }

    static RequirementList read() {
        return parse(lines("requirements.tsv"), lines("reasons.tsv"));
    }

    private static List<String> lines(String name) {
        try (var resource = RequirementList.class.getResourceAsStream(name)) {
            Objects.requireNonNull(resource, name + " is not beside " + RequirementList.class.getName());
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RequirementList parse(List<String> lines, List<String> reasonLines) {
        var list = parse(lines);
        var reasons = new LinkedHashMap<String, String>();
        for (var line : reasonLines) {
            var cells = line.split("\t", -1);
            if (cells.length != 2
                    || (!list.contains(cells[0]) && !list.byGroup().containsKey(cells[0])))
                throw new IllegalArgumentException(
                        "a reason is for a requirement or a group, this line is not: " + line);
            reasons.put(cells[0], cells[1]);
        }
        return new RequirementList(list.entries(), Map.copyOf(reasons));
    }

    Optional<String> reason(Entry entry) {
        return Optional.ofNullable(reasons.get(entry.id())).or(() -> Optional.ofNullable(reasons.get(entry.group())));
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
        return new RequirementList(entries, Map.of());
    }

    boolean contains(String id) {
        return entries.containsKey(id);
    }

    Map<String, List<Entry>> byGroup() {
        return entries.values().stream()
                .collect(Collectors.groupingBy(Entry::group, LinkedHashMap::new, Collectors.toList()));
    }
}
