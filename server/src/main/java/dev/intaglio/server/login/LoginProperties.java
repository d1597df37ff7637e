package dev.intaglio.server.login;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How people sign in when a wallet asks for credentials by the authorization code flow. With none of the ways configured
/// there is no such flow. OpenID Providers of the main issuer can also be set by Spring's own spring.security.oauth2.client.*.
///
/// @param users People who sign in with a password.
/// @param providers OpenID Providers to sign in at, by short names of their own.
/// @param databaseUsers Whether the users in the database, added by POST /admin/users, can sign in.
/// @param autoApprove For tests: every request is approved at once, without any page, for this subject.
/// @param subjectClaim The claim of an OpenID Provider's ID Token or userinfo that says whom credentials will be about. With
///     email, only an address the provider has verified counts.
/// @param nameClaim The claim that says what the person is called on the consent page.
/// @param tries How many wrong passwords may be entered for one user name within tries-within.
/// @param triesPerAddress How many wrong passwords may come from one network address within tries-within.
/// @param triesWithin The time in which wrong passwords count.
@ConfigurationProperties("intaglio.login")
public record LoginProperties(
        List<User> users,
        Map<String, OpenIdProvider> providers,
        @DefaultValue("false") boolean databaseUsers,
        Optional<String> autoApprove,
        @DefaultValue("sub") String subjectClaim,
        @DefaultValue("name") String nameClaim,
        @DefaultValue("5") int tries,
        @DefaultValue("50") int triesPerAddress,
        @DefaultValue("10m") Duration triesWithin) {
    public LoginProperties {
        users = orEmpty(users);
        providers = orEmpty(providers);
        autoApprove = orEmpty(autoApprove);
        if (tries < 1 || triesPerAddress < 1) {
            throw new IllegalArgumentException("intaglio.login.tries and tries-per-address are at least 1");
        }
        if (triesWithin.isNegative() || triesWithin.isZero()) {
            throw new IllegalArgumentException("intaglio.login.tries-within is longer than nothing");
        }
    }

    /// Whether anybody can sign in on our pages.
    boolean somebody() {
        return !users.isEmpty() || databaseUsers || !providers.isEmpty();
    }

    /// @param name What is typed in.
    /// @param password The password's hash, as {argon2}... or {bcrypt}...; on a server that only this machine can reach also
    ///     the password itself, as {noop}...
    /// @param subject Whom credentials will be about, as the claims' source knows the person. By default the name.
    /// @param displayName What the person is called on the consent page. By default the name.
    /// @param claims What is known of the person, for definitions with a login source; none by default.
    public record User(
            @DefaultValue("") String name,
            @DefaultValue("") String password,
            Optional<String> subject,
            Optional<String> displayName,
            Map<String, Object> claims) {
        public User {
            claims = orEmpty(claims);
            subject = orEmpty(subject);
            displayName = orEmpty(displayName);
        }

        /// Without the password and the person.
        @Override
        public String toString() {
            return "User";
        }
    }

    /// @param issuer Its Issuer Identifier; its metadata say the rest.
    /// @param clientId What we are called there.
    /// @param clientSecret Our secret there. Without, we are a public client.
    /// @param scope What we ask for; openid is always among it.
    /// @param name What it is called on the page. By default its short name.
    public record OpenIdProvider(
            Optional<URI> issuer,
            @DefaultValue("") String clientId,
            Optional<String> clientSecret,
            @DefaultValue({"openid", "profile"}) List<String> scope,
            Optional<String> name) {
        public OpenIdProvider {
            issuer = orEmpty(issuer);
            clientSecret = orEmpty(clientSecret);
            name = orEmpty(name);
            if (issuer.isEmpty() || clientId.isEmpty()) {
                throw new IllegalArgumentException(
                        "a provider of intaglio.login.providers has an issuer and a client-id");
            }
        }

        /// Without the secret.
        @Override
        public String toString() {
            return "OpenIdProvider[" + issuer.orElseThrow() + "]";
        }
    }

    @SuppressWarnings("NullableOptional") // Spring Boot binds what is not set to null.
    private static <T> Optional<T> orEmpty(@Nullable Optional<T> bound) {
        return bound == null ? Optional.empty() : bound;
    }

    private static <T> Map<String, T> orEmpty(@Nullable Map<String, T> bound) {
        return bound == null ? Map.of() : new LinkedHashMap<>(bound);
    }

    private static <T> List<T> orEmpty(@Nullable List<T> bound) {
        return bound == null ? List.of() : List.copyOf(bound);
    }

    /// Without people.
    @Override
    public String toString() {
        return "LoginProperties[users=" + users.size() + ", databaseUsers=" + databaseUsers + "]";
    }
}
