package dev.intaglio.protocol.ratelimit;

import java.time.Duration;
import java.util.Optional;

/// Counts requests. [TokenBuckets] counts in the memory of one node; implement this over a shared store to count for all.
@FunctionalInterface
public interface RateLimiter {
    /// Counts one request.
    ///
    /// @param who what is counted; a hash where it would be a secret
    /// @return empty if it may go on, otherwise how long to wait
    Optional<Duration> take(String who);

    static RateLimiter none() {
        return who -> Optional.empty();
    }
}
