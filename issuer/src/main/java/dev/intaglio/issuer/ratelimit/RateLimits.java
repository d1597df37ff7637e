package dev.intaglio.issuer.ratelimit;

import dev.intaglio.issuer.spi.AccessTokenVerifier;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.oauth.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// How much one access token, one client, one address may ask. Whoever asks more is told `temporarily_unavailable`, 429, and in
/// `Retry-After` when to come back.
///
/// @param perToken for each access token, whether it is good or not
/// @param perClient for each client of a good access token; anonymous wallets are no client
/// @param perAddress for each address requests come from
public record RateLimits(RateLimiter perToken, RateLimiter perClient, RateLimiter perAddress) {
    public static RateLimits none() {
        return new RateLimits(RateLimiter.none(), RateLimiter.none(), RateLimiter.none());
    }

    /// The endpoints, behind the limits for address and token: nothing is verified for whoever asks too much.
    public Handler around(Handler endpoints) {
        return request -> {
            request.remote().ifPresent(address -> take(perAddress, address));
            request.header("Authorization")
                    .ifPresent(value -> take(perToken, SignedJwt.sha256(value.getBytes(StandardCharsets.UTF_8))));
            return endpoints.handle(request);
        };
    }

    /// The verifier, behind the limit for clients.
    public AccessTokenVerifier around(AccessTokenVerifier verifier) {
        return token -> {
            var verified = verifier.verify(token);
            verified.flatMap(found -> found.clientId()).ifPresent(client -> take(perClient, client));
            return verified;
        };
    }

    private static void take(RateLimiter limiter, String who) {
        limiter.take(who).ifPresent(wait -> {
            throw refusal(wait);
        });
    }

    private static Refusal refusal(Duration wait) {
        var seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
        return Refusal.of("temporarily_unavailable", 429, "too many requests; come back after Retry-After")
                .withHeader("Retry-After", Long.toString(seconds));
    }
}
