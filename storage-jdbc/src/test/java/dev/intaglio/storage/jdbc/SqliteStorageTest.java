package dev.intaglio.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.intaglio.testing.store.Race;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

@DisplayName("Storage on SQLite")
class SqliteStorageTest extends StorageLife {
    @TempDir
    Path directory;

    @Override
    JdbcStorage openNode() {
        return JdbcStorage.sqlite(file());
    }

    @Override
    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file());
    }

    private Path file() {
        return directory.resolve("intaglio.db");
    }

    @Test
    @DisplayName("the file, and those SQLite puts beside it, are nobody else's to read")
    void permissions() throws IOException {
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
        try (var storage = openNode()) {
            storage.secret("key", () -> new byte[32]);
            try (var files = Files.list(directory)) {
                assertThat(files.filter(file -> !file.toString().endsWith("-migration")))
                        .hasSize(3)
                        .allSatisfy(
                                file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                        .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    @DisplayName("directories on the way to the file are made")
    void makesDirectories() {
        try (var storage = JdbcStorage.sqlite(directory.resolve("var/lib/intaglio.db"))) {
            assertThat(storage.healthy()).isTrue();
        }
    }

    @Test
    @DisplayName("a path that SQLite's driver would misread is refused")
    void refusesQuestionMark() {
        assertThatThrownBy(() -> JdbcStorage.sqlite(directory.resolve("what?.db")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("many connections of somebody else serve as well, if they wait for each other")
    void givenConnections() {
        var connections = new SQLiteDataSource();
        connections.setUrl("jdbc:sqlite:" + file() + "?busy_timeout=10000&journal_mode=WAL&synchronous=NORMAL");
        try (var storage = JdbcStorage.of(connections)) {
            var first = Race.run(runner -> () -> storage.replayGuard("issuer").firstUse("value", Instant.EPOCH));
            assertThat(Collections.frequency(first, true)).isOne();
        }
    }
}
