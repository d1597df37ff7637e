package dev.intaglio.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.log.CheckpointKeys;
import dev.intaglio.issuer.log.LogVerifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A node that is killed while it issues")
class KilledNodeTest {
    @TempDir
    private Path directory;

    @Test
    @DisplayName("leaves a whole log, and each issuance it recorded gets its one place in it")
    void killed() throws IOException, InterruptedException {
        var file = directory.resolve("intaglio.db");
        var random = new Random(3);
        var issued = new ArrayList<String>();
        for (int life = 0; life < 4; life++) {
            issued.addAll(liveAndDie(file, 300 + random.nextInt(300)));
        }
        assertThat(issued).hasSizeGreaterThan(100);
        try (var storage = JdbcStorage.sqlite(file)) {
            // A dead node's lease is waited for.
            var now = Clock.systemUTC().instant().plus(Duration.ofHours(1));
            storage.leases().take("issuance-log", "nobody", now, Duration.ofMillis(1));
            storage.leases().release("issuance-log", "nobody");
            var log = KilledNode.log(storage, new SecureRandom());
            while (log.behind()) {
                log.sequence();
            }
            for (var id : issued) {
                assertThat(log.prove(id, 0)).isPresent();
            }
            var verifier = new LogVerifier(CheckpointKeys.asNamed(), List.of());
            var from = 0L;
            var next = log.export(from, 1_000, verifier::line);
            while (next > from) {
                from = next;
                next = log.export(from, 1_000, verifier::line);
            }
            assertThat(verifier.end())
                    .isInstanceOfSatisfying(
                            LogVerifier.Result.Whole.class,
                            whole -> assertThat(whole.records()).isGreaterThanOrEqualTo(issued.size()));
        }
    }

    private static List<String> liveAndDie(Path file, int issuances) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledNode.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var issued = new ArrayList<String>();
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            while (issued.size() < issuances) {
                var id = output.readLine();
                assertThat(id).as("the node died by itself").isNotNull();
                issued.add(id);
            }
            process.destroyForcibly(); // SIGKILL
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        return issued;
    }
}
