package dev.intaglio.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.UsedNonce;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

@DisplayName("Storage on PostgreSQL")
class PostgresStorageTest extends StorageLife {
    private final String url = Postgres.freshDatabase();

    @Override
    JdbcStorage openNode() {
        return JdbcStorage.postgres(url, Postgres.USER, Postgres.PASSWORD, 4);
    }

    @Override
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, Postgres.USER, Postgres.PASSWORD);
    }

    @Test
    @DisplayName("connections of somebody else serve as well, and stay open")
    void givenConnections() throws SQLException {
        var settings = new HikariConfig();
        settings.setDataSource(dataSource());
        settings.setMaximumPoolSize(3);
        settings.setConnectionTimeout(2000);
        try (var connections = new HikariDataSource(settings)) {
            try (var storage = JdbcStorage.of(connections)) {
                assertThat(storage.replayGuard("issuer").firstUse("value", Instant.EPOCH))
                        .isTrue();
                assertThat(storage.issuances()
                                .record(
                                        new IssuanceRecord("1", "authorization", "degree", "alice", 1, Instant.EPOCH),
                                        List.of(new UsedNonce("nonce", Instant.EPOCH))))
                        .isTrue();
            }
            try (var connection = connections.getConnection()) {
                assertThat(connection.isValid(1)).isTrue();
                assertThat(connection.getAutoCommit()).isTrue();
            }
        }
    }

    @Test
    @DisplayName("connections whose isolation would make losers of a race fail are refused")
    void refusesStricterIsolation() {
        var connections = dataSource();
        connections.setOptions("-c default_transaction_isolation=serializable");
        assertThatThrownBy(() -> JdbcStorage.of(connections)).hasMessageContaining("read committed");
    }

    @Test
    @DisplayName("a server whose default isolation is stricter does no harm")
    void setsItsOwnIsolation() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("alter database " + url.substring(url.lastIndexOf('/') + 1)
                    + " set default_transaction_isolation to 'serializable'");
        }
        manyStartAtOnce();
        oneSecret();
    }

    @Test
    @Timeout(5)
    @DisplayName("a server that has no such database is not waited for")
    void wrongDatabase() {
        var elsewhere = url.substring(0, url.lastIndexOf('/')) + "/nowhere";
        assertThatThrownBy(() -> JdbcStorage.postgres(elsewhere, Postgres.USER, Postgres.PASSWORD, 1))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    @DisplayName("a server that comes up a moment later is waited for")
    void waitsForTheServer() throws Exception {
        var port = freePort();
        var late = url.replaceFirst(":[0-9]+/", ":" + port + "/");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var opening = threads.submit(() -> JdbcStorage.postgres(late, Postgres.USER, Postgres.PASSWORD, 1));
            Thread.sleep(700);
            JdbcStorage storage;
            try (var relay = new Relay(port, Postgres.port())) {
                storage = opening.get(30, TimeUnit.SECONDS);
                assertThat(storage.healthy()).isTrue();
                assertThat(relay.connections()).isPositive();
            }
            assertThat(storage.healthy()).as("healthy without its server").isFalse();
            storage.close();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private PGSimpleDataSource dataSource() {
        var connections = new PGSimpleDataSource();
        connections.setUrl(url);
        connections.setUser(Postgres.USER);
        connections.setPassword(Postgres.PASSWORD);
        return connections;
    }
}
