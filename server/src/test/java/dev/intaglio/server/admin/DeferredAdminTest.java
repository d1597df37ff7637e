package dev.intaglio.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.server.TestIssuer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What waits for somebody at the issuer")
class DeferredAdminTest {
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
                approval: manual
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

    private record Waiting(TokenResponse token, String transaction, JsonObject shown) {
        Response askAgain() {
            var body = JsonObject.builder().put("transaction_id", transaction).build();
            return issuer.send(Request.post(issuer.at("/deferred_credential"), body)
                    .with("Authorization", "Bearer " + token.accessToken()));
        }
    }

    private static Waiting waiting() {
        var token = issuer.redeem(issuer.offer(false));
        var response = issuer.send(issuer.credentialRequest(token));
        assertThat(response.status()).as(response.bodyText()).isEqualTo(202);
        return new Waiting(token, response.bodyObject().string("transaction_id"), open().getLast());
    }

    private static List<JsonObject> open() {
        return issuer.send(issuer.admin(Request.get(issuer.at("/admin/deferred"))))
                .bodyObject()
                .objects("deferred");
    }

    private static Response post(String path) {
        return issuer.send(issuer.admin(Request.post(issuer.at(path))));
    }

    @Test
    @Requirement({"CI-DEFER-5", "CI-DEFER-6", "CI-NOTIF-3"})
    @DisplayName("is listed, approved, fetched by the wallet, and acknowledged where the operator sees it")
    void approved() {
        var waiting = waiting();
        assertThat(waiting.shown().string("subject")).isEqualTo("erika");
        assertThat(waiting.shown().string("configuration")).isEqualTo("diploma_sd_jwt");
        assertThat(waiting.askAgain().status()).isEqualTo(202);

        var path = "/admin/deferred/" + waiting.shown().string("id");
        assertThat(post(path + "/approve").status()).isEqualTo(204);
        assertThat(post(path + "/deny").status()).isEqualTo(404);
        assertThat(open()).doesNotContain(waiting.shown());

        var received = waiting.askAgain();
        assertThat(received.status()).isEqualTo(200);
        var id = received.bodyObject().string("notification_id");
        var told = JsonObject.builder()
                .put("notification_id", id)
                .put("event", "credential_failure")
                .put("event_description", "no space left")
                .build();
        assertThat(issuer.send(Request.post(issuer.at("/notification"), told)
                                .with(
                                        "Authorization",
                                        "Bearer " + waiting.token().accessToken()))
                        .status())
                .isEqualTo(204);
        var seen = issuer.send(issuer.admin(Request.get(issuer.at("/admin/notifications"))))
                .bodyObject()
                .objects("notifications")
                .getFirst();
        assertThat(seen.string("notification_id")).isEqualTo(id);
        assertThat(seen.string("event")).isEqualTo("credential_failure");
        assertThat(seen.string("event_description")).isEqualTo("no space left");
    }

    @Test
    @Requirement("CI-DEFER-8")
    @DisplayName("is denied on the page, which a browser opens with the token as its password")
    void deniedOnThePage() {
        var waiting = waiting();
        var basic = "Basic "
                + Base64.getEncoder()
                        .encodeToString(("me:" + issuer.server().adminToken()).getBytes(StandardCharsets.UTF_8));
        var page = issuer.send(Request.get(issuer.at("/admin/deferred"))
                .with("Accept", "text/html")
                .with("Authorization", basic));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Security-Policy").orElseThrow()).contains("form-action 'self'");
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(page.bodyText())
                .contains("Waiting for approval", "erika", waiting.shown().string("id"));

        var decision = Request.post(
                        issuer.at("/admin/deferred/" + waiting.shown().string("id")),
                        Form.empty().with("decision", "deny"))
                .with("Accept", "text/html")
                .with("Authorization", basic);
        assertThat(issuer.send(decision).status())
                .as("from a page of somebody else")
                .isEqualTo(401);
        assertThat(issuer.send(decision.with("Sec-Fetch-Site", "cross-site")).status())
                .isEqualTo(401);
        assertThat(waiting.askAgain().status()).isEqualTo(202);

        issuer.send(decision.with("Sec-Fetch-Site", "same-origin"));
        assertThat(waiting.askAgain().bodyObject().string("error")).isEqualTo("credential_request_denied");
    }

    @Test
    @DisplayName("is shown to nobody without the token")
    void guarded() {
        for (var path : List.of("/admin/deferred", "/admin/notifications")) {
            assertThat(issuer.get(path).status()).isEqualTo(401);
            assertThat(issuer.page(path).status()).isEqualTo(401);
        }
        assertThat(issuer.send(Request.post(issuer.at("/admin/deferred/x/approve")))
                        .status())
                .isEqualTo(401);
    }
}
