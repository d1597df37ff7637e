package dev.intaglio.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.intaglio.issuer.log.LogEvents;
import dev.intaglio.issuer.store.IssuanceOrigin;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.IssuedStatus;
import dev.intaglio.issuer.store.LogEvent;
import dev.intaglio.issuer.store.StatusLists.Due;
import dev.intaglio.issuer.store.StatusLists.NewList;
import dev.intaglio.issuer.store.StatusOperation;
import dev.intaglio.issuer.store.StatusOperation.Phase;
import dev.intaglio.issuer.store.StatusSelector;
import dev.intaglio.issuer.store.StatusVerb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process of its own revokes very many credentials, and is killed in the middle of its transaction.
@DisplayName("A mass revocation that is killed (kill -9)")
class KilledRevocationTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final int SIZE = 1_048_576;
    private static final int ISSUANCES = 2_000;
    private static final int COPIES = 20;
    private static final List<String> LISTS = List.of("list-a", "list-b");

    /// Coprime to the size: a walk by such steps meets every index once, and every page soon.
    private static final long STEP = 655_357;

    @TempDir
    private Path directory;

    /// What the other process does: a file or the URL of a database, and where it halts.
    static final class Revoker {
        private Revoker() {}

        public static void main(String[] arguments) throws SQLException {
            try (var database = open(arguments[0])) {
                var halting = new HaltingDatabase(database, arguments[1]);
                new JdbcStatusOperations(halting, "").apply(operation());
                System.out.println("at end");
                System.out.flush();
            }
        }

        private static Database open(String where) throws SQLException {
            if (where.startsWith("jdbc:")) {
                return PostgresPool.open(where, Postgres.USER, Postgres.PASSWORD, 2);
            }
            var database = SqliteFile.open(Path.of(where));
            // Otherwise nothing would be in the file before the end: here most of it is.
            database.run(session -> session.prepare("pragma cache_size = 5").execute());
            return database;
        }
    }

    private static StatusOperation operation() {
        return new StatusOperation(
                "operation",
                StatusVerb.REVOKE,
                StatusSelector.ofSubject("everybody"),
                "a key was lost",
                "a test",
                NOW,
                NOW,
                Phase.APPLIED,
                0,
                0);
    }

    @Test
    @DisplayName("has happened to none of them, and can be done again, on SQLite")
    void sqlite() throws Exception {
        var file = directory.resolve("killed.db");
        try (var storage = JdbcStorage.sqlite(file)) {
            issue(storage);
        }
        allOrNothing(file.toString(), () -> JdbcStorage.sqlite(file));
    }

    @Test
    @DisplayName("has happened to none of them, and can be done again, on PostgreSQL")
    void postgres() throws Exception {
        var url = Postgres.freshDatabase();
        Supplier<JdbcStorage> open = () -> JdbcStorage.postgres(url, Postgres.USER, Postgres.PASSWORD, 2);
        try (var storage = open.get()) {
            issue(storage);
        }
        allOrNothing(url, open);
    }

    private static void allOrNothing(String where, Supplier<JdbcStorage> open) throws Exception {
        for (var point : HaltingDatabase.POINTS) {
            killed(where, point);
            try (var storage = open.get()) {
                for (var list : LISTS) {
                    assertThat(revoked(storage, list))
                            .as("%s, killed at %s", list, point)
                            .isZero();
                }
                assertThat(storage.statusOperations().find("operation")).isEmpty();
                assertThat(storage.log().waiting(10)).isEmpty();
            }
        }
        killed(where, "end");
        try (var storage = open.get()) {
            for (var list : LISTS) {
                assertThat(revoked(storage, list)).isEqualTo(ISSUANCES / 2 * COPIES);
            }
            assertThat(storage.statusOperations()
                            .find("operation")
                            .orElseThrow()
                            .changed())
                    .isEqualTo(ISSUANCES * COPIES);
            assertThat(storage.log().waiting(10))
                    .extracting(LogEvent::id, LogEvent::kind)
                    .containsExactly(tuple("operation", LogEvents.STATUS));
        }
    }

    private static void issue(JdbcStorage storage) {
        for (var list : LISTS) {
            storage.statusLists().reserve(SIZE, new NewList(list, SIZE, new byte[32]), NOW);
        }
        for (var number = 0; number < ISSUANCES; number++) {
            var from = number * COPIES;
            var indices = IntStream.range(from, from + COPIES)
                    .mapToObj(i -> (int) (i * STEP % SIZE))
                    .toList();
            assertThat(storage.issuances()
                            .record(
                                    new IssuanceRecord(
                                            "issuance-" + number,
                                            "authorization",
                                            "degree",
                                            "everybody",
                                            COPIES,
                                            NOW,
                                            Optional.empty(),
                                            Optional.empty(),
                                            Optional.of(new IssuedStatus(LISTS.get(number % 2), indices)),
                                            IssuanceOrigin.UNKNOWN),
                                    List.of()))
                    .isTrue();
        }
    }

    private static int revoked(JdbcStorage storage, String list) {
        var count = 0;
        for (var states : storage.statusLists().states(new Due(list, SIZE, 0))) {
            count += Integer.bitCount(states & 0xff);
        }
        return count;
    }

    /// Where it has come to that point.
    private static void killed(String where, String point) throws IOException, InterruptedException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Revoker.class.getName(),
                where,
                point);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            var seen = new ArrayList<String>();
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                seen.add(line);
                if (line.equals("at " + point)) {
                    break;
                }
            }
            assertThat(seen).contains("at " + point);
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
