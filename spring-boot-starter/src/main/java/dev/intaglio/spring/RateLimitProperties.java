package dev.intaglio.spring;

import dev.intaglio.issuer.ratelimit.RateLimiter;
import dev.intaglio.issuer.ratelimit.RateLimits;
import dev.intaglio.issuer.ratelimit.TokenBuckets;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How much one wallet, client or address may ask of this node's Credential Issuer; whoever asks more gets 429. Each node
/// counts for itself.
///
/// @param perToken How many requests one access token is good for in a minute; 0 for any number.
/// @param perClient How many requests one client may send in a minute, all its users together; 0, the default, for any number.
/// @param perAddress How many requests may come from one address in a minute; 0, the default, for any number. Behind a proxy all
///     requests have the proxy's address, unless server.forward-headers-strategy says otherwise.
@ConfigurationProperties("intaglio.rate-limits")
public record RateLimitProperties(
        @DefaultValue("600") int perToken,
        @DefaultValue("0") int perClient,
        @DefaultValue("0") int perAddress) {
    RateLimits limits(Clock clock) {
        return new RateLimits(limiter(perToken, clock), limiter(perClient, clock), limiter(perAddress, clock));
    }

    private static RateLimiter limiter(int perMinute, Clock clock) {
        return perMinute == 0 ? RateLimiter.none() : new TokenBuckets(perMinute, Duration.ofMinutes(1), clock);
    }
}
