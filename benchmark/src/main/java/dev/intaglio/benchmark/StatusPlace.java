package dev.intaglio.benchmark;

import dev.intaglio.storage.jdbc.JdbcStorage;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/// A database of its own, to be filled and thrown away.
sealed interface StatusPlace extends AutoCloseable {
    String name();

    JdbcStorage open();

    /// Beside the stores, for what is inserted by the thousand.
    Connection connect() throws SQLException;

    /// For a server on the same data.
    List<String> settings();

    /// Bytes on disk.
    long size();

    @Override
    void close() throws IOException;

    /// One file.
    record Sqlite(Path directory) implements StatusPlace {
        @Override
        public String name() {
            return "SQLite";
        }

        private Path file() {
            return directory.resolve("intaglio.db");
        }

        @Override
        public JdbcStorage open() {
            return JdbcStorage.sqlite(file());
        }

        @Override
        public Connection connect() throws SQLException {
            return DriverManager.getConnection("jdbc:sqlite:" + file()
                    + "?busy_timeout=60000&journal_mode=WAL&synchronous=OFF&cache_size=-262144");
        }

        @Override
        public List<String> settings() {
            return List.of();
        }

        @Override
        public long size() {
            return file().toFile().length()
                    + directory.resolve("intaglio.db-wal").toFile().length();
        }

        @Override
        public void close() {
            // The directory goes with all that is in it.
        }
    }

    /// A server of its own, which writes to disk as one in production does.
    record Postgres(EmbeddedPostgres server) implements StatusPlace {
        private static final String USER = "postgres";

        static Postgres start() throws IOException {
            return new Postgres(EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("shared_buffers", "256MB")
                    .setServerConfig("max_wal_size", "4GB")
                    .start());
        }

        private String url() {
            return server.getJdbcUrl(USER, "postgres");
        }

        @Override
        public String name() {
            return "PostgreSQL";
        }

        @Override
        public JdbcStorage open() {
            return JdbcStorage.postgres(url(), USER, USER, 8);
        }

        @Override
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(url() + "&reWriteBatchedInserts=true", USER, USER);
        }

        @Override
        public List<String> settings() {
            return List.of(
                    "--intaglio.database.url=" + url(),
                    "--intaglio.database.user=" + USER,
                    "--intaglio.database.password=" + USER);
        }

        @Override
        public long size() {
            try (var connection = connect();
                    var statement = connection.createStatement();
                    var row = statement.executeQuery("select pg_database_size(current_database())")) {
                row.next();
                return row.getLong(1);
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    /// In an empty directory.
    static Sqlite sqlite(Path directory) throws IOException {
        Files.createDirectories(directory);
        return new Sqlite(directory);
    }
}
