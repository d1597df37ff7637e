package dev.intaglio.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.json.Json;
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

/// `trace`, after `offer` and `receive`, over HTTP and a database.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TraceCommandTest {
    private Path directory = Path.of("target");

    private Background server;
    private String address = "";
    private Ran offer;
    private String code = "";

    @BeforeAll
    void issue(@TempDir Path temporary) throws InterruptedException {
        directory = temporary;
        server = new Background(Ran.in(directory), "serve", "--port", "0", "--data", "data");
        address = server.await("start page\\s+(http://\\S+)/$").group(1);
        offer = run("offer", "pid", "--subject", "erika", "--json", "--server", address, "--data", "data");
        code = offer.json().string("tx_code");
        var wrong = run("receive", link(), "--trust", "data/trust-anchor.pem", "--tx-code", "0000000");
        assertThat(wrong.code()).isNotZero();
        var received = run("receive", link(), "--trust", "data/trust-anchor.pem", "--tx-code", code);
        assertThat(received.code()).as(received.err()).isZero();
    }

    @AfterAll
    void stop() throws Exception {
        assertThat(server.stop().code()).isZero();
    }

    private String link() {
        return offer.json().string("link_by_reference");
    }

    private Ran run(String... arguments) {
        return Ran.in(directory).run(arguments);
    }

    /// The server stores a step after it has answered.
    private Ran trace(String id, String... more) throws InterruptedException {
        var arguments = new ArrayList<>(List.of("trace", id, "--server", address, "--data", "data"));
        arguments.addAll(List.of(more));
        var ran = run(arguments.toArray(String[]::new));
        for (var attempt = 0; attempt < 50 && !ran.out().contains("1 credential issued"); attempt++) {
            Thread.sleep(100);
            ran = run(arguments.toArray(String[]::new));
        }
        return ran;
    }

    @Test
    @DisplayName("shows the timeline of an offer by its links and its page: what was refused and why, what was issued")
    void byOffer() throws InterruptedException {
        for (var id : List.of(
                link(), offer.json().string("link_by_value"), offer.json().string("page"))) {
            var ran = trace(id);
            assertThat(ran.code()).as(ran.err()).isZero();
            assertThat(ran.out())
                    .contains("an offer is made", "the wallet reads the offer", "refused: invalid_grant")
                    .contains("the tx_code is wrong", "OpenID4VCI 1.0, 6.1", "another (7 characters)")
                    .contains("an access token is given", "1 credential issued")
                    .contains("dpop+jwt", "openid4vci-proof+jwt")
                    .doesNotContain(code, "Sandmann", "eyJ");
        }
    }

    @Test
    @DisplayName("--json says the same for programs; each request id in it leads to the same timeline")
    void json() throws InterruptedException {
        var timeline = trace(link(), "--json").json();
        assertThat(timeline.string("outcome")).isEqualTo("1 credential issued");
        var ids = timeline.objects("steps").stream()
                .map(step -> step.string("request_id"))
                .toList();
        assertThat(trace(ids.getLast(), "--json").json()).isEqualTo(timeline);
    }

    @Test
    @DisplayName("--export writes one page that needs nothing else, or JSON")
    void export() throws InterruptedException, IOException {
        var timeline = trace(link(), "--json").json();
        var ran = trace(link(), "--export", "trace.html");
        assertThat(ran.out()).contains("It is in ");
        var page = Files.readString(directory.resolve("trace.html"));
        assertThat(page)
                .contains("<!doctype html>", "1 credential issued")
                .doesNotContain("src=", "href=", code, "eyJ");
        var data = page.substring(page.indexOf("id=\"timeline\">") + 14, page.indexOf("</script>"));
        assertThat(Json.readObject(data)).isEqualTo(timeline);
        trace(link(), "--export", "trace.json");
        assertThat(Json.readObject(Files.readString(directory.resolve("trace.json"))))
                .isEqualTo(timeline);
    }

    @Test
    @DisplayName("says so if nothing is recorded under an id")
    void unknown() {
        var ran = run("trace", "0123456789abcdef", "--server", address, "--data", "data");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("nothing is recorded under this id", "trace --help");
    }
}
