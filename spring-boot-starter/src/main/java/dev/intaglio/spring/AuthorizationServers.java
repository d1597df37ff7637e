package dev.intaglio.spring;

import dev.intaglio.authorization.AuthorizationServer;
import dev.intaglio.authorization.token.DpopPolicy;
import dev.intaglio.issuer.accesstoken.AccessTokensByIssuer;
import dev.intaglio.issuer.accesstoken.ExternalAuthorizationServer;
import dev.intaglio.issuer.accesstoken.IntrospectedAccessTokens;
import dev.intaglio.issuer.accesstoken.IntrospectionClient;
import dev.intaglio.issuer.accesstoken.JwtAccessTokens;
import dev.intaglio.issuer.spi.AccessTokenVerifier;
import dev.intaglio.issuer.spi.IssuerStates;
import dev.intaglio.issuer.spi.PreAuthorizedCodes;
import dev.intaglio.keys.file.PemKeys;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.spring.AuthorizationServersProperties.External;
import dev.intaglio.spring.AuthorizationServersProperties.Verification;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The authorization servers whose tokens the issuer accepts: our own, and those the properties name.
public final class AuthorizationServers {
    private static final String PROPERTY = "intaglio.authorization-servers";

    private final URI issuer;
    private final boolean own;
    private final Map<URI, AccessTokenVerifier> external;
    private final Optional<AccessTokenVerifier> opaque;

    private AuthorizationServers(
            URI issuer, boolean own, Map<URI, AccessTokenVerifier> external, Optional<AccessTokenVerifier> opaque) {
        this.issuer = issuer;
        this.own = own;
        this.external = external;
        this.opaque = opaque;
    }

    /// @param claims what is taken from the tokens of external servers, for a data source
    /// @throws IllegalStateException if the properties contradict themselves
    static AuthorizationServers of(
            AuthorizationServersProperties properties, IssuerIdentifier issuer, Set<String> claims, Clock clock)
            throws IOException {
        if (!properties.ownAuthorizationServer()
                && properties.authorizationServers().isEmpty()) {
            throw new IllegalStateException("intaglio.own-authorization-server is false and " + PROPERTY
                    + " names no other: no wallet could get a token");
        }
        var external = new LinkedHashMap<URI, AccessTokenVerifier>();
        var asking = new ArrayList<AccessTokenVerifier>();
        var position = 0;
        for (var server : properties.authorizationServers()) {
            var property = PROPERTY + "[" + position++ + "]";
            var identifier =
                    server.issuer().orElseThrow(() -> new IllegalStateException(property + ".issuer is missing"));
            if (identifier.equals(issuer.uri())) {
                throw new IllegalStateException(property + ".issuer is intaglio.issuer, which is no external server");
            }
            var trusted = trusted(property, server, identifier, issuer, claims);
            var verifier = verifier(property, server, trusted, clock);
            if (external.put(identifier, verifier) != null) {
                throw new IllegalStateException(PROPERTY + " names " + identifier + " twice");
            }
            if (server.verification() == Verification.INTROSPECTION) {
                asking.add(verifier);
            }
        }
        // With several, a token that names no server would have to be shown to one that need not know it.
        var opaque = asking.size() == 1 ? Optional.of(asking.getFirst()) : Optional.<AccessTokenVerifier>empty();
        return new AuthorizationServers(issuer.uri(), properties.ownAuthorizationServer(), external, opaque);
    }

    /// Whether our own authorization server serves.
    public boolean own() {
        return own;
    }

    /// The `authorization_servers` of the issuer's metadata (§12.2.4): none where the issuer is the only one.
    public List<URI> published() {
        return external.isEmpty()
                ? List.of()
                : Stream.concat(Stream.of(issuer).filter(self -> own), external.keySet().stream())
                        .toList();
    }

