package dev.intaglio.protocol.ratelimit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A bucket for each who asks, in the memory of this node. It holds as many requests as may come at once and fills up evenly.
/// Behind a balancer each of n nodes has its own buckets, so up to n times as much goes through. The fullest memory of names is
/// bounded: whoever has not asked for longest is forgotten first.
public final class TokenBuckets implements RateLimiter {
    private static final int MOST_NAMES = 100_000;

    private final Duration per;
    private final Duration each;
    private final Clock clock;

    /// When the bucket of a name will be full again, as exactly as the clock goes.
    private final Map<String, Instant> fullAt = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST_NAMES;
        }
    };

    /// @param burst how many may come at once
    /// @param per in this time as many again
    public TokenBuckets(int burst, Duration per, Clock clock) {
        if (burst < 1 || !per.isPositive()) {
            throw new IllegalArgumentException("a rate is at least one request in a time");
        }
        this.per = per;
        this.each = per.dividedBy(burst);
        this.clock = clock;
    }

    @Override
    public Optional<Duration> take(String who) {
        var now = clock.instant();
        synchronized (fullAt) {
            var full = fullAt.getOrDefault(who, now);
            var after = (full.isBefore(now) ? now : full).plus(each);
            var wait = Duration.between(now.plus(per), after);
            if (wait.isPositive()) {
                return Optional.of(wait);
            }
            fullAt.put(who, after);
            return Optional.empty();
        }
    }
}
