package dev.intaglio.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One connection for all threads, one after the other: SQLite has one writer anyway, and threads that queue here cannot
/// meet it busy. Other processes on the same file are waited for by `busy_timeout`. The driver keeps no statements
/// prepared, so they are kept here; there are few. Who reads very much does so on a connection of its own, beside whoever
/// writes: the write-ahead log lets it.
final class SqliteDatabase implements Database {
    private final ReentrantLock turn = new ReentrantLock();
    private final Connection connection;
    private final Statements statements = new Statements();
    private final Opening another;
    private final ReentrantLock reading = new ReentrantLock();
    private @Nullable Connection reader;

    /// Opens a connection to the same file.
    @FunctionalInterface
    interface Opening {
        Connection open() throws SQLException;
    }

    SqliteDatabase(Opening opening) throws SQLException {
        connection = opening.open();
        another = opening;
    }

    @Override
    public <T> T run(Session.Work<T> work) {
        turn.lock();
        try {
            return work.run(statements);
        } catch (SQLException failure) {
            throw Database.fault(failure);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public boolean transaction(Session.Work<Boolean> work) {
        return run(session -> {
            // Immediate: a transaction that began by reading could not wait for another process to finish writing.
            session.update("begin immediate");
            var done = false;
            try {
                done = work.run(session);
                if (done) {
                    session.update("commit");
                }
                return done;
            } catch (SQLException | RuntimeException failure) {
                done = false;
                throw failure;
            } finally {
                if (!done) {
                    session.update("rollback");
                }
            }
        });
    }

    @Override
    public <T> T reading(Session.Work<T> work) {
        reading.lock();
        try {
            return work.run(reader());
        } catch (SQLException failure) {
            throw Database.fault(failure);
        } finally {
            reading.unlock();
        }
    }

    private Session reader() throws SQLException {
        var known = reader;
        if (known == null) {
            known = another.open();
            try (var setting = known.createStatement()) {
                setting.execute("pragma query_only = true");
            }
            reader = known;
        }
        return new PooledDatabase.OnConnection(known);
    }

    @Override
    public void close() {
        reading.lock();
        try {
            if (reader != null) {
                reader.close();
            }
        } catch (SQLException failure) {
            throw Database.fault(failure);
        } finally {
            reading.unlock();
        }
        run(session -> {
            connection.close();
            return true;
        });
    }

    private final class Statements extends Session {
        private final Map<String, PreparedStatement> prepared = new HashMap<>();

        @Override
        PreparedStatement prepare(String sql) throws SQLException {
            var statement = prepared.get(sql);
            if (statement == null) {
                statement = connection.prepareStatement(sql);
                prepared.put(sql, statement);
            }
            return statement;
        }

        @Override
        void release(PreparedStatement statement) throws SQLException {
            statement.clearParameters();
            statement.clearBatch();
        }
    }
}
