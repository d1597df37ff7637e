package dev.intaglio.spring;

import dev.intaglio.protocol.ratelimit.RateLimiter;
import dev.intaglio.protocol.ratelimit.RateLimits;
import dev.intaglio.protocol.ratelimit.TokenBuckets;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How much one wallet, client or address may ask of this node's Credential Issuer, and as much again of its authorization server;
/// whoever asks more gets 429 and Retry-After. Each node counts for itself.
///
/// @param perToken How many requests one access token is good for in a minute, and how often one code or refresh token may be
///     shown; 0 for any number. A wallet that polls every second, or takes a batch, stays far below the default.
/// @param perClient How many requests one client may send in a minute, all its users together; 0, the default, for any number.
///     A client_id that nobody had to prove counts for each address on its own.
/// @param perAddress How many requests may come from one public address (of IPv6: one /64) in a minute; 0 for any number. Many
///     wallets share one where a mobile network translates addresses. Loopback and private addresses are not counted: they
///     belong to proxies; those that intaglio.trusted-proxies names are looked through.
@ConfigurationProperties("intaglio.rate-limits")
public record RateLimitProperties(
        @DefaultValue("600") int perToken,
        @DefaultValue("0") int perClient,
        @DefaultValue("6000") int perAddress) {
    RateLimits limits(Clock clock) {
        return new RateLimits(limiter(perToken, clock), limiter(perClient, clock), limiter(perAddress, clock));
    }

    private static RateLimiter limiter(int perMinute, Clock clock) {
        return perMinute == 0 ? RateLimiter.none() : new TokenBuckets(perMinute, Duration.ofMinutes(1), clock);
    }
}
