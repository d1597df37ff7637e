package dev.intaglio.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/// Each piece of work gets a connection of its own. Drivers and pools keep statements prepared.
final class PooledDatabase implements Database {
    private final DataSource connections;
    private final Runnable close;

    PooledDatabase(DataSource connections, Runnable close) {
        this.connections = connections;
        this.close = close;
    }

    @Override
    public <T> T run(Session.Work<T> work) {
        try (var connection = connections.getConnection()) {
            return work.run(new OnConnection(connection));
        } catch (SQLException failure) {
            throw Database.fault(failure);
        }
    }

    @Override
    public boolean transaction(Session.Work<Boolean> work) {
        try (var connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            var done = false;
            try {
                done = work.run(new OnConnection(connection));
                if (done) {
                    connection.commit();
                }
                return done;
            } finally {
                if (!done) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        } catch (SQLException failure) {
            throw Database.fault(failure);
        }
    }

    @Override
    public <T> T reading(Session.Work<T> work) {
        try (var connection = connections.getConnection()) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false); // otherwise all rows would come at once
            try {
                return work.run(new OnConnection(connection));
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
                connection.setReadOnly(false);
            }
        } catch (SQLException failure) {
            throw Database.fault(failure);
        }
    }

    @Override
    public void close() {
        close.run();
    }

    /// One connection, and statements that live as long as they are used.
    static final class OnConnection extends Session {
        private final Connection connection;

        OnConnection(Connection connection) {
            this.connection = connection;
        }

        @Override
        PreparedStatement prepare(String sql) throws SQLException {
            return connection.prepareStatement(sql);
        }

        @Override
        void release(PreparedStatement statement) throws SQLException {
            statement.close();
        }
    }
}
