package dev.intaglio.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.dialect.InterpreterProvider;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.server.IntaglioServer;
import dev.intaglio.server.RunningServer;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.Wallet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which drafts are understood is each issuer's own choice.
@DisplayName("Drafts of a tenant")
class TenantDraftsTest {
    private static final String PID = "eu.europa.ec.eudi.pid_vc_sd_jwt";

    @TempDir
    private static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = IntaglioServer.start(
                Map.of("server.port", "0", "intaglio.data-directory", data.toString(), "intaglio.drafts", "draft-15"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private record Tenant(String name, URI issuer, String token) {}

    private static Tenant tenant(String name, Map<String, ?> settings) {
        var wanted = JsonObject.builder()
                .put("name", name)
                .put(
                        "definition",
                        JsonObject.builder().put("settings", settings).build())
                .build();
        var created = post(server.address().resolve("/admin/v1/tenants"), wanted, server.adminToken());
        assertThat(created.status()).as(created.bodyText()).isEqualTo(201);
        var body = created.bodyObject();
        return new Tenant(name, URI.create(body.string("issuer")), body.string("admin_token"));
    }

    private static Response post(URI address, JsonObject body, String token) {
        return JdkTransport.create().handle(Request.post(address, body).with("Authorization", "Bearer " + token));
    }

    private static JsonObject offer(Tenant tenant) {
        var wanted = JsonObject.builder()
                .put("subject", "erika")
                .put("configurations", List.of(PID))
                .build();
        var made = post(URI.create(tenant.issuer() + "/admin/offers"), wanted, tenant.token());
        assertThat(made.status()).as(made.bodyText()).isEqualTo(201);
        return made.bodyObject();
    }

    private static JsonObject dialects(URI issuer, String token) {
        return JdkTransport.create()
                .handle(Request.get(URI.create(issuer + "/admin/v1/dialects")).with("Authorization", "Bearer " + token))
                .bodyObject();
    }

    private static int metadata(Tenant tenant, String dialect) {
        return JdkTransport.create()
                .handle(Request.get(
                        URI.create(tenant.issuer() + "/" + dialect + "/.well-known/openid-credential-issuer")))
                .status();
    }

    @Test
    @DisplayName("are served under its identifier, counted for it, and neither the main issuer's nor another tenant's")
    void ofItsOwn() throws IOException {
        var ulm = tenant("ulm", Map.of("drafts", "draft-13"));
        var bonn = tenant("bonn", Map.of());

        var offer = offer(ulm);
        var dialects = offer.object("dialects");
        assertThat(dialects.members()).containsOnlyKeys("draft-13");
        var interpreter = InterpreterProvider.find(JdkTransport.create());
        var anchor = data.resolve("tenants").resolve("ulm").resolve("trust-anchor.pem");
        var wallet = Wallet.builder(interpreter.transport(), TrustAnchors.pem(anchor))
                .build();
        var outcome = wallet.receive(wallet.resolve(interpreter.link(dialects.string("draft-13"))), Optional.empty());

        assertThat(outcome).isInstanceOf(Outcome.Received.class);
        assertThat(interpreter.spoken()).contains("draft-13");
        assertThat(offer(bonn).has("dialects")).isFalse();
        assertThat(metadata(ulm, "draft-13")).isEqualTo(200);
        assertThat(metadata(ulm, "draft-15")).isEqualTo(404);
        assertThat(metadata(bonn, "draft-13")).isEqualTo(404);
        assertThat(metadata(bonn, "draft-15")).isEqualTo(404);

        var told = dialects(ulm.issuer(), ulm.token());
        assertThat(told.string("accepted")).isEqualTo("draft-13");
        assertThat(told.object("identifiers").string("draft-13")).isEqualTo(ulm.issuer() + "/draft-13");
        assertThat(told.objects("uses"))
                .extracting(use -> use.string("dialect"), use -> use.integer("issuances"))
                .containsExactly(tuple("draft-13", 1L));
        assertThat(dialects(bonn.issuer(), bonn.token()).objects("uses")).isEmpty();
        var main = dialects(server.issuer(), server.adminToken());
        assertThat(main.string("accepted")).isEqualTo("draft-15");
        assertThat(main.objects("uses")).isEmpty();
    }

    @Test
    @DisplayName("end on the day the tenant says")
    void sunset() {
        var koeln = tenant("koeln", Map.of("drafts", "draft-13", "draft-sunsets", Map.of("draft-13", "2020-06-30")));

        var refused = JdkTransport.create()
                .handle(Request.get(URI.create(koeln.issuer() + "/draft-13/.well-known/openid-credential-issuer")));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.bodyObject().string("error_description")).contains("draft-13", "2020-06-30");
    }

    @Test
    @DisplayName("are not to be shadowed by a tenant's name, and a draft that does not exist is refused at once")
    void refused() {
        for (var wrong : List.of(
                JsonObject.builder()
                        .put("name", "draft-15")
                        .put("definition", JsonObject.empty())
                        .build(),
                JsonObject.builder()
                        .put("name", "hamm")
                        .put("definition", JsonObject.of(Map.of("settings", Map.of("drafts", "draft-99"))))
                        .build())) {
            var answer = post(server.address().resolve("/admin/v1/tenants"), wrong, server.adminToken());
            assertThat(answer.status()).as(answer.bodyText()).isEqualTo(400);
        }
    }
}
