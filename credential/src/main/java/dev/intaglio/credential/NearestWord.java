package dev.intaglio.credential;

import java.util.Comparator;
import java.util.List;

/// Guesses what somebody meant to write.
final class NearestWord {
    private NearestWord() {}

    /// What to say of a key nobody knows.
    static String unknown(String written, List<String> words) {
        return "unknown key `" + written + "`; did you mean `" + to(written, words) + "`?";
    }

    /// The word with the fewest letters to change, add or remove.
    static String to(String written, List<String> words) {
        return words.stream()
                .min(Comparator.comparingInt(word -> distance(written, word)))
                .orElseThrow();
    }

    private static int distance(String one, String other) {
        var row = new int[other.length() + 1];
        for (var j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (var i = 1; i <= one.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.length(); j++) {
                var replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], row[j]));
            }
        }
        return row[other.length()];
    }
}
