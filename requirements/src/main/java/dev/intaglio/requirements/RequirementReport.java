package dev.intaglio.requirements;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Says by group how many requirements a passing test holds, from the notes that the last test run of each module
/// left. Arguments: the directory of the repository and, to be told which the others are, `missing`.
public final class RequirementReport {
    private final RequirementList requirements;
    private final Set<String> held;

    RequirementReport(RequirementList requirements, Set<String> held) {
        this.requirements = requirements;
        this.held = held;
    }

    /// Prints the report of the repository whose directory is the first argument.
    public static void main(String[] arguments) throws IOException {
        boolean missing = arguments.length > 1 && arguments[1].equals("missing");
        new RequirementReport(RequirementList.read(), heldIn(Path.of(arguments[0]))).print(System.out, missing);
    }

    static Set<String> heldIn(Path root) throws IOException {
        var held = new TreeSet<String>();
        try (var modules = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (var module : modules) {
                var notes = module.resolve("target/requirements/passed.ids");
                if (Files.exists(notes)) held.addAll(Files.readAllLines(notes));
            }
        }
        return held;
    }

    void print(PrintStream out, boolean missing) {
        out.println("Requirements held by a passing test");
        out.println(row("group", "held", "of", "MUST held", "of"));
        requirements.byGroup().forEach((group, entries) -> out.println(row(group, entries)));
        out.println(row("total", List.copyOf(requirements.entries().values())));
        printReasons(out);
        if (missing) {
            out.println();
            out.println("Without one:");
            requirements.entries().values().stream()
                    .filter(entry -> !held.contains(entry.id()))
                    .forEach(entry -> out.printf(
                            Locale.ROOT,
                            "  %-12s %-12s %s (%s)%n",
                            entry.id(),
                            entry.level(),
                            entry.title(),
                            entry.section()));
        }
    }

    /// What is left, by the reason it is left for.
    private void printReasons(PrintStream out) {
        var left = requirements.entries().values().stream()
                .filter(entry -> !held.contains(entry.id()))
                .collect(Collectors.groupingBy(
                        entry -> requirements.reason(entry).orElse("no reason is given"),
                        LinkedHashMap::new,
                        Collectors.mapping(RequirementList.Entry::id, Collectors.joining(", "))));
        if (!left.isEmpty()) {
            out.println("Left, and why");
            left.forEach((reason, ids) -> out.println("  " + reason + ": " + ids));
        }
    }

    private String row(String name, List<RequirementList.Entry> entries) {
        var obligations =
                entries.stream().filter(RequirementList.Entry::isObligation).toList();
        return row(name, count(entries), entries.size() + "", count(obligations), obligations.size() + "");
    }

    private String count(List<RequirementList.Entry> entries) {
        return entries.stream().filter(entry -> held.contains(entry.id())).count() + "";
    }

    private static String row(String name, String held, String of, String mustHeld, String mustOf) {
        return String.format(Locale.ROOT, "  %-10s %6s %5s %11s %5s", name, held, of, mustHeld, mustOf);
    }
}
