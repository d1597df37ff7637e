package dev.intaglio.cli.text;

import java.util.ArrayList;
import java.util.List;

/// A credential as a card of text.
///
/// @param claims the names of what it holds
public record Card(String name, String description, String issuer, List<String> claims) {
    private static final int WIDTH = 56;

    public Card {
        claims = List.copyOf(claims);
    }

    /// Each line ends in a line feed.
    public String render() {
        var lines = new ArrayList<String>();
        lines.addAll(wrapped(name));
        lines.addAll(wrapped(description));
        lines.add("");
        lines.addAll(wrapped(String.join(" · ", claims)));
        lines.add("");
        lines.addAll(wrapped(issuer));
        var card = new StringBuilder("╭" + "─".repeat(WIDTH + 2) + "╮\n");
        for (var line : lines) {
            card.append("│ ")
                    .append(line)
                    .append(" ".repeat(Math.max(WIDTH - line.codePointCount(0, line.length()), 0)))
                    .append(" │\n");
        }
        return card.append("╰").append("─".repeat(WIDTH + 2)).append("╯\n").toString();
    }

    private static List<String> wrapped(String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : Printable.line(text).split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
            while (line.length() > WIDTH) {
                lines.add(line.substring(0, WIDTH));
                line.delete(0, WIDTH);
            }
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }
}
