package dev.intaglio.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.server.TestIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("When claims change, and when people are forgotten")
class ErasureAdminTest {
    @TempDir
    private static Path directory;

    private static TestIssuer issuer;

    @BeforeAll
    static void start() throws IOException {
        var definitions = Files.createDirectories(directory.resolve("credentials"));
        Files.writeString(definitions.resolve("diploma.yaml"), """
                id: diploma
                display: [{locale: en, name: Diploma}]
                claims: [{path: [degree]}]
                reuse: {methods: [once_only, limited_time], batch_size: 10, reissue_unused: 2, reissue_lifetime_left: P3D}
                formats:
                  dc+sd-jwt: {vct: "urn:example:diploma", configuration_id: diploma_sd_jwt}
                """);
        var claims = directory.resolve("claims.json");
        Files.writeString(claims, "{\"erika\": {\"diploma\": {\"degree\": \"BSc\"}}}");
        issuer = TestIssuer.start(
                directory.resolve("data"),
                "intaglio.credentials",
                definitions.toString(),
                "intaglio.claims",
                claims.toString());
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    private static Response post(String path, JsonObject order) {
        return issuer.send(issuer.admin(Request.post(issuer.at(path), order)));
    }

    private static JsonObject outstanding() {
        return issuer.send(issuer.admin(Request.get(issuer.at("/admin/v1/changes"))))
                .bodyObject()
                .object("outstanding");
    }

    private static void issue() {
        var received = issuer.send(issuer.credentialRequest(issuer.redeem(issuer.offer(false))));
        assertThat(received.status()).as(received.bodyText()).isEqualTo(200);
    }

    private static JsonObject erika() {
        return JsonObject.builder().put("subject", "erika").build();
    }

    @Test
    @DisplayName(
            "stale credentials are counted until newer ones are issued; what is erased counts no more, and its tokens end")
    void life() throws InterruptedException {
        issue();
        var changed = post("/admin/v1/changes", erika().with("definitions", List.of("diploma")));
        assertThat(changed.status()).as(changed.bodyText()).isEqualTo(200);
        assertThat(changed.bodyObject().objects("stale")).hasSize(1);
        assertThat(post("/admin/v1/changes", erika()).bodyObject().objects("stale"))
                .isEmpty();
        assertThat(outstanding().integer("diploma_sd_jwt")).isEqualTo(1);
        Thread.sleep(5); // newer, by the clock's milliseconds
        issue();
        assertThat(outstanding().members()).isEmpty();
        assertThat(post("/admin/v1/changes", erika().with("definitions", List.of("nothing")))
                        .status())
                .isEqualTo(400);

        var token = issuer.redeem(issuer.offer(false));
        issuer.send(issuer.credentialRequest(token));
        var dry = post("/admin/v1/erasures", erika().with("dry_run", true)).bodyObject();
        assertThat(dry.object("rows").integer("intaglio_issuance")).isEqualTo(3);
        assertThat(post("/admin/v1/erasures", erika()).bodyObject().object("rows"))
                .isEqualTo(dry.object("rows"));
        assertThat(issuer.send(issuer.credentialRequest(token)).status()).isEqualTo(401);
        assertThat(post("/admin/v1/erasures", JsonObject.empty()).status()).isEqualTo(400);
    }

    @Test
    @DisplayName("wallets are told how to use a batch")
    void reuse() {
        var policy = issuer.get("/.well-known/openid-credential-issuer")
                .bodyObject()
                .object("credential_configurations_supported")
                .object("diploma_sd_jwt")
                .object("credential_metadata")
                .object("credential_reuse_policy");
        assertThat(policy.string("id")).isEqualTo("arf_annex_ii");
        var option = policy.objects("options").getFirst();
        assertThat(option.strings("details")).containsExactly("once_only", "limited_time");
        assertThat(option.integer("batch_size")).isEqualTo(10);
        assertThat(option.integer("reissue_trigger_unused")).isEqualTo(2);
        assertThat(option.integer("reissue_trigger_lifetime_left")).isEqualTo(259_200);
    }
}
