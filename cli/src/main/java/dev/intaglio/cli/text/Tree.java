package dev.intaglio.cli.text;

import java.util.ArrayList;
import java.util.List;

/// Something with parts, as lines joined by branches. Parts of one whole have their texts below one another.
///
/// @param label what the part is called; may be empty
/// @param text what is to be said of it; may be empty
public record Tree(String label, String text, List<Tree> parts) {
    /// A longer label pushes its own text away, not that of its neighbours.
    private static final int WIDEST_COLUMN = 36;

    public Tree {
        parts = List.copyOf(parts);
    }

    public static Tree of(String label, String text, Tree... parts) {
        return new Tree(label, text, List.of(parts));
    }

    /// The same with one more part at its end.
    public Tree and(Tree part) {
        var more = new ArrayList<>(parts);
        more.add(part);
        return new Tree(label, text, more);
    }

    /// Each line ends in a line feed.
    public String render() {
        var lines = new StringBuilder();
        render(lines, "", "", 0);
        return lines.toString();
    }

    private void render(StringBuilder lines, String first, String rest, int column) {
        var name = Printable.line(label);
        lines.append(first).append(name);
        if (!text.isEmpty()) {
            lines.append(" ".repeat(name.isEmpty() ? 0 : Math.max(column - name.length(), 0) + 2))
                    .append(Printable.line(text));
        }
        lines.append('\n');
        var wide = parts.stream()
                .filter(part -> !part.text.isEmpty())
                .mapToInt(part -> Printable.line(part.label).length())
                .filter(width -> width <= WIDEST_COLUMN)
                .max()
                .orElse(0);
        for (var i = 0; i < parts.size(); i++) {
            var last = i == parts.size() - 1;
            parts.get(i).render(lines, rest + (last ? "└─ " : "├─ "), rest + (last ? "   " : "│  "), wide);
        }
    }
}
