package dev.intaglio.authorization.client;

import dev.intaglio.protocol.dpop.DpopVerifier;
import dev.intaglio.protocol.dpop.ReplayGuard;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.Refusal;
import dev.intaglio.protocol.oauth.TokenErrors;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Registered clients that sign an assertion for each request (RFC 7523 section 3, method `private_key_jwt`).
public final class PrivateKeyJwt implements ClientAuthentication {
    public static final String METHOD = "private_key_jwt";
    public static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// For `token_endpoint_auth_signing_alg_values_supported`: what [SignedJwt] verifies.
    public static final List<String> ALGORITHMS = List.of("ES256", "ES384", "ES512", "EdDSA", "Ed25519");

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final RegisteredClients clients;
    private final Set<String> audiences;
    private final boolean oneString;
    private final ReplayGuard replayGuard;
    private final Clock clock;

    private PrivateKeyJwt(
            RegisteredClients clients, Set<String> audiences, boolean oneString, ReplayGuard replayGuard, Clock clock) {
        this.clients = clients;
        this.audiences = Set.copyOf(audiences);
        this.oneString = oneString;
        this.replayGuard = replayGuard;
        this.clock = clock;
    }

    /// The assertion's `aud` is the issuer identifier and nothing else (FAPI 2.0, section 5.3.2.1): one that was made for an
    /// endpoint could have been asked for by another server in that endpoint's name.
    public static PrivateKeyJwt forIssuer(
            RegisteredClients clients, String issuer, ReplayGuard replayGuard, Clock clock) {
        return new PrivateKeyJwt(clients, Set.of(issuer), true, replayGuard, clock);
    }

    /// The assertion's `aud` may name the issuer or one of these endpoints, also among others (RFC 9126, section 2).
    public static PrivateKeyJwt forAny(
            RegisteredClients clients, Set<String> audiences, ReplayGuard replayGuard, Clock clock) {
        return new PrivateKeyJwt(clients, audiences, false, replayGuard, clock);
    }

    @Override
    public List<String> methods() {
        return List.of(METHOD);
    }

    @Override
    public Optional<Client> authenticate(Request request, Form form) {
        var assertion = form.value("client_assertion");
        if (assertion.isEmpty()
                || form.value("client_assertion_type")
                        .filter(ASSERTION_TYPE::equals)
                        .isEmpty()) {
            return Optional.empty();
        }
        if (request.header("Authorization").isPresent()
                || form.value("client_secret").isPresent()) {
            throw TokenErrors.invalidRequest("a client authenticates by one method (RFC 6749, section 2.3)");
        }
        try {
            return Optional.of(verify(SignedJwt.parse(assertion.get()), form.value("client_id")));
        } catch (JsonException broken) {
            throw refusal(String.valueOf(broken.getMessage()));
        }
    }

    private Client verify(SignedJwt assertion, Optional<String> named) {
        var claims = assertion.claims();
        var id = claims.string("sub");
        if (!claims.string("iss").equals(id)
                || named.filter(name -> !name.equals(id)).isPresent()) {
            throw refusal("iss, sub and client_id are the same");
        }
        if (!signed(assertion, id)) {
            throw refusal(
                    "the client is unknown, registered for another method, or none of its keys made the signature");
        }
        if (!forUs(claims)) {
            throw refusal("aud is not the issuer identifier of this authorization server");
        }
        inTime(claims, id);
        return new Client(Optional.of(id), new Client.Authentication.RegisteredKey());
    }

    private boolean signed(SignedJwt assertion, String id) {
        return switch (clients.find(id).map(RegisteredClient::method).orElse(new RegisteredClient.Method.None())) {
            case RegisteredClient.Method.PrivateKeyJwt(var keys) ->
                keys.stream().anyMatch(assertion::verifies);
            case RegisteredClient.Method.None() -> false;
            case RegisteredClient.Method.Attestation() -> false;
        };
    }

    private boolean forUs(JsonObject claims) {
        return switch (claims.members().get("aud")) {
            case String audience -> audiences.contains(audience);
            case List<?> several -> !oneString && several.stream().anyMatch(audiences::contains);
            case null, default -> false;
        };
    }

    private void inTime(JsonObject claims, String id) {
        var now = clock.instant();
        var expiresAt = time(claims, "exp").orElseThrow(() -> refusal("exp is missing"));
        if (TokenTimes.past(expiresAt, now)) {
            throw refusal("the assertion has expired");
        }
        if (expiresAt.isAfter(now.plus(LONGEST).plus(DpopVerifier.SKEW))) {
            throw refusal("exp is more than " + LONGEST.toMinutes() + " minutes ahead");
        }
        if (TokenTimes.inFuture(time(claims, "iat"), now) || TokenTimes.inFuture(time(claims, "nbf"), now)) {
            throw refusal("iat or nbf is in the future");
        }
        var use = "client_assertion " + id + ' ' + claims.string("jti");
        if (!replayGuard.firstUse(
                SignedJwt.sha256(use.getBytes(StandardCharsets.UTF_8)), expiresAt.plus(DpopVerifier.SKEW))) {
            throw refusal("the jti was used before");
        }
    }

    private static Optional<Instant> time(JsonObject claims, String name) {
        return claims.optionalSeconds(name).map(Instant::ofEpochSecond);
    }

    private static Refusal refusal(String reason) {
        return TokenErrors.invalidClient("client_assertion: " + reason);
    }
}
