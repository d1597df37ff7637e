package dev.intaglio.storage.jdbc.source;

import dev.intaglio.protocol.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/// Runs queries that cannot change anything and cannot take long.
record ReadOnly(DataSource connections, Duration timeout) {
    private interface Work<T> {
        T run(Connection connection, boolean sqlite) throws SQLException;
    }

    /// @throws SQLException if the database does not understand the query
    void check(SubjectQuery query) throws SQLException {
        run((connection, sqlite) -> {
            try (var statement = connection.prepareStatement(query.sql())) {
                return String.valueOf(statement.getMetaData());
            }
        });
    }

    /// The labels of the columns, with the names their types have in the database.
    Map<String, String> columns(SubjectQuery query) throws SQLException {
        return run((connection, sqlite) -> {
            try (var statement = connection.prepareStatement(query.sql())) {
                var columns = statement.getMetaData();
                var types = new LinkedHashMap<String, String>();
                for (int column = 1; columns != null && column <= columns.getColumnCount(); column++) {
                    types.put(
                            columns.getColumnLabel(column),
                            String.valueOf(columns.getColumnTypeName(column)).toLowerCase(Locale.ROOT));
                }
                return types;
            }
        });
    }

    /// @return the claims of at most two rows: more would not change the answer
    List<JsonObject> rows(SubjectQuery query, String subject) throws SQLException {
        return run((connection, sqlite) -> {
            try (var statement = connection.prepareStatement(query.sql())) {
                for (int place = 1; place <= query.places(); place++) {
                    // As text of no declared type: PostgreSQL then compares it with numbers and UUIDs, too.
                    statement.setObject(place, subject, Types.OTHER);
                }
                statement.setMaxRows(2);
                return sqlite ? interruptible(statement) : timed(statement);
            }
        });
    }

    private List<JsonObject> timed(PreparedStatement statement) throws SQLException {
        statement.setQueryTimeout(Math.max(1, Math.toIntExact(timeout.toSeconds()))); // 0 would be for ever
        return rows(statement);
    }

    /// SQLite's driver takes a query timeout for the time to wait for locks, so somebody else must look at the clock.
    private List<JsonObject> interruptible(PreparedStatement statement) throws SQLException {
        var running = new CompletableFuture<Boolean>();
        var watch = running.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).exceptionally(late -> {
            cancel(statement);
            return false;
        });
        try {
            return rows(statement);
        } finally {
            running.complete(true);
            // An interruption that is on its way must not hit the next query of this connection.
            watch.join();
        }
    }

    private static void cancel(PreparedStatement statement) {
        try {
            statement.cancel();
        } catch (SQLException finished) {
            // Then there is nothing to stop.
        }
    }

    private static List<JsonObject> rows(PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            var claims = new ArrayList<JsonObject>(2);
            while (rows.next()) {
                claims.add(Columns.claims(rows));
            }
            return claims;
        }
    }

    private <T> T run(Work<T> work) throws SQLException {
        try (var connection = connections.getConnection()) {
            return connection.getMetaData().getDatabaseProductName().equals("SQLite")
                    ? onSqlite(connection, work)
                    : inReadOnlyTransaction(connection, work);
        }
    }

    /// SQLite's driver cannot make an open connection read-only, SQLite can.
    private static <T> T onSqlite(Connection connection, Work<T> work) throws SQLException {
        try (var pragma = connection.createStatement()) {
            pragma.execute("pragma query_only = on");
            try {
                return work.run(connection, true);
            } finally {
                pragma.execute("pragma query_only = off");
            }
        }
    }

    private static <T> T inReadOnlyTransaction(Connection connection, Work<T> work) throws SQLException {
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        try {
            return work.run(connection, false);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
            connection.setReadOnly(false);
        }
    }
}
