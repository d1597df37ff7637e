package dev.intaglio.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that stands still until it is told to move. Wherever it is passed in, a test can wait ten minutes at no cost:
///
/// ```java
/// issuer.clock().advance(Duration.ofMinutes(10));
/// ```
public final class AdjustableClock extends Clock {
    private final AtomicReference<Instant> now;
    private final ZoneId zone;

    private AdjustableClock(AtomicReference<Instant> now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    public static AdjustableClock at(Instant now) {
        return new AdjustableClock(new AtomicReference<>(now), ZoneOffset.UTC);
    }

    /// Moves the clock, back if the duration is negative.
    public void advance(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }

    public void set(Instant instant) {
        now.set(instant);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /// The same clock read elsewhere: it moves with this one.
    @Override
    public Clock withZone(ZoneId other) {
        return new AdjustableClock(now, other);
    }

    @Override
    public String toString() {
        return "AdjustableClock[" + now.get() + "]";
    }
}
