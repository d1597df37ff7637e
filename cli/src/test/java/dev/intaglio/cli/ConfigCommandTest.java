package dev.intaglio.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.server.IntaglioServer;
import dev.intaglio.server.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("tenant and config")
class ConfigCommandTest {
    private static final String TENANT = """
            settings:
              display:
                - name: City of Ulm
              batch-size: 5
            """;
    private static final String TICKET = """
            id: ticket
            display:
              - {locale: en, name: Ticket}
            claims:
              - {path: [seat], sd: never}
            formats:
              dc+sd-jwt: {vct: "urn:example:ticket:1"}
            """;

    @TempDir
    private Path directory;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        write("issuers/ulm/tenant.yaml", TENANT);
        write("issuers/ulm/types/ticket.yaml", TICKET);
        write("issuers/ulm/claims.json", "{\"erika\": {\"ticket\": {\"seat\": \"7A\"}}}");
        write("issuers/bonn/tenant.yaml", "address: subdomain\n");
        write("issuers/environments/prod/ulm.yaml", "settings: {batch-size: 20}\n");
        write("issuers/environments/prod/all.yaml", "settings: {nonce-lifetime: 5m}\n");
        server = IntaglioServer.start(Map.of(
                "server.port",
                0,
                "intaglio.data-directory",
                directory.resolve("data"),
                "logging.level.dev.intaglio",
                "error"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @DisplayName("a plan says what would change, apply does it, and then there is nothing to do")
    void planAndApply() {
        var plan = run("config", "plan", "issuers", "--json");
        assertThat(plan.code()).as(plan.err()).isZero();
        assertThat(plan.json().objects("steps"))
                .extracting(step -> step.string("tenant") + " " + step.string("step"))
                .containsExactly("bonn create", "ulm create");
        assertThat(run("tenant", "list", "--json").json().objects("tenants")).isEmpty();

        var applied = run("config", "apply", "issuers");
        assertThat(applied.code()).as(applied.err()).isZero();
        assertThat(applied.out()).contains("+ ulm: is made", "admin token of ulm");
        assertThat(get("/ulm")).contains("City of Ulm");
        assertThat(get("/.well-known/openid-credential-issuer/ulm")).contains("ticket_dc_sd_jwt");

        assertThat(run("config", "plan", "issuers", "--json").json().flag("changes"))
                .isFalse();
        assertThat(run("config", "apply", "issuers").out()).contains("Nothing had to be done.");
        assertThat(run("config", "diff", "issuers").code()).isZero();
    }

    @Test
    @DisplayName("an environment lays its values over; a change is shown place by place and rolled back by one command")
    void environments() {
        run("config", "apply", "issuers");
        var plan = run("config", "plan", "issuers", "--environment", "prod");
        assertThat(plan.out())
                .contains("~ ulm: changes", "settings.batch-size: 5 -> 20", "settings.nonce-lifetime: (not set) -> 5m");

        run("config", "apply", "issuers", "--environment", "prod");
        assertThat(get("/.well-known/openid-credential-issuer/ulm")).contains("\"batch_size\":20");

        var back = run("config", "rollback", "ulm");
        assertThat(back.code()).as(back.err()).isZero();
        assertThat(back.out()).contains("version 3");
        assertThat(get("/.well-known/openid-credential-issuer/ulm")).contains("\"batch_size\":5");
        assertThat(run("config", "versions", "ulm", "--json").json().objects("versions"))
                .hasSize(3);
        assertThat(run("config", "diff", "issuers", "--environment", "prod").code())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("what somebody changed at the server is shown as drift, and put right by the next apply")
    void drift() throws IOException {
        run("config", "apply", "issuers");
        write("other/ulm/tenant.yaml", TENANT.replace("City of Ulm", "Ulm, changed by hand"));
        write("other/ulm/types/ticket.yaml", TICKET.replace("ticket:1", "ticket:2"));
        write("other/ulm/claims.json", "{}");
        run("config", "apply", "other");
        run("tenant", "create", "handmade");

        var diff = run("config", "diff", "issuers");
        assertThat(diff.code()).isEqualTo(1);
        assertThat(diff.out())
                .contains(
                        "? handmade: not in the directory",
                        "settings.display[0].name: Ulm, changed by hand -> City of Ulm",
                        "- ",
                        "ticket:2",
                        "+ ",
                        "ticket:1");

        var applied = run("config", "apply", "issuers", "--prune", "--json");
        assertThat(applied.json().objects("applied"))
                .extracting(one -> one.string("name"))
                .containsExactly("handmade", "ulm");
        assertThat(get("/ulm")).contains("City of Ulm");
        assertThat(status("/handmade")).isEqualTo(404);
    }

    @Test
    @DisplayName("an export is what was applied")
    void export() {
        run("config", "apply", "issuers");
        assertThat(run("config", "export", "exported").code()).isZero();
        assertThat(directory.resolve("exported/ulm/types/ticket.yaml")).hasContent(TICKET);
        var diff = run("config", "diff", "exported");
        assertThat(diff.code()).as(diff.out()).isZero();
    }

    @Test
    @DisplayName("check names every file that cannot be used, without a server")
    void check() throws IOException {
        assertThat(run("config", "check", "issuers").out()).contains("ok: bonn, ulm");
        write("issuers/ulm/types/broken.yaml", "id: broken\n");
        write("issuers/ulm/claims.json", "{");
        write("issuers/ulm/trust/wallet-providers.pem", "nothing");
        write("issuers/bonn/tenant.yaml", "adress: subdomain\n");

        var ran = run("config", "check", "issuers", "--json");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.json().strings("problems"))
                .hasSize(4)
                .anyMatch(problem -> problem.contains("broken.yaml"))
                .anyMatch(problem -> problem.contains("claims.json"))
                .anyMatch(problem -> problem.contains("wallet-providers.pem"))
                .anyMatch(problem -> problem.contains("there is no adress"));
    }

    @Test
    @DisplayName("what the server would refuse, a plan finds out")
    void refusedPlan() throws IOException {
        write("issuers/ulm/tenant.yaml", "settings: {batches: 5}\n");
        var ran = run("config", "plan", "issuers");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("no setting batches");
    }

    @Test
    @DisplayName("a tenant is made, listed, disabled and enabled by hand, and gets another admin token")
    void byHand() {
        var made = run("tenant", "create", "koeln", "--display", "Stadt Köln", "--json");
        assertThat(made.code()).as(made.err()).isZero();
        assertThat(made.json().string("issuer")).isEqualTo(server.issuer() + "/koeln");
        assertThat(get("/koeln")).contains("Stadt Köln");
        assertThat(run("tenant", "list").out()).contains("koeln", "version 1");
        assertThat(run("tenant", "disable", "koeln").out()).contains("disabled");
        assertThat(status("/koeln")).isEqualTo(404);
        assertThat(run("tenant", "enable", "koeln").code()).isZero();
        assertThat(status("/koeln")).isEqualTo(200);
        assertThat(run("tenant", "token", "koeln", "--json").json().string("admin_token"))
                .isNotEqualTo(made.json().string("admin_token"));
        assertThat(run("tenant", "create", "koeln").err()).contains("koeln");
        assertThat(run("tenant", "disable", "nobody").code()).isEqualTo(1);
    }

    private Ran run(String... words) {
        var all = new ArrayList<>(List.of(words));
        if (!all.subList(0, 2).equals(List.of("config", "check"))) {
            all.addAll(List.of("--server", server.address().toString(), "--data", "data"));
        }
        return Ran.in(directory).run(all.toArray(String[]::new));
    }

    private String get(String path) {
        return JdkTransport.create().handle(Request.get(at(path))).bodyText();
    }

    private int status(String path) {
        return JdkTransport.create().handle(Request.get(at(path))).status();
    }

    private URI at(String path) {
        return server.address().resolve(path);
    }

    private void write(String file, String text) throws IOException {
        var path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
