package dev.intaglio.issuer.accesstoken;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.issuer.spi.AccessTokenVerifier;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.oauth.AccessToken;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Access tokens of another authorization server that are signed JWTs (RFC 9068, section 4), verified by the keys it
/// publishes. Such a token is good until it expires, also when the server has revoked it; [IntrospectedAccessTokens] asks.
///
/// ```java
/// issuer.accessTokens(JwtAccessTokens.of(server, JdkTransport.create(), clock))
/// ```
public final class JwtAccessTokens implements AccessTokenVerifier {
    /// What is accepted unless fewer are named: everything asymmetric that we can verify. `none` and HMAC cannot be named.
    public static final Set<JWSAlgorithm> ALGORITHMS = algorithms();

    /// The `typ` of RFC 9068.
    public static final String TYPE = "at+jwt";

    private static final Logger LOG = LoggerFactory.getLogger(JwtAccessTokens.class);

    private final ExternalAuthorizationServer server;
    private final ExternalTokenClaims claims;
    private final PublishedKeys keys;
    private final Set<JWSAlgorithm> algorithms;
    private final Set<String> types;
    private final Clock clock;

    private JwtAccessTokens(
            ExternalAuthorizationServer server,
            PublishedKeys keys,
            Set<JWSAlgorithm> algorithms,
            Set<String> types,
            Clock clock) {
        this.server = server;
        this.claims = new ExternalTokenClaims(server);
        this.keys = keys;
        this.algorithms = Set.copyOf(algorithms);
        this.types = types.stream().map(JwtAccessTokens::essence).collect(Collectors.toUnmodifiableSet());
        this.clock = clock;
    }

    /// @param transport reaches the server; to have a time limit, since a request for a credential waits for it
    public static JwtAccessTokens of(ExternalAuthorizationServer server, Handler transport, Clock clock) {
        var keys = new PublishedKeys(new RemoteServer(server.issuer(), transport, clock), clock);
        return new JwtAccessTokens(server, keys, ALGORITHMS, Set.of(TYPE), clock);
    }

    /// Which algorithms may have been used.
    ///
    /// @throws IllegalArgumentException for one that is not among [#ALGORITHMS]
    public JwtAccessTokens withAlgorithms(Set<JWSAlgorithm> allowed) {
        if (allowed.isEmpty() || !ALGORITHMS.containsAll(allowed)) {
            throw new IllegalArgumentException("access tokens are signed by some of " + ALGORITHMS);
        }
        return new JwtAccessTokens(server, keys, allowed, types, clock);
    }

    /// Which `typ` the header may have. `JWT`, which some servers write, is what their ID tokens have as well: what then tells
    /// the two apart is the audience, which must not be the identifier of a client.
    public JwtAccessTokens withTypes(Set<String> accepted) {
        if (accepted.isEmpty()) {
            throw new IllegalArgumentException("an access token has some typ");
        }
        return new JwtAccessTokens(server, keys, algorithms, accepted, clock);
    }

    /// @throws dev.intaglio.protocol.oauth.Refusal `server_error`, 503, if the server's keys are needed and cannot be had
    @Override
    public Optional<AccessToken> verify(String token) {
        try {
            var jwt = SignedJwt.parse(token, JsonLimits.REQUEST, algorithms);
            requireType(jwt);
            var said = jwt.claims();
            if (!said.string("iss").equals(server.issuer().toString())) {
                throw new JsonException("its iss is another");
            }
            if (!keys.verify(jwt)) {
                throw new JsonException("its signature does not verify by a key of the server");
            }
            var expiresAt =
                    ExternalTokenClaims.instant(said, "exp").orElseThrow(() -> new JsonException("it has no exp"));
            return Optional.of(claims.read(said, expiresAt, clock.instant()));
        } catch (JsonException notGood) {
            LOG.info("an access token of {} is not good here: {}", server.issuer(), notGood.getMessage());
            return Optional.empty();
        }
    }

    private void requireType(SignedJwt jwt) {
        if (jwt.type().map(JwtAccessTokens::essence).filter(types::contains).isEmpty()) {
            throw new JsonException("its typ is none of " + types);
        }
    }

    /// A media type whose `application/` may be left out (RFC 7515, section 4.1.9).
    private static String essence(String type) {
        var lower = type.toLowerCase(Locale.ROOT);
        return lower.startsWith("application/") ? lower.substring("application/".length()) : lower;
    }

    private static Set<JWSAlgorithm> algorithms() {
        var all = new LinkedHashSet<>(SignedJwt.ALGORITHMS);
        all.addAll(JWSAlgorithm.Family.RSA);
        return Set.copyOf(all);
    }
}
