package dev.intaglio.spring;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator can set about authorization servers that are not part of Intaglio.
///
/// @param ownAuthorizationServer Whether Intaglio's own authorization server serves, besides external ones if there are any.
///     Without it there are no offers with pre-authorized codes.
/// @param authorizationServers External authorization servers whose access tokens are accepted; none by default.
@ConfigurationProperties("intaglio")
record AuthorizationServersProperties(
        @DefaultValue("true") boolean ownAuthorizationServer, List<External> authorizationServers) {
    AuthorizationServersProperties {
        authorizationServers = orEmpty(authorizationServers);
    }

    /// How an access token is found to be good.
    enum Verification {
        /// By its signature.
        JWT,
        /// By asking its server.
        INTROSPECTION
    }

    /// @param issuer The server's issuer identifier, exactly as its metadata and its tokens have it.
    /// @param verification How access tokens are verified: jwt (by the keys the server publishes) or introspection (by asking
    ///     the server each time).
    /// @param audience What the aud of an access token must hold, one of these. By default the Credential Issuer Identifier.
    /// @param subjectClaim The claim that names whom the credentials are about, as the data source knows them.
    /// @param tokenTypes With verification jwt: the typ an access token may have.
    /// @param algorithms With verification jwt: the algorithms an access token may be signed by. By default every asymmetric one
    ///     that is supported.
    /// @param clientId With verification introspection: the client as which this issuer asks.
    /// @param clientSecret With verification introspection: the client's secret, for client_secret_basic.
    /// @param clientKey With verification introspection: a PEM file with the client's private and public key, for
    ///     private_key_jwt instead of a secret.
    /// @param rememberFor With verification introspection: for how long an answer is believed without asking again.
    /// @param timeout How long the server may take to answer.
    record External(
            Optional<URI> issuer,
            @DefaultValue("jwt") Verification verification,
            Set<String> audience,
            @DefaultValue("sub") String subjectClaim,
            @DefaultValue("at+jwt") Set<String> tokenTypes,
            Set<String> algorithms,
            Optional<String> clientId,
            Optional<String> clientSecret,
            Optional<String> clientKey,
            @DefaultValue("0s") Duration rememberFor,
            @DefaultValue("5s") Duration timeout) {
        External {
            issuer = orEmpty(issuer);
            audience = orEmpty(audience);
            algorithms = orEmpty(algorithms);
            clientId = orEmpty(clientId);
            clientSecret = orEmpty(clientSecret);
            clientKey = orEmpty(clientKey);
        }

        Set<JWSAlgorithm> signatureAlgorithms() {
            return algorithms.stream().map(JWSAlgorithm::parse).collect(Collectors.toUnmodifiableSet());
        }

        /// Without the secret.
        @Override
        public String toString() {
            return "External[issuer=" + issuer + "]";
        }
    }

    @SuppressWarnings("NullableOptional") // Spring Boot binds what is not set to null.
    private static <T> Optional<T> orEmpty(@Nullable Optional<T> bound) {
        return bound == null ? Optional.empty() : bound;
    }

    private static <T> List<T> orEmpty(@Nullable List<T> bound) {
        return bound == null ? List.of() : List.copyOf(bound);
    }

    private static <T> Set<T> orEmpty(@Nullable Set<T> bound) {
        return bound == null ? Set.of() : Set.copyOf(bound);
    }
}
