import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Formats Java with palantir-java-format, and takes trailing space out of every other text. Run from source by the
/// root pom, with `--check` in `./mvnw verify` and with `--write` in `./format`.
///
/// The formatter is not asked directly because it does not know `///` comments: where one of them is indented and near
/// the 120th column, it breaks the line and forgets the slashes. So they go past it as comments it leaves alone.
final class Format {
    private static final Set<String> SKIPPED =
            Set.of("target", "node_modules", "intaglio-data", ".git", ".idea", "vectors");
    private static final Set<String> TEXTS =
            Set.of("xml", "md", "yaml", "yml", "sql", "properties", "html", "css", "js", "mjs", "sh", "tsv");

    private static final Pattern MARKDOWN_COMMENT = Pattern.compile("(?m)^([ \t]*)///(.*)$");
    private static final Pattern PROTECTED_COMMENT = Pattern.compile("(?m)^([ \t]*)// MOE:M(.*)$");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (static )?([\\w.]+\\.)?(\\w+);\\R");
    private static final Pattern TRAILING_SPACE = Pattern.compile("(?m)[ \t]+$");

    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    private Format() {}

    public static void main(String[] arguments) throws IOException {
        boolean write = List.of(arguments).contains("--write");
        var unformatted = new ArrayList<Path>();
        boolean understood = true;
        for (var file : files(Path.of("."))) {
            var before = Files.readString(file);
            try {
                var after = file.toString().endsWith(".java") ? java(before) : text(file, before);
                if (after.equals(before)) continue;
                unformatted.add(file);
                if (write) Files.writeString(file, after);
            } catch (FormatterException e) {
                System.err.println("Not understood by the formatter: " + file + ": " + e.getMessage());
                understood = false;
            }
        }
        if (write) System.out.println("Formatted: " + unformatted.size() + " files changed");
        else if (!unformatted.isEmpty()) {
            System.err.println("Not formatted as ./format would:");
            unformatted.forEach(file -> System.err.println("  " + file));
        }
        if (!understood || !write && !unformatted.isEmpty()) System.exit(1);
    }

    private static List<Path> files(Path root) throws IOException {
        var files = new ArrayList<Path>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return SKIPPED.contains(directory.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                var name = file.getFileName().toString();
                var extension = name.substring(name.lastIndexOf('.') + 1);
                // What tests read is data: its bytes are its own.
                boolean data = file.toString().replace('\\', '/').contains("/src/test/resources/");
                if (extension.equals("java") || TEXTS.contains(extension) && !data) files.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(null);
        return files;
    }

    private static String java(String source) throws FormatterException {
        var formatted = source;
        // Once is not always enough: a text block may move again after the line around it has.
        for (int round = 0; round < 4; round++) {
            var before = formatted;
            formatted = MARKDOWN_COMMENT.matcher(formatted).replaceAll("$1// MOE:M$2");
            formatted = ImportOrderer.reorderImports(formatted, JavaFormatterOptions.Style.PALANTIR);
            formatted = FORMATTER.formatSource(formatted);
            formatted = PROTECTED_COMMENT.matcher(formatted).replaceAll("$1///$2");
            formatted = withoutUnusedImports(formatted);
            if (formatted.equals(before)) break;
        }
        return formatted;
    }

    /// An import counts as used if its name appears anywhere after the imports, be it in a comment.
    private static String withoutUnusedImports(String source) {
        var body = IMPORT.matcher(source).replaceAll("");
        return IMPORT.matcher(source).replaceAll(match -> {
            boolean used = Pattern.compile("\\b" + match.group(3) + "\\b")
                    .matcher(body)
                    .find();
            return used ? java.util.regex.Matcher.quoteReplacement(match.group()) : "";
        });
    }

    private static String text(Path file, String source) {
        var trimmed = file.toString().endsWith(".md") || file.toString().endsWith(".tsv")
                ? source // two spaces at the end of a line mean something in Markdown, and an empty cell in a table
                : TRAILING_SPACE.matcher(source).replaceAll("");
        return trimmed.isEmpty() || trimmed.endsWith("\n") ? trimmed : trimmed + "\n";
    }
}
