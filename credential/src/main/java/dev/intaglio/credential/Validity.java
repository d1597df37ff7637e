package dev.intaglio.credential;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;

/// How long a credential is valid, and how coarsely it says so. Times to the second would let verifiers who compare
/// notes tell which credentials came in one batch (§15.4.1, RFC 9901 §10.1), so they are rounded, always in UTC.
///
/// @param dates years, months and days, counted by the calendar
/// @param time what comes on top
/// @param rounding the unit times are rounded to, from one hour to 31 days
/// @param jitter how much sooner a credential may end, by chance, so that not all wallets renew at once; whole roundings, zero
///     for not at all
public record Validity(Period dates, Duration time, Duration rounding, Duration jitter) {
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
        if (jitter.isNegative() || jitter.toSeconds() % rounding.toSeconds() != 0 || jitter.getNano() != 0) {
            throw new IllegalArgumentException("the jitter is a multiple of the rounding, " + rounding);
        }
        var shortest =
                Instant.EPOCH.atZone(ZoneOffset.UTC).plus(dates).plus(time).toInstant();
        if (jitter.multipliedBy(2).compareTo(Duration.between(Instant.EPOCH, shortest)) > 0) {
            throw new IllegalArgumentException("the jitter is half of the validity at most");
        }
    }

    /// Without jitter.
    public Validity(Period dates, Duration time, Duration rounding) {
        this(dates, time, rounding, Duration.ZERO);
    }

    /// The same, ending by chance up to so much sooner.
    public Validity withJitter(Duration sooner) {
        return new Validity(dates, time, rounding, sooner);
    }

    /// How much sooner one credential ends: any number of roundings from none to the jitter, each as likely as another. To be
    /// drawn for each credential, also of one response: what verifiers see then ties none together, neither with each other nor
    /// with a time of issuance.
    public Duration drawSooner(RandomGenerator random) {
        var steps = jitter.toSeconds() / rounding.toSeconds();
        return steps == 0 ? Duration.ZERO : rounding.multipliedBy(random.nextLong(steps + 1));
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

    /// The end without jitter: rounded up, so nobody gets less than was promised.
    public Instant until(Instant now) {
        var end = now.atZone(ZoneOffset.UTC).plus(dates).plus(time).toInstant();
        var whole = from(end);
        return whole.equals(end) ? whole : whole.plus(rounding);
    }
}
