package dev.intaglio.storage.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A connection for the length of one piece of work: runs statements with their parameters.
abstract class Session {
    private static final int AT_A_TIME = 2_000;

    /// What is done with a session.
    @FunctionalInterface
    interface Work<T> {
        T run(Session session) throws SQLException;
    }

    /// Reads the row at hand.
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    abstract PreparedStatement prepare(String sql) throws SQLException;

    abstract void release(PreparedStatement statement) throws SQLException;

    /// @return how many rows were changed
    final int update(String sql, @Nullable Object... parameters) throws SQLException {
        var statement = prepare(sql);
        try {
            bind(statement, parameters);
            return statement.executeUpdate();
        } finally {
            release(statement);
        }
    }

    /// Runs a statement once for each list of parameters, in one round trip where the driver can.
    ///
    /// @return how many rows were changed
    final int updateEach(String sql, List<Object[]> parameters) throws SQLException {
        var statement = prepare(sql);
        try {
            for (var each : parameters) {
                bind(statement, each);
                statement.addBatch();
            }
            var changed = 0;
            for (var count : statement.executeBatch()) {
                changed += count;
            }
            return changed;
        } finally {
            release(statement);
        }
    }

    final <T> Optional<T> first(String sql, Row<T> reader, @Nullable Object... parameters) throws SQLException {
        // The rows of a changing statement are read to the end: only then has SQLite finished it.
        return all(sql, reader, parameters).stream().findFirst();
    }

    final <T> List<T> all(String sql, Row<T> reader, @Nullable Object... parameters) throws SQLException {
        var statement = prepare(sql);
        try {
            bind(statement, parameters);
            try (var rows = statement.executeQuery()) {
                var values = new ArrayList<T>();
                while (rows.next()) {
                    values.add(reader.read(rows));
                }
                return values;
            }
        } finally {
            release(statement);
        }
    }

    /// What is done with each row as it comes.
    @FunctionalInterface
    interface EachRow {
        void take(ResultSet row) throws SQLException;
    }

    /// Reads rows one after the other, however many there are. Within a transaction, without which PostgreSQL sends them all at
    /// once.
    final void each(String sql, EachRow reader, @Nullable Object... parameters) throws SQLException {
        var statement = prepare(sql);
        try {
            statement.setFetchSize(AT_A_TIME);
            bind(statement, parameters);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.take(rows);
                }
            }
        } finally {
            release(statement);
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            switch (parameters[i]) {
                case null -> statement.setNull(i + 1, Types.NULL); // of the column's type, whatever that is
                case String text -> statement.setString(i + 1, text);
                case Long number -> statement.setLong(i + 1, number);
                case Integer number -> statement.setLong(i + 1, number);
                case byte[] bytes -> statement.setBytes(i + 1, bytes);
                default -> throw new IllegalArgumentException("no column holds a " + parameters[i].getClass());
            }
        }
    }
}
