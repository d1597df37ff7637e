package dev.intaglio.protocol.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a client would rather have: the values of `Accept` or `Accept-Language` with their weights (RFC 9110, section 12.4.2).
/// Parameters other than `q` are ignored.
public record Preferences(List<Preference> values) {
    /// More than anybody means; what comes after is ignored.
    private static final int MOST = 32;

    /// @param value in lower case
    /// @param weight from 0, which means not at all, to 1
    public record Preference(String value, double weight) {}

    public Preferences {
        values = List.copyOf(values);
    }

    public static Preferences of(Headers headers, String name) {
        var values = new ArrayList<Preference>();
        for (var line : headers.all(name)) {
            for (var element : line.split(",", MOST + 1)) {
                if (!element.isBlank() && values.size() < MOST) {
                    values.add(preference(element));
                }
            }
        }
        return new Preferences(values);
    }

    private static Preference preference(String element) {
        var parts = element.split(";");
        var weight = 1.0;
        for (var i = 1; i < parts.length; i++) {
            var parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("q=")) {
                weight = weight(parameter.substring(2));
            }
        }
        return new Preference(parts.length == 0 ? "" : parts[0].strip().toLowerCase(Locale.ROOT), weight);
    }

    private static double weight(String text) {
        return text.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(text) : 0;
    }

    public boolean none() {
        return values.isEmpty();
    }

    /// How much a media type is wanted: what is said of it itself goes before what is said of its kind, or of all. Without
    /// any preference all are wanted.
    public double ofMediaType(String type) {
        if (none()) {
            return 1;
        }
        var kind = type.substring(0, type.indexOf('/') + 1) + "*";
        for (var range : List.of(type, kind, "*/*")) {
            for (var preference : values) {
                if (preference.value().equals(range)) {
                    return preference.weight();
                }
            }
        }
        return 0;
    }
}
