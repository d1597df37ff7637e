package dev.intaglio.credential;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;

/// How long a credential is valid, and how coarsely it says so. Times to the second would let verifiers who compare
/// notes tell which credentials came in one batch (§15.4.1, RFC 9901 §10.1), so they are rounded, always in UTC.
///
/// @param dates years, months and days, counted by the calendar
/// @param time what comes on top
/// @param rounding the unit times are rounded to, from one hour to 31 days
public record Validity(Period dates, Duration time, Duration rounding) {
    public static final Duration DAY = Duration.ofDays(1);
    private static final Duration FINEST = Duration.ofHours(1);
    private static final Duration COARSEST = Duration.ofDays(31);

    public Validity {
        if (dates.isNegative() || time.isNegative() || (dates.isZero() && time.isZero())) {
            throw new IllegalArgumentException("a validity is longer than nothing");
        }
        if (rounding.compareTo(FINEST) < 0 || rounding.compareTo(COARSEST) > 0 || rounding.getNano() != 0) {
            throw new IllegalArgumentException(
                    "times are rounded to whole seconds from PT1H to P31D, not to " + rounding);
        }
        if (dates.toTotalMonths() > 1_200 || dates.getDays() > 36_525 || time.toDays() > 36_525) {
            throw new IllegalArgumentException("a validity is at most a hundred years");
        }
    }

    /// Rounded to the day.
    public static Validity of(String duration) {
        return of(duration, DAY);
    }

    /// @param duration ISO 8601: `P90D`, `P1Y`, `P1DT12H`
    /// @throws IllegalArgumentException if it is none
    public static Validity of(String duration, Duration rounding) {
        try {
            var clock = duration.indexOf('T');
            var dates = clock < 0 ? duration : duration.substring(0, clock);
            return new Validity(
                    dates.equals("P") ? Period.ZERO : Period.parse(dates),
                    clock < 0 ? Duration.ZERO : Duration.parse("P" + duration.substring(clock)),
                    rounding);
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException("expected an ISO 8601 duration such as P90D or PT36H", malformed);
        }
    }

    /// The start: rounded down, so never in the future.
    public Instant from(Instant now) {
        return Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), rounding.toSeconds()) * rounding.toSeconds());
    }

    /// The end: rounded up, so nobody gets less than was promised.
    public Instant until(Instant now) {
        var end = now.atZone(ZoneOffset.UTC).plus(dates).plus(time).toInstant();
        var whole = from(end);
        return whole.equals(end) ? whole : whole.plus(rounding);
    }
}
