package dev.intaglio.spring;

import dev.intaglio.keys.KeyUse;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator can set about the issuer; [AuthorizationProperties] has what is about access tokens. What stands here
/// can also be given to the builders, and the reverse.
///
/// @param issuer The Credential Issuer Identifier: the https address at which wallets reach this server, with a path if it
///     has one. By default http://127.0.0.1 (https, if the server speaks TLS) and the server's port, which
///     serves wallets on this machine only.
/// @param dataDirectory Where the server keeps what it makes itself: the SQLite file, development keys, the admin token.
/// @param database The database of the server's own state.
/// @param credentials A directory with credential definitions (*.yaml, *.json). By default the types that come with
///     Intaglio.
/// @param claims A JSON file with the claims of each subject, for definitions that name no other source. By default, as
///     long as the credential types are those that come with Intaglio, its sample people.
/// @param datasources Databases that the sql sources of credential definitions read, by name.
/// @param display The issuer's name, once for each language.
/// @param keys The keys that sign. By default development keys, made in the data directory.
/// @param nonceLifetime How long a nonce from the nonce endpoint is good.
/// @param loginClaimsKept How long claims that a sign-in told can go into credentials, for definitions with a login source.
/// @param batchSize How many credentials a wallet may ask for in one request, each for a key of its own; 1 for no batches.
/// @param cryptoProvider The name of the JCA provider that must make signatures, such as AmazonCorrettoCryptoProvider; the
///     health check fails if it is another. By default any will do.
@ConfigurationProperties("intaglio")
public record IntaglioProperties(
        Optional<URI> issuer,
        @DefaultValue("intaglio-data") String dataDirectory,
        @DefaultValue Database database,
        Optional<String> credentials,
        Optional<String> claims,
        Map<String, Datasource> datasources,
        List<Display> display,
        @DefaultValue Keys keys,
        @DefaultValue("10m") Duration nonceLifetime,
        @DefaultValue("1h") Duration loginClaimsKept,
        @DefaultValue("10") int batchSize,
        Optional<String> cryptoProvider) {
    public IntaglioProperties {
        issuer = orEmpty(issuer);
        credentials = orEmpty(credentials);
        claims = orEmpty(claims);
        cryptoProvider = orEmpty(cryptoProvider);
        datasources = orEmpty(datasources);
        display = orEmpty(display);
    }

    /// The data directory as a path.
    public Path data() {
        return Path.of(dataDirectory);
    }

    /// @param url The database: jdbc:postgresql://host/name, or jdbc:sqlite:file. By default the file intaglio.db in the
    ///     data directory.
    /// @param user The user of the PostgreSQL database.
    /// @param password The password of the PostgreSQL database.
    /// @param poolSize How many connections to PostgreSQL this node holds at most.
    public record Database(
            Optional<String> url,
            @DefaultValue("") String user,
            @DefaultValue("") String password,
            @DefaultValue("10") int poolSize) {
        public Database {
            url = orEmpty(url);
        }

        /// Without the password.
        @Override
        public String toString() {
            return "Database[user=" + user + "]";
        }
    }

    /// @param url The database that holds the claims, as a JDBC address.
    /// @param user The user, who needs to read only; none by default.
    /// @param password The user's password; none by default.
    /// @param poolSize How many connections this node holds at most.
    public record Datasource(
            @DefaultValue("") String url,
            Optional<String> user,
            Optional<String> password,
            @DefaultValue("4") int poolSize) {
        public Datasource {
            user = orEmpty(user);
            password = orEmpty(password);
        }

        /// Without the password.
        @Override
        public String toString() {
            return "Datasource[user=" + user.orElse("") + "]";
        }
    }

    /// @param name What the issuer is called. By default Intaglio.
    /// @param locale The language of the name, as a BCP 47 tag; none by default.
    /// @param logo The address of a picture, https or data; none by default.
    /// @param logoText What the picture shows, for those who cannot see it; none by default.
    public record Display(
            @DefaultValue("Intaglio") String name,
            Optional<String> locale,
            Optional<URI> logo,
            Optional<String> logoText) {
        public Display {
            locale = orEmpty(locale);
            logo = orEmpty(logo);
            logoText = orEmpty(logoText);
        }
    }

    /// @param pkcs12 A PKCS#12 file with the signing keys and their certificate chains.
    /// @param password The password of the PKCS#12 file.
    /// @param aliases Which keys of the PKCS#12 file are for what (credential, document-signer, access-token, metadata,
    ///     status-list): the first of each list signs, the others are still published. A use that is not named gets all
    ///     keys of the file, in the order of their aliases; without document-signer, mdocs are signed as other
    ///     credentials are.
    /// @param pem PEM files, each with a private key and its certificate chain or public key. The first signs, the others
    ///     are still published.
    public record Keys(
            Optional<String> pkcs12,
            @DefaultValue("") String password,
            Map<KeyUse, List<String>> aliases,
            List<String> pem) {
        public Keys {
            pkcs12 = orEmpty(pkcs12);
            aliases = orEmpty(aliases);
            pem = orEmpty(pem);
        }

        /// Without the password.
        @Override
        public String toString() {
            return "Keys[aliases=" + aliases + "]";
        }
    }

    @SuppressWarnings("NullableOptional") // Spring Boot binds what is not set to null.
    private static <T> Optional<T> orEmpty(@Nullable Optional<T> bound) {
        return bound == null ? Optional.empty() : bound;
    }

    private static <T> List<T> orEmpty(@Nullable List<T> bound) {
        return bound == null ? List.of() : List.copyOf(bound);
    }

    private static <K, V> Map<K, V> orEmpty(@Nullable Map<K, V> bound) {
        return bound == null ? Map.of() : new LinkedHashMap<>(bound);
    }
}
