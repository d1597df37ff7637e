package dev.intaglio.authorization.client;

import dev.intaglio.protocol.dpop.DpopVerifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When a JWT of a client is good: clocks may differ by [DpopVerifier#SKEW] (FAPI 2.0, section 5.3.2.1).
final class TokenTimes {
    /// How long a proof that is made for one request may be on its way.
    static final Duration ON_ITS_WAY = Duration.ofMinutes(5);

    private TokenTimes() {}

    static boolean inFuture(Optional<Instant> time, Instant now) {
        return time.filter(value -> value.isAfter(now.plus(DpopVerifier.SKEW))).isPresent();
    }

    static boolean past(Instant expiresAt, Instant now) {
        return !now.isBefore(expiresAt);
    }
}
