package dev.intaglio.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What an operator does with credentials that are about, on a running server.
@DisplayName("revoke, suspend, reinstate, expire, status, changed, log prove")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LifeCycleCommandsTest {
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

    private JsonObject good(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        var ran = run(all.toArray(String[]::new));
        assertThat(ran.code()).as(ran.err()).isZero();
        return ran.json();
    }

    /// @return the offer's id
    private String issued(String subject) {
        var offer = good("offer", "pid", "--subject", subject, "--no-tx-code");
        var received =
                Ran.in(directory).run("receive", offer.string("link_by_reference"), "--trust", "data/trust-anchor.pem");
        assertThat(received.code()).as(received.err()).isZero();
        return offer.string("offer_id");
    }

    private JsonObject only(String offer) {
        var listed = good("status", "list", "--offer", offer).objects("credentials");
        assertThat(listed).hasSize(1);
        return listed.getFirst();
    }

    @Test
    @DisplayName("what came of one offer is counted, suspended, reinstated, and in the end expired")
    void lifeCycle() {
        var offer = issued("erika");
        assertThat(run("revoke", "--offer", offer, "--dry-run").out())
                .contains("Would be revoked: 1 of 1 credential. Nothing was changed.");
        assertThat(only(offer).string("status")).isEqualTo("valid");
        assertThat(run("suspend", "--offer", offer, "--reason", "lost").out()).contains("Now suspended: 1 of 1");
        assertThat(run("status", "list", "--offer", offer).out()).contains("suspended", "1 credential.");
        assertThat(run("reinstate", "--offer", offer).out()).contains("Now reinstated: 1 of 1");
        assertThat(run("expire", "--credential", only(offer).string("credential"))
                        .out())
                .contains("Now expired: 1 of 1");
        assertThat(run("expire", "--offer", offer).out()).contains("Now expired: 0 of 1");
        assertThat(only(offer).string("status")).isEqualTo("expired");
        assertThat(run("status", "operations").out()).contains("suspend   applied: 1 of 1 credential", ": lost");
    }

    @Test
    @DisplayName("what waits in its undo window can be taken back, by the command that is shown")
    void undone() {
        var offer = issued("erika");
        var staged = run("revoke", "--offer", offer, "--undo-window", "PT1H");
        assertThat(staged.out()).contains("Will be revoked: 1 of 1");
        var undo = Pattern.compile("revoke --undo (\\S+)").matcher(staged.out());
        assertThat(undo.find()).isTrue();
        assertThat(run("revoke", "--undo", undo.group(1)).out()).contains("Undone");
        assertThat(run("revoke", "--undo", undo.group(1)).code()).isEqualTo(1);
        assertThat(only(offer).string("status")).isEqualTo("valid");
    }

    @Test
    @DisplayName("claims that change make credentials stale, and take them back where that is said")
    void changed() {
        var offer = issued("max");
        assertThat(run("changed", "--subject", "max", "--type", "pid").out())
                .contains("Now stale: 1 credential of 1 issuance.");
        assertThat(run("changed", "--subject", "max", "--then", "revoke").out())
                .contains("Now stale: 0 credentials", "To revoke: 1 of 1 credential, done.");
        assertThat(only(offer).string("status")).isEqualTo("revoked");
        assertThat(run("changed", "--subject", "max", "--type", "nothing").err())
                .contains("there is no definition");
    }

    @Test
    @DisplayName("the log proves a credential to whoever has the file, and to nobody once it was touched")
    void proven() throws IOException, InterruptedException {
        var credential = only(issued("erika")).string("credential");
        var proved = run("log", "prove", credential, "--out", "proof.json");
        for (int round = 0; round < 100 && proved.code() != 0; round++) { // until it has its place
            Thread.sleep(100);
            proved = run("log", "prove", credential, "--out", "proof.json");
        }
        assertThat(proved.out()).as(proved.err()).contains("log check proof.json");
        var checked = Ran.in(directory).run("log", "check", "proof.json", "--trust", "data/trust-anchor.pem");
        assertThat(checked.code()).as(checked.out() + checked.err()).isZero();
        assertThat(checked.out()).contains("The issuance is in the log", "you trust", "is not compared");
        var stranger = Ran.in(directory)
                .run(
                        "log",
                        "check",
                        "proof.json",
                        "--trust",
                        "data/trust-anchor.pem",
                        "--key",
                        "another-key",
                        "--json");
        assertThat(stranger.code()).isEqualTo(1);
        assertThat(stranger.json().flag("key_matches")).isFalse();

        var proof = Files.readString(directory.resolve("proof.json"));
        Files.writeString(directory.resolve("touched.json"), proof.replaceFirst("(time[^0-9]+)20\\d\\d", "$11999"));
        assertThat(Files.readString(directory.resolve("touched.json"))).isNotEqualTo(proof);
        var touched = Ran.in(directory).run("log", "check", "touched.json", "--trust", "data/trust-anchor.pem");
        assertThat(touched.code()).isEqualTo(1);
        assertThat(touched.out()).contains("The proof is wrong");
    }

    @Test
    @DisplayName("without a word about which credentials, nothing is done")
    void nothingSaid() {
        var ran = run("revoke");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("say which credentials");
        assertThat(Ran.in(directory).run("status").out()).contains("list", "operations");
    }
}
