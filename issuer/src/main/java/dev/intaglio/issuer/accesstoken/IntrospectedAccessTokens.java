package dev.intaglio.issuer.accesstoken;

import dev.intaglio.issuer.spi.AccessTokenVerifier;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.AccessToken;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Access tokens of another authorization server, which we ask about each of them (RFC 7662): for tokens that only the
/// server can read, and for tokens that shall be of no use from the moment they are revoked.
public final class IntrospectedAccessTokens implements AccessTokenVerifier {
    private static final Logger LOG = LoggerFactory.getLogger(IntrospectedAccessTokens.class);
    private static final int MAX_TOKEN = 16 * 1024;
    private static final int MAX_REMEMBERED = 10_000;

    /// `exp` is optional in an answer (RFC 7662, section 2.2); it is good for the request at hand.
    private static final Duration WITHOUT_EXP = Duration.ofMinutes(1);

    private record Known(AccessToken token, Instant until) {}

    private final ExternalAuthorizationServer server;
    private final ExternalTokenClaims claims;
    private final RemoteServer remote;
    private final IntrospectionClient client;
    private final Duration remembered;
    private final Clock clock;
    private final Map<String, Known> answers = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MAX_REMEMBERED;
        }
    });

    private IntrospectedAccessTokens(
            ExternalAuthorizationServer server,
            RemoteServer remote,
            IntrospectionClient client,
            Duration remembered,
            Clock clock) {
        this.server = server;
        this.claims = new ExternalTokenClaims(server);
        this.remote = remote;
        this.client = client;
        this.remembered = remembered;
        this.clock = clock;
    }

    /// Asks each time.
    ///
    /// @param transport reaches the server; to have a time limit, since a request for a credential waits for it
    public static IntrospectedAccessTokens of(
            ExternalAuthorizationServer server, IntrospectionClient client, Handler transport, Clock clock) {
        var remote = new RemoteServer(server.issuer(), transport, clock);
        return new IntrospectedAccessTokens(server, remote, client, Duration.ZERO, clock);
    }

    /// Believes an answer for so long, and no longer than the token lives: fewer questions, later revocation.
    public IntrospectedAccessTokens rememberingFor(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("an answer is remembered for some time, or for none");
        }
        return new IntrospectedAccessTokens(server, remote, client, time, clock);
    }

    /// @throws dev.intaglio.protocol.oauth.Refusal `server_error`, 503, if the server does not answer
    @Override
    public Optional<AccessToken> verify(String token) {
        if (token.isEmpty() || token.length() > MAX_TOKEN) {
            return Optional.empty();
        }
        var name = SignedJwt.sha256(token.getBytes(StandardCharsets.UTF_8));
        var now = clock.instant();
        var known = answers.get(name);
        if (known != null && now.isBefore(known.until())) {
            return Optional.of(known.token());
        }
        var verified = ask(token, now);
        if (remembered.isPositive()) {
            verified.ifPresent(good ->
                    answers.put(name, new Known(good, earlier(good.expiresAt(), now.plus(remembered)))));
        }
        return verified;
    }

    private Optional<AccessToken> ask(String token, Instant now) {
        var form = Form.empty().with("token", token).with("token_type_hint", "access_token");
        var answer =
                remote.ask(client.request(remote.endpoint("introspection_endpoint"), form, server.issuer(), clock));
        if (!active(answer)) {
            return Optional.empty();
        }
        try {
            if (answer.optionalString("iss")
                    .filter(iss -> !iss.equals(server.issuer().toString()))
                    .isPresent()) {
                throw new JsonException("its iss is another");
            }
            var expiresAt = ExternalTokenClaims.instant(answer, "exp").orElse(now.plus(WITHOUT_EXP));
            return Optional.of(claims.read(answer, expiresAt, now));
        } catch (JsonException notGood) {
            LOG.info("an access token of {} is not good here: {}", server.issuer(), notGood.getMessage());
            return Optional.empty();
        }
    }

    private boolean active(JsonObject answer) {
        try {
            return answer.optionalBoolean("active").orElseThrow(() -> new JsonException("active is missing"));
        } catch (JsonException malformed) {
            throw remote.failure("what its introspection_endpoint answers is no introspection response", malformed);
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
