package dev.intaglio.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Whoever reads very much")
class ReadingTest {
    private static final String WRITE =
            "insert into intaglio_secret (tenant, name, value) values ('', ?, ?) on conflict do nothing";

    @TempDir
    private Path directory;

    /// Another thread writes in the middle of it.
    private static void writesMeanwhile(Database database) throws Exception {
        try (var other = Executors.newSingleThreadExecutor()) {
            var written = database.reading(session -> {
                assertThat(session.all("select name from intaglio_secret where tenant = ''", row -> row.getString(1)))
                        .isEmpty();
                var work =
                        other.submit(() -> database.run(writer -> writer.update(WRITE, "meanwhile", new byte[] {1})));
                try {
                    return work.get(20, TimeUnit.SECONDS);
                } catch (Exception late) {
                    throw new AssertionError("nobody could write meanwhile", late);
                }
            });
            assertThat(written).isOne();
        }
        assertThat(database.<Integer>reading(session -> session.all(
                                "select name from intaglio_secret where tenant = ''", row -> row.getString(1))
                        .size()))
                .as("what was written is read the next time")
                .isOne();
        assertThatThrownBy(() -> database.reading(session -> session.update(WRITE, "another", new byte[] {1})))
                .isInstanceOf(StorageException.class);
    }

    @Test
    @DisplayName("keeps nobody from writing, on SQLite")
    void sqlite() throws Exception {
        try (var database = SqliteFile.open(directory.resolve("reading.db"))) {
            writesMeanwhile(database);
        }
    }

    @Test
    @DisplayName("keeps nobody from writing, on PostgreSQL")
    void postgres() throws Exception {
        try (var database = PostgresPool.open(Postgres.freshDatabase(), Postgres.USER, Postgres.PASSWORD, 2)) {
            writesMeanwhile(database);
        }
    }
}
