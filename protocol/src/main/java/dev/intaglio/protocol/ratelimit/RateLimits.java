package dev.intaglio.protocol.ratelimit;

import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.oauth.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How much one token, one client, one address may ask of a Credential Issuer and of its authorization server, both together
/// where they share this. Whoever asks more is told `temporarily_unavailable`, 429, in the error envelope of OAuth and
/// OpenID4VCI, and in `Retry-After` when to come back.
///
/// @param perToken for each access token, and for each code or refresh token that is to be redeemed, good or not
/// @param perClient for each client: those that authenticated, and those that a good access token names; anonymous wallets
///     are no client
/// @param perAddress for each address of the public internet that requests come from, see [ClientAddress]
public record RateLimits(RateLimiter perToken, RateLimiter perClient, RateLimiter perAddress) {
    private static final List<String> REDEEMED = List.of("pre-authorized_code", "code", "refresh_token");
    private static final int LONGEST_FORM = 64 * 1024;

    public static RateLimits none() {
        return new RateLimits(RateLimiter.none(), RateLimiter.none(), RateLimiter.none());
    }

    /// The endpoints, behind the limits for address and token: nothing is verified for whoever asks too much.
    ///
    /// @return to stand inside [dev.intaglio.protocol.oauth.ErrorResponses]
    public Handler around(Handler endpoints) {
        return request -> {
            request.remote().flatMap(ClientAddress::counted).ifPresent(address -> take(perAddress, address));
            token(request).ifPresent(value -> take(perToken, SignedJwt.sha256(value.getBytes(StandardCharsets.UTF_8))));
            return endpoints.handle(request);
        };
    }

    /// Counts a request of a client.
    ///
    /// @param shown whether it showed that it is this client; a name that anybody may say counts by the address it comes from,
    ///     so that nobody uses up the limit of others by taking their name
    /// @throws Refusal if it asks too much
    public void client(String id, boolean shown, Optional<String> address) {
        take(
                perClient,
                shown
                        ? id
                        : id + " at " + address.flatMap(ClientAddress::counted).orElse("an address of our own"));
    }

    private static Optional<String> token(Request request) {
        return request.header("Authorization").or(() -> redeemed(request));
    }

    /// What a token request wants to redeem. A form that cannot be read is refused where it is read.
    private static Optional<String> redeemed(Request request) {
        if (!request.mediaType().equals(Form.MEDIA_TYPE) || request.body().length > LONGEST_FORM) {
            return Optional.empty();
        }
        try {
            var form = Form.read(new String(request.body(), StandardCharsets.UTF_8));
            return REDEEMED.stream().flatMap(name -> form.value(name).stream()).findFirst();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
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
