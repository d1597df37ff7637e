package dev.intaglio.storage.jdbc.source;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.storage.jdbc.StorageException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/// Takes claims from a database by the query that stands in a credential definition. The query finds at most one row for
/// a subject; its columns become claims by their labels.
///
/// ```yaml
/// source:
///   sql: >
///     select given_name, family_name, street as "address.street_address", nationalities as "nationalities[]"
///     from person where id = :subject
///   datasource: registry
/// ```
///
/// - The subject is bound as a parameter, never written into the query.
/// - A dot in a label leads into a nested object. A label that ends in `[]` is a list: a JSON array as text, or an SQL
///   array. A null leaves the claim out. Columns of type `json` are read as JSON.
/// - `datasource` may be left out if there is only one.
///
/// Queries run read-only and are stopped after five seconds. A subject without a row is denied; a query that fails, takes
/// too long or finds several rows is a [StorageException].
public final class SqlDatasets implements CredentialDatasets, AutoCloseable {
    private final Map<String, ReadOnly> dataSources;
    private final List<HikariDataSource> own;
    private final Map<String, SubjectQuery> queries = new ConcurrentHashMap<>();

    private SqlDatasets(Builder builder) {
        if (builder.dataSources.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one data source");
        }
        var readOnly = new LinkedHashMap<String, ReadOnly>();
        builder.dataSources.forEach(
                (name, connections) -> readOnly.put(name, new ReadOnly(connections, builder.timeout)));
        dataSources = Map.copyOf(readOnly);
        own = List.copyOf(builder.own);
    }

    public static Builder builder() {
        return new Builder();
    }

    /// Whether a definition's source is a query.
    public static boolean describes(JsonObject source) {
        return source.has("sql");
    }

    /// Asks the database whether it understands the query of a definition. To be called at start: a mistake is then found
    /// before the first wallet comes.
    ///
    /// @throws StorageException saying which definition is wrong, and why
    public void check(CredentialDefinition definition) {
        try {
            dataSource(definition.source()).check(query(definition.source()));
        } catch (IllegalArgumentException wrong) {
            throw new StorageException(
                    "the source of the definition " + definition.id() + ": " + wrong.getMessage(), wrong);
        } catch (SQLException failure) {
            throw new StorageException(
                    "the query of the definition " + definition.id() + " is not understood by its database: "
                            + failure.getMessage(),
                    failure);
        }
    }

    /// The database that a definition's query is asked of.
    public String datasource(CredentialDefinition definition) {
        return "the datasource "
                + definition
                        .source()
                        .optionalString("datasource")
                        .or(this::onlyName)
                        .orElse("it does not name");
    }

    /// The labels of the columns of a definition's query, with the names of their types.
    ///
    /// @throws StorageException if the database does not say
    public Map<String, String> columns(CredentialDefinition definition) {
        try {
            return dataSource(definition.source()).columns(query(definition.source()));
        } catch (SQLException failure) {
            throw new StorageException(
                    "the query of the definition " + definition.id() + " is not understood by its database: "
                            + failure.getMessage(),
                    failure);
        }
    }

    @Override
    public Lookup find(Entitlement entitlement) {
        var definition = entitlement.definition();
        try {
            var rows = dataSource(definition.source()).rows(query(definition.source()), entitlement.subject());
            return switch (rows.size()) {
                case 0 ->
                    Lookup.denied("the query of the definition " + definition.id() + " finds no row for the subject");
                case 1 -> Lookup.ready(new CredentialDataset(rows.getFirst()));
                default ->
                    throw new StorageException("the query of the definition " + definition.id()
                            + " finds more than one row for a subject");
            };
        } catch (IllegalArgumentException wrong) {
            throw new StorageException(
                    "the source of the definition " + definition.id() + ": " + wrong.getMessage(), wrong);
        } catch (SQLException failure) {
            throw new StorageException(
                    "the query of the definition " + definition.id() + " failed (SQLState " + failure.getSQLState()
                            + ")",
                    failure);
        }
    }

    private SubjectQuery query(JsonObject source) {
        return queries.computeIfAbsent(source.string("sql"), SubjectQuery::read);
    }

    private ReadOnly dataSource(JsonObject source) {
        var name = source.optionalString("datasource")
                .or(this::onlyName)
                .orElseThrow(() -> new IllegalArgumentException(
                        "there are several data sources, so it must name its datasource: " + names()));
        return Optional.ofNullable(dataSources.get(name))
                .orElseThrow(() ->
                        new IllegalArgumentException("there is no datasource " + name + "; there are " + names()));
    }

    private Optional<String> onlyName() {
        return dataSources.size() == 1 ? dataSources.keySet().stream().findFirst() : Optional.empty();
    }

    private List<String> names() {
        return dataSources.keySet().stream().sorted().toList();
    }

    /// Closes the pools it opened itself.
    @Override
    public void close() {
        own.forEach(HikariDataSource::close);
    }

    /// Collects the databases that queries may name.
    public static final class Builder {
        private final Map<String, DataSource> dataSources = new LinkedHashMap<>();
        private final List<HikariDataSource> own = new ArrayList<>();
        private Duration timeout = Duration.ofSeconds(5);

        private Builder() {}

        /// Connections of somebody else, who closes them.
        public Builder dataSource(String name, DataSource connections) {
            requireNew(name);
            dataSources.put(name, connections);
            return this;
        }

        /// A pool that is opened now and closed with the datasets.
        ///
        /// @param user empty if the database knows none, as SQLite
        public Builder dataSource(
                String name, String jdbcUrl, Optional<String> user, Optional<String> password, int poolSize) {
            requireNew(name);
            var pool = new HikariConfig();
            pool.setPoolName("intaglio-" + name);
            pool.setJdbcUrl(jdbcUrl);
            user.ifPresent(pool::setUsername);
            password.ifPresent(pool::setPassword);
            pool.setMaximumPoolSize(poolSize);
            pool.setConnectionTimeout(timeout.toMillis());
            var connections = new HikariDataSource(pool);
            own.add(connections);
            return dataSource(name, connections);
        }

        private void requireNew(String name) {
            if (dataSources.containsKey(name)) {
                throw new IllegalArgumentException("two data sources have the name " + name);
            }
        }

        Builder timeout(Duration shorter) {
            timeout = shorter;
            return this;
        }

        public SqlDatasets build() {
            return new SqlDatasets(this);
        }
    }
}
