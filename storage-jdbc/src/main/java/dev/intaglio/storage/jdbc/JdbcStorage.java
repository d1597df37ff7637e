package dev.intaglio.storage.jdbc;

import dev.intaglio.authorization.store.CodeFlowStores;
import dev.intaglio.authorization.store.PreAuthorizedCodes;
import dev.intaglio.issuer.store.DeferredTransactions;
import dev.intaglio.issuer.store.IssuanceQuotas;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.Notifications;
import dev.intaglio.issuer.store.Offers;
import dev.intaglio.issuer.store.OutgoingEvents;
import dev.intaglio.issuer.store.SharedSecrets;
import dev.intaglio.protocol.dpop.ReplayGuard;
import dev.intaglio.storage.jdbc.user.Users;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Supplier;
import javax.sql.DataSource;

/// The stores of issuer and authorization server in a database. Opening it brings the tables up to date; any number of
/// nodes may open the same database, at the same time. Safe to share; what it gives out works until it is closed.
///
/// ```java
/// try (var storage = JdbcStorage.sqlite(Path.of("intaglio.db"))) {
///     var offers = storage.offers();
/// }
/// ```
///
/// What the database cannot do is a [StorageException].
public final class JdbcStorage implements AutoCloseable {
    private final Database database;

    private JdbcStorage(Database database) {
        this.database = database;
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

    public Offers offers() {
        return new JdbcOffers(database);
    }

    public Issuances issuances() {
        return new JdbcIssuances(database);
    }

    public DeferredTransactions deferredTransactions() {
        return new JdbcDeferredTransactions(database);
    }

    public Notifications notifications() {
        return new JdbcNotifications(database);
    }

    public IssuanceQuotas issuanceQuotas() {
        return new JdbcIssuanceQuotas(database);
    }

    public OutgoingEvents outgoingEvents() {
        return new JdbcOutgoingEvents(database);
    }

    public PreAuthorizedCodes preAuthorizedCodes() {
        return new JdbcPreAuthorizedCodes(database);
    }

    /// What the authorization code flow remembers.
    public CodeFlowStores codeFlow() {
        return new CodeFlowStores(
                new JdbcAuthorizationRequests(database),
                new JdbcAuthorizationCodes(database),
                new JdbcRefreshTokens(database),
                new JdbcRevocations(database),
                new JdbcOfferedAuthorizations(database));
    }

    /// People who sign in with a password. They do not expire.
    public Users users() {
        return new JdbcUsers(database);
    }

    /// @param realm values of different realms are different values; small letters, digits and dashes
    public ReplayGuard replayGuard(String realm) {
        if (!realm.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException("a realm is made of small letters, digits and dashes");
        }
        return new JdbcReplayGuard(database, realm);
    }

    /// A secret that all nodes share and that survives restarts.
    ///
    /// @param fresh makes one if there is none yet; of several nodes that do so at once, all get the same one's
    public byte[] secret(String name, Supplier<byte[]> fresh) {
        return new Secrets(database).secret(name, fresh);
    }

    /// Secrets of the issuer's own making.
    public SharedSecrets secrets() {
        return new Secrets(database);
    }

    /// Removes whatever expires some minutes after it did. To be called now and then, by any node. Records of issuances and
    /// what wallets told of them stay.
    ///
    /// @return how many there were
    public int removeExpired(Instant now) {
        return new Retention(database).removeExpired(now);
    }

    /// Removes records of issuances, and what wallets told before then, as the operator's rules of retention say.
    ///
    /// @return how many there were
    public int removeIssuances(Instant before) {
        return new Retention(database).removeIssuances(before);
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
