package dev.intaglio.storage.jdbc;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/// Brings the tables up to date, one node after the other. Flyway has locks, but between looking whether its own table is
/// there and making it two nodes can meet; so each node waits for its turn before it starts.
final class Migrations {
    private static final String LOCATION = "classpath:dev/intaglio/storage/jdbc/migration";

    /// "intaglio" in ASCII: whoever else uses advisory locks in this database uses another number.
    private static final long ADVISORY_LOCK = 0x696E7461676C696FL;

    private Migrations() {}

    static FluentConfiguration flyway() {
        return Flyway.configure(Migrations.class.getClassLoader());
    }

    /// On PostgreSQL.
    ///
    /// @param connection to the same database; its transaction is the turn
    static void run(FluentConfiguration flyway, Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var lock = connection.createStatement()) {
            lock.execute("select pg_advisory_xact_lock(" + ADVISORY_LOCK + ")");
            migrate(flyway);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /// On SQLite, which has no locks to ask for: a file beside the database is locked.
    static void run(FluentConfiguration flyway, Path lockFile) {
        synchronized (Migrations.class) { // a file lock holds against other processes only
            try (var file = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                file.lock(); // until it is closed
                migrate(flyway);
            } catch (IOException failure) {
                throw new StorageException("cannot lock " + lockFile, failure);
            }
        }
    }

    /// On SQLite where the file is not known: only the threads of this process wait for each other.
    static void run(FluentConfiguration flyway) {
        synchronized (Migrations.class) {
            migrate(flyway);
        }
    }

    private static void migrate(FluentConfiguration flyway) {
        try {
            flyway.locations(LOCATION)
                    .table("intaglio_schema_history")
                    // The database may hold other tables already.
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        } catch (FlywayException failure) {
            throw new StorageException("the tables could not be brought up to date: " + failure.getMessage(), failure);
        }
    }
}
