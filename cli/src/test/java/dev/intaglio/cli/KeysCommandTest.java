package dev.intaglio.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("keys and erase")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeysCommandTest {
    private Path directory = Path.of("target");
    private Background server;
    private String address = "";

    @BeforeAll
    void serve(@TempDir Path temporary) throws InterruptedException {
        directory = temporary;
        server = new Background(Ran.in(directory), "serve", "--port", "0", "--data", "data");
        address = server.await("start page\\s+(http://\\S+)/$").group(1);
    }

    @AfterAll
    void stop() throws Exception {
        assertThat(server.stop().code()).isZero();
    }

    private Ran run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--server", address, "--data", "data"));
        return Ran.in(directory).run(all.toArray(String[]::new));
    }

    @Test
    @DisplayName("a key is staged, activated, rolled back and retired; the list and the forecast show it")
    void rotation() {
        var staged = run("keys", "stage", "--json");
        assertThat(staged.code()).as(staged.err()).isZero();
        var key = staged.json().string("key");
        assertThat(run("keys", "list").out()).contains("credential", key, "next, ES256", "active, ES256");

        var early = run("keys", "activate", key);
        assertThat(early.code()).isEqualTo(1);
        assertThat(early.err()).contains("force says otherwise");
        assertThat(run("keys", "activate", key, "--force").out()).contains(key + " for credential is active");
        var receipt = Ran.in(directory)
                .run(
                        "receive",
                        run("offer", "pid", "--subject", "erika", "--no-tx-code", "--json")
                                .json()
                                .string("link_by_reference"),
                        "--trust",
                        "data/trust-anchor.pem");
        assertThat(receipt.code()).as(receipt.err()).isZero();
        assertThat(run("keys", "forecast").out())
                .contains(key, "certificate of", "valid credentials", "1, the last until");

        assertThat(run("keys", "rollback").code()).isZero();
        assertThat(run("keys", "retire", key).err()).contains("are valid");
        assertThat(run("keys", "retire", key, "--force").out()).contains("is gone");
        assertThat(run("keys", "list").out()).contains("gone, ES256");
    }

    @Test
    @DisplayName(
            "the forecast warns of a type where its credentials are signed, as mdoc and otherwise, and nowhere else")
    void forecast() {
        var forecast = run("keys", "forecast");
        assertThat(forecast.code()).as(forecast.err()).isZero();
        assertThat(forecast.out().split("(?m)^(?=\\S+ \\S+  active)"))
                .filteredOn(key -> key.contains("credentials of diploma issued now would outlive"))
                .extracting(key -> key.substring(0, key.indexOf(' ')))
                .containsExactlyInAnyOrder("credential", "document-signer");
        assertThat(run("keys", "rollback", "--use", "metadata").err()).contains("keys --help");
    }

    @Test
    @DisplayName("erase says what it would forget, and forgets it")
    void erase() {
        assertThat(run("erase", "--subject", "somebody", "--dry-run").out()).contains("Would be forgotten", "0 rows");
        var erased = run("erase", "--subject", "somebody", "--json");
        assertThat(erased.code()).as(erased.err()).isZero();
        assertThat(erased.json().flag("dry_run")).isFalse();
    }
}
