package dev.intaglio.cli.text;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Points in time and lengths of it, for reading.
public final class Times {
    private Times() {}

    /// Such as `2026-11-21T07:00:00Z (in 14 days)`.
    public static String at(Instant time, Instant now) {
        return time.truncatedTo(ChronoUnit.SECONDS) + " (" + relative(time, now) + ")";
    }

    /// Such as `in 14 days`, `3 minutes ago`, `now`.
    public static String relative(Instant time, Instant now) {
        var distance = Duration.between(now, time);
        if (distance.abs().compareTo(Duration.ofSeconds(1)) < 0) {
            return "now";
        }
        return distance.isNegative() ? length(distance.abs()) + " ago" : "in " + length(distance);
    }

    /// Two figures are enough to act on.
    public static String length(Duration length) {
        var seconds = length.toSeconds();
        if (seconds < 120) {
            return plural(Math.max(seconds, 0), "second");
        }
        if (seconds < 2 * 3600) {
            return plural(Math.round(seconds / 60.0), "minute");
        }
        if (seconds < 2 * 86_400) {
            return plural(Math.round(seconds / 3600.0), "hour");
        }
        if (seconds < 2 * 365 * 86_400L) {
            return plural(Math.round(seconds / 86_400.0), "day");
        }
        return plural(Math.round(seconds / (365.2425 * 86_400)), "year");
    }

    /// Such as `1 copy`, `3 copies`.
    public static String plural(long count, String noun) {
        if (count == 1) {
            return "1 " + noun;
        }
        var several = noun.endsWith("y") && !noun.endsWith("ay") && !noun.endsWith("ey")
                ? noun.substring(0, noun.length() - 1) + "ies"
                : noun + "s";
        return "%,d %s".formatted(count, several);
    }
}
