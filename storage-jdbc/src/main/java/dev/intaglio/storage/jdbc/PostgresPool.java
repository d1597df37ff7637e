package dev.intaglio.storage.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/// Opens a PostgreSQL database as the stores need it.
final class PostgresPool {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int TRIES_AT_START = 20;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private static final String DRIVER = "org.postgresql.Driver";

    private PostgresPool() {}

    static Database open(String jdbcUrl, String user, String password, int size) {
        loadDriver();
        // On connections of its own: a migration may take longer than a request may, and needs several.
        try (var connection = awaitServer(jdbcUrl, user, password)) {
            Migrations.run(Migrations.flyway().dataSource(jdbcUrl, user, password), connection);
        } catch (SQLException failure) {
            throw Database.fault(failure);
        }
        var pool = new HikariConfig();
        pool.setPoolName("intaglio");
        pool.setDriverClassName(DRIVER);
        pool.setJdbcUrl(jdbcUrl);
        pool.setUsername(user);
        pool.setPassword(password);
        pool.setMaximumPoolSize(size);
        pool.setConnectionTimeout(PATIENCE.toMillis());
        // Stricter levels answer the loser of a race with an error instead of no row.
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        pool.addDataSourceProperty("ApplicationName", "intaglio");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        // A server that is gone without a word must not hold requests for ever.
        pool.addDataSourceProperty("socketTimeout", "30");
        // The detail of an error quotes rows, and with them subjects.
        pool.addDataSourceProperty("logServerErrorDetail", "false");
        var connections = new HikariDataSource(pool);
        return new PooledDatabase(connections, connections::close);
    }

    /// By name: on a thread with another context class loader JDBC would not find it by itself.
    private static void loadDriver() {
        try {
            Class.forName(DRIVER);
        } catch (ClassNotFoundException missing) {
            throw new StorageException("the PostgreSQL driver is not on the class path", missing);
        }
    }

    /// A database that starts together with us is waited for; one that answers no is not asked again.
    private static Connection awaitServer(String jdbcUrl, String user, String password) {
        for (int tries = 1; ; tries++) {
            try {
                return DriverManager.getConnection(jdbcUrl, user, password);
            } catch (SQLException failure) {
                if (tries == TRIES_AT_START || !isNotUpYet(failure)) {
                    throw new StorageException("cannot open the database: " + failure.getMessage(), failure);
                }
                pause();
            }
        }
    }

    /// No connection (class 08), or one that was let in to be told that the server is starting up.
    private static boolean isNotUpYet(SQLException failure) {
        var state = String.valueOf(failure.getSQLState());
        return state.startsWith("08") || state.equals("57P03");
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StorageException("interrupted while waiting for the database", interrupted);
        }
    }
}
