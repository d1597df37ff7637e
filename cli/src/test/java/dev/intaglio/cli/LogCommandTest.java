package dev.intaglio.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("log")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogCommandTest {
    private Path directory = Path.of("target");
    private Background server;
    private String address = "";

    @BeforeAll
    void serve(@TempDir Path temporary) throws InterruptedException {
        directory = temporary;
        server = new Background(Ran.in(directory), "serve", "--port", "0", "--data", "data");
        address = server.await("start page\\s+(http://\\S+)/$").group(1);
        var offer = run(
                "offer", "pid", "--subject", "erika", "--no-tx-code", "--json", "--server", address, "--data", "data");
        var received =
                run("receive", offer.json().string("link_by_reference"), "--trust", "data/trust-anchor.pem", "--json");
        assertThat(received.code()).as(received.err()).isZero();
        for (int round = 0; round < 100 && !log("export").out().contains("\"issued\""); round++) {
            Thread.sleep(100);
        }
    }

    @AfterAll
    void stop() throws Exception {
        assertThat(server.stop().code()).isZero();
    }

    private Ran run(String... arguments) {
        return Ran.in(directory).run(arguments);
    }

    private Ran log(String... arguments) {
        var all = new ArrayList<>(List.of("log"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--server", address, "--data", "data"));
        return run(all.toArray(String[]::new));
    }

    @Test
    @DisplayName("verifies a running server's log, keeps a checkpoint, and holds the next log against it")
    void verifiesServer() {
        var first = log("verify", "--trust", "data/trust-anchor.pem", "--keep", "checkpoint.jwt");
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out()).contains("Nothing was changed", "you trust");
        var second = log("verify", "--trust", "data/trust-anchor.pem", "--known", "checkpoint.jwt", "--json");
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.json().flag("whole")).isTrue();
    }

    @Test
    @DisplayName("verifies an exported file, and says at which line one was changed")
    void verifiesFile() throws IOException {
        assertThat(log("export", "--out", "log.jsonl").code()).isZero();
        var whole = run("log", "verify", "log.jsonl", "--trust", "data/trust-anchor.pem");
        assertThat(whole.code()).as(whole.out() + whole.err()).isZero();

        var lines = new ArrayList<>(Files.readAllLines(directory.resolve("log.jsonl")));
        lines.set(0, lines.getFirst().replaceFirst("\"time\":\"\\d{4}", "\"time\":\"1999"));
        Files.write(directory.resolve("changed.jsonl"), lines);
        var changed = run("log", "verify", "changed.jsonl", "--trust", "data/trust-anchor.pem");
        assertThat(changed.code()).isEqualTo(1);
        assertThat(changed.out()).contains("The log was changed", "at line  2");
    }

    @Test
    @DisplayName("says what to do where there is no token, no file, no proof")
    void refuses() {
        assertThat(run("log", "verify", "nothing.jsonl").err()).contains("log export --out FILE");
        assertThat(run("log", "check", "nothing.json").err()).contains("log prove CREDENTIAL --out FILE");
        assertThat(run("log", "verify", "--server", address, "--data", "elsewhere")
                        .err())
                .contains("--token TOKEN");
        assertThat(log("prove", "unknown.0").err()).contains("nothing is known of this credential");
        assertThat(run("log").out()).contains("export", "verify", "prove", "check");
    }
}
