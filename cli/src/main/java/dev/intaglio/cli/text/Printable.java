package dev.intaglio.cli.text;

/// Takes the teeth out of text that strangers chose. A terminal obeys control characters: they can hide lines, retitle
/// windows or write what looks like our own words; marks that turn the direction of writing can, too.
public final class Printable {
    private Printable() {}

    /// The text with every control character but line feed and tab shown as `�`.
    public static String lines(String text) {
        return replaced(text, true);
    }

    /// The same on one line: line feeds and tabs become spaces.
    public static String line(String text) {
        return replaced(text, false);
    }

    /// One line of at most so many characters; what was cut is said.
    public static String line(String text, int most) {
        var line = line(text);
        if (line.length() <= most) {
            return line;
        }
        var end = Character.isHighSurrogate(line.charAt(most - 1)) ? most - 1 : most;
        return "%s… (%,d characters)".formatted(line.substring(0, end), line.length());
    }

    private static String replaced(String text, boolean severalLines) {
        var printable = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point == '\n' || point == '\t') {
                printable.append(severalLines ? (char) point : ' ');
            } else if (obeyed(point)) {
                printable.append('\uFFFD');
            } else {
                printable.appendCodePoint(point);
            }
        });
        return printable.toString();
    }

    private static boolean obeyed(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            // Of the invisible ones, joiners belong to words; the rest are directions and tags.
            case Character.FORMAT -> point != 0x200C && point != 0x200D && point != 0x00AD;
            default -> false;
        };
    }
}
