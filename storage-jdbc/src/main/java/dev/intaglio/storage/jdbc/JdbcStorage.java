package dev.intaglio.storage.jdbc;

import dev.intaglio.issuer.store.WatchedAttestations;
import dev.intaglio.storage.jdbc.tenant.Tenants;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/// The stores of issuers and authorization servers in a database: those of the main one, and of any number of tenants on
/// the same connections. Opening it brings the tables up to date; any number of
/// nodes may open the same database, at the same time. Safe to share; what it gives out works until it is closed.
///
/// ```java
/// try (var storage = JdbcStorage.sqlite(Path.of("intaglio.db"))) {
///     var offers = storage.offers();
/// }
/// ```
///
/// What the database cannot do is a [StorageException].
public final class JdbcStorage extends JdbcStores implements AutoCloseable {
    private static final String MAIN = "";

    JdbcStorage(Database database) {
        super(database, MAIN);
    }

    /// Opens a database in a file, or makes it, readable by nobody else. After a crash of the process nothing is lost;
    /// after a crash of the machine the last moments may be (`synchronous=NORMAL`).
    public static JdbcStorage sqlite(Path file) {
        return new JdbcStorage(SqliteFile.open(file));
    }

    /// Opens a PostgreSQL database; one that is just starting is waited for some seconds.
    ///
    /// @param jdbcUrl `jdbc:postgresql://host/database`; what its parameters say goes before what is set here
    /// @param poolSize connections this node holds
    public static JdbcStorage postgres(String jdbcUrl, String user, String password, int poolSize) {
        return new JdbcStorage(PostgresPool.open(jdbcUrl, user, password, poolSize));
    }

    /// Uses the connections of somebody else, who closes them. They lead to PostgreSQL or SQLite, are in autocommit mode,
    /// and three can be had at once; on PostgreSQL their isolation is read committed, on SQLite they have a `busy_timeout`
    /// and no other process opens the storage at the same time.
    public static JdbcStorage of(DataSource connections) {
        try (var connection = connections.getConnection()) {
            var flyway = Migrations.flyway().dataSource(connections);
            var product = connection.getMetaData().getDatabaseProductName();
            switch (product) {
                case "PostgreSQL" -> {
                    // Stricter levels answer the loser of a race with an error instead of no row.
                    if (connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
                        throw new IllegalArgumentException("set the isolation of the connections to read committed");
                    }
                    Migrations.run(flyway, connection);
                }
                case "SQLite" -> Migrations.run(flyway);
                default ->
                    throw new IllegalArgumentException(
                            "the stores run on PostgreSQL and SQLite; these connections lead to " + product);
            }
        } catch (SQLException failure) {
            throw Database.fault(failure);
        }
        return new JdbcStorage(new PooledDatabase(connections, () -> {}));
    }

    /// The stores of one tenant, on the same connections.
    ///
    /// @param name one label of a host name: small letters, digits and dashes, at most 63; it may be used as such
    public JdbcStores tenant(String name) {
        if (!name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
            throw new IllegalArgumentException("a tenant's name is made of small letters, digits and dashes inside");
        }
        return new JdbcStores(database, name);
    }

    /// Which tenants there are.
    public Tenants tenants() {
        return new JdbcTenants(database);
    }

    /// Those who have events that are due, the main issuer as an empty name: a node with many tenants asks the stores of
    /// these alone.
    public List<String> withDueEvents(Instant now) {
        return database.run(session -> session.all(
                "select distinct tenant from intaglio_outgoing_event where next_attempt_at <= ? and expires_at > ?",
                row -> row.getString(1),
                now.toEpochMilli(),
                now.toEpochMilli()));
    }

    /// Those who have attestations nobody looked at since, the main issuer as an empty name.
    public List<String> withWatchedAttestations(Instant lookedAtBefore, Instant now) {
        return database.run(session -> session.all(
                """
                select distinct tenant from intaglio_watched_attestation
                where looked_at < ? and watched_until > ? and found <> ?
                """,
                row -> row.getString(1),
                lookedAtBefore.toEpochMilli(),
                now.toEpochMilli(),
                WatchedAttestations.Found.REVOKED.name()));
    }

    /// Those who have events that wait for their places in the issuance log, the main issuer as an empty name.
    public List<String> withWaitingLogEvents() {
        return database.run(
                session -> session.all("select distinct tenant from intaglio_log_event", row -> row.getString(1)));
    }

    /// Removes whatever expires some minutes after it did, of all tenants. To be called now and then, by any node. Records of issuances and
    /// what wallets told of them stay.
    ///
    /// @return how many there were
    public int removeExpired(Instant now) {
        return new Retention(database).removeExpired(now);
    }

    /// Whether the database answers, and has our tables.
    public boolean healthy() {
        try {
            return database.run(session -> session.first("select count(*) from intaglio_secret", row -> true)
                    .isPresent());
        } catch (StorageException unreachable) {
            return false;
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
