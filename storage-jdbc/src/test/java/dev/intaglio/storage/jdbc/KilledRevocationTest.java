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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process of its own revokes very many credentials, and is killed.
@DisplayName("A mass revocation that is killed (kill -9)")
class KilledRevocationTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final int SIZE = 1_048_576;
    private static final int ISSUANCES = 6_000;
    private static final int COPIES = 20;

    /// Coprime to the size: a walk by such steps meets every index once, and nearly every page soon.
    private static final long STEP = 655_357;

    @TempDir
    private Path directory;

    /// What the other process does: the file, and the identifier of the operation.
    static final class Revoker {
        private Revoker() {}

        public static void main(String[] arguments) {
            try (var storage = JdbcStorage.sqlite(Path.of(arguments[0]))) {
                System.out.println("begins");
                System.out.flush();
                storage.statusOperations().apply(operation(arguments[1]));
                System.out.println("done");
            }
        }
    }

    private static StatusOperation operation(String id) {
        return new StatusOperation(
                id,
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
    @DisplayName("has happened to all of them, or to none and can be done again")
    void allOrNothing() throws Exception {
        var interrupted = 0;
        for (var round = 0; round < 12 && interrupted < 3; round++) {
            var file = directory.resolve("round-" + round + ".db");
            var list = issue(file);
            var finished = killed(file, "operation", 5L + 40L * round);
            try (var storage = JdbcStorage.sqlite(file)) {
                var revoked = revoked(storage, list);
                var known = storage.statusOperations().find("operation");
                assertThat(revoked).isIn(0, ISSUANCES * COPIES);
                assertThat(known.isPresent()).isEqualTo(revoked > 0);
                assertThat(storage.log().waiting(10))
                        .extracting(LogEvent::id, LogEvent::kind)
                        .isEqualTo(revoked > 0 ? List.of(tuple("operation", LogEvents.STATUS)) : List.of());
                if (finished) {
                    assertThat(revoked).isPositive();
                    break; // it is done before it can be killed
                }
                interrupted += revoked == 0 ? 1 : 0;
                if (revoked == 0) {
                    assertThat(storage.statusOperations()
                                    .apply(operation("again"))
                                    .changed())
                            .isEqualTo(ISSUANCES * COPIES);
                    assertThat(revoked(storage, list)).isEqualTo(ISSUANCES * COPIES);
                }
            }
        }
        assertThat(interrupted).as("was killed while it was at work").isPositive();
    }

    private static Due issue(Path file) {
        try (var storage = JdbcStorage.sqlite(file)) {
            var stretch = storage.statusLists().reserve(SIZE, new NewList("list", SIZE, new byte[32]), NOW);
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
                                                Optional.of(new IssuedStatus(stretch.listId(), indices)),
                                                IssuanceOrigin.UNKNOWN),
                                        List.of()))
                        .isTrue();
            }
            return new Due(stretch.listId(), SIZE, 0);
        }
    }

    private static int revoked(JdbcStorage storage, Due list) {
        var count = 0;
        for (var states : storage.statusLists().states(list)) {
            count += Integer.bitCount(states & 0xff);
        }
        return count;
    }

    /// @return whether it had finished before
    private static boolean killed(Path file, String id, long milliseconds) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Revoker.class.getName(),
                file.toString(),
                id));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            var line = output.readLine();
            while (line != null && !line.equals("begins")) {
                line = output.readLine();
            }
            assertThat(line).isEqualTo("begins");
            var finished = process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return finished;
        }
    }
}
