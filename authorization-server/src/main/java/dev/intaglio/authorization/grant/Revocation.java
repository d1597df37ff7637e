package dev.intaglio.authorization.grant;

import dev.intaglio.authorization.store.Revocations;
import java.time.Clock;
import java.time.Duration;

/// Ends authorizations, and remembers it longer than anything that came of them lives.
public final class Revocation {
    /// At least this long: refresh tokens may have been given when the operator let them live longer than now.
    private static final Duration LEAST = Duration.ofDays(400);

    private final Revocations revocations;
    private final Duration remembered;
    private final Clock clock;

    /// @param tokensLive after which all that an authorization gave has expired
    public Revocation(Revocations revocations, Duration tokensLive, Clock clock) {
        this.revocations = revocations;
        this.remembered = tokensLive.compareTo(LEAST) > 0 ? tokensLive : LEAST;
        this.clock = clock;
    }

    public void revoke(String authorizationId) {
        revocations.revoke(authorizationId, clock.instant().plus(remembered));
    }

    public boolean revoked(String authorizationId) {
        return revocations.revoked(authorizationId);
    }
}