    /// @param dpop what holds for tokens of our own server holds for those of others
    AccessTokenVerifier accessTokens(AuthorizationServer ours, DpopPolicy dpop) {
        if (external.isEmpty()) {
            return ours::accessToken;
        }
        var verifiers = new LinkedHashMap<URI, AccessTokenVerifier>();
        external.forEach((server, verifier) -> verifiers.put(server, asBound(verifier, dpop)));
        if (own) {
            verifiers.put(issuer, ours::accessToken);
        }
        var byIssuer = AccessTokensByIssuer.of(verifiers);
        return opaque.map(verifier -> byIssuer.withOpaque(asBound(verifier, dpop)))
                .orElse(byIssuer);
    }

    static AccessTokenVerifier asBound(AccessTokenVerifier verifier, DpopPolicy dpop) {
        return dpop == DpopPolicy.REQUIRED
                ? token -> verifier.verify(token)
                        .filter(found -> found.dpopKeyThumbprint().isPresent())
                : verifier;
    }

    PreAuthorizedCodes preAuthorizedCodes(AuthorizationServer ours) {
        return own ? new OfferCodes(ours) : PreAuthorizedCodes.none();
    }

    /// Empty if users can sign in nowhere.
    Optional<IssuerStates> issuerStates(AuthorizationServer ours) {
        if (own && ours.metadata().authorizationEndpoint().isPresent()) {
            return Optional.of(new OfferStates(ours));
        }
        return external.isEmpty() ? Optional.empty() : Optional.of(IssuerStates.none());
    }

    private static ExternalAuthorizationServer trusted(
            String property, External server, URI identifier, IssuerIdentifier issuer, Set<String> claims) {
        try {
            var trusted = ExternalAuthorizationServer.of(identifier, issuer.uri())
                    .withSubjectClaim(server.subjectClaim())
                    .withClaims(claims);
            return server.audience().isEmpty() ? trusted : trusted.withAudiences(server.audience());
        } catch (IllegalArgumentException wrong) {
            throw new IllegalStateException(property + ": " + wrong.getMessage(), wrong);
        }
    }

    private static AccessTokenVerifier verifier(
            String property, External server, ExternalAuthorizationServer trusted, Clock clock) throws IOException {
        var transport = new JdkTransport(Client.SHARED, server.timeout());
        return switch (server.verification()) {
            case JWT -> {
                if (Stream.of(server.clientId(), server.clientSecret(), server.clientKey())
                        .anyMatch(Optional::isPresent)) {
                    throw new IllegalStateException(
                            property + " has credentials of a client, which only verification: introspection needs");
                }
                var tokens = JwtAccessTokens.of(trusted, transport, clock).withTypes(server.tokenTypes());
                try {
                    yield server.algorithms().isEmpty() ? tokens : tokens.withAlgorithms(server.signatureAlgorithms());
                } catch (IllegalArgumentException wrong) {
                    throw new IllegalStateException(property + ".algorithms: " + wrong.getMessage(), wrong);
                }
            }
            case INTROSPECTION ->
                IntrospectedAccessTokens.of(trusted, introspectionClient(property, server), transport, clock)
                        .rememberingFor(server.rememberFor());
        };
    }

    private static IntrospectionClient introspectionClient(String property, External server) throws IOException {
        if (server.clientId().isEmpty()
                || server.clientSecret().isPresent() == server.clientKey().isPresent()) {
            throw new IllegalStateException(property
                    + ": verification by introspection needs client-id, and either client-secret or client-key");
        }
        var id = server.clientId().get();
        return server.clientKey().isPresent()
                ? new IntrospectionClient.PrivateKey(
                        id, PemKeys.load(Path.of(server.clientKey().get())), new SecureRandom())
                : new IntrospectionClient.Secret(id, server.clientSecret().orElseThrow());
    }

    /// One for all issuers, made when the first of them has an external server: each has threads of its own.
    private static final class Client {
        static final HttpClient SHARED = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }
}
