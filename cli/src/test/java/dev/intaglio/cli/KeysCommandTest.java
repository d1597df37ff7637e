package dev.intaglio.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
    private Serving server;

    @BeforeAll
    void serve(@TempDir Path temporary) throws InterruptedException {
        directory = temporary;
        server = Serving.in(directory);
    }

    @AfterAll
    void stop() throws Exception {
        server.stop();
    }

    private Ran run(String... arguments) {
        return server.run(arguments);
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
    @DisplayName("a thumbprint that begins with a dash names a key, and is no option")
    void dash() {
        var unknown = run("keys", "activate", "-Tm7yF5iimSHTFVRBMRlE7LUOGnv2ReTGDDz2v5SAHk");
        assertThat(unknown.code()).as(unknown.err()).isEqualTo(1);
        assertThat(unknown.err()).contains("refuses");
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
