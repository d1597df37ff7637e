package dev.intaglio.protocol.explanation;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Values of a request as an explanation or a trace shows them. Only what the protocol makes public is to be shown at all: an
/// audience, a type, an algorithm, a name. Whatever is as long as a secret is left out even there, in case somebody put one in
/// the wrong place.
public final class Shown {
    private static final int LONGEST = 160;
    private static final int MOST_NAMES = 24;
    private static final Pattern LIKE_A_SECRET = Pattern.compile("[A-Za-z0-9_-]{32,}=*");

    private Shown() {}

    /// A value that is no secret by its kind.
    public static String value(String text) {
        if (text.isEmpty()) {
            return "nothing";
        }
        var masked = LIKE_A_SECRET.matcher(text).replaceAll(match -> Matcher.quoteReplacement(length(match.group())));
        return printable(masked.length() <= LONGEST ? masked : masked.substring(0, LONGEST) + "...");
    }

    /// How long something is that must not be shown.
    public static String length(String secret) {
        return "(" + secret.length() + " characters)";
    }

    /// Names of members or parameters.
    public static String names(Collection<String> names) {
        if (names.isEmpty()) {
            return "nothing";
        }
        var shown = names.stream().limit(MOST_NAMES).map(Shown::value).collect(Collectors.joining(", "));
        return names.size() <= MOST_NAMES ? shown : shown + " and " + (names.size() - MOST_NAMES) + " more";
    }

    private static String printable(String text) {
        var safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> safe.append(c >= 0x20 && c <= 0x7e && c != '"' && c != '\\' ? (char) c : '?'));
        return safe.toString();
    }
}
