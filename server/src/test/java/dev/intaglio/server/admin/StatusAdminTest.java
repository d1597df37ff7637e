package dev.intaglio.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.server.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The status of credentials, by the admin interface")
class StatusAdminTest {
    @TempDir
    private static Path directory;

    private static TestIssuer issuer;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.start(directory.resolve("data"));
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    private static Response post(String path, JsonObject body) {
        return issuer.send(issuer.admin(Request.post(issuer.at(path), body)));
    }

    /// The credential that was issued last.
    private static JsonObject issued() {
        var token = issuer.redeem(issuer.offer(false));
        var response = issuer.send(issuer.credentialRequest(token));
        assertThat(response.status()).as(response.bodyText()).isEqualTo(200);
        return post(
                        "/admin/v1/status/find",
                        JsonObject.builder()
                                .put(
                                        "credentials",
                                        JsonObject.builder()
                                                .put("subject", "erika")
                                                .build())
                                .build())
                .bodyObject()
                .objects("credentials")
                .getFirst();
    }

    private static JsonObject found(String credential) {
        return post(
                        "/admin/v1/status/find",
                        JsonObject.builder().put("credentials", by(credential)).build())
                .bodyObject()
                .objects("credentials")
                .getFirst();
    }

    private static JsonObject by(String credential) {
        return JsonObject.builder().put("credential", credential).build();
    }

    private static JsonObject order(String credential) {
        return JsonObject.builder()
                .put("credentials", by(credential))
                .put("reason", "lost")
                .put("actor", "registry")
                .build();
    }

    @Test
    @DisplayName("is found, suspended, reinstated and revoked, and the operations are there to be read")
    void lifeCycle() {
        var credential = issued().string("credential");
        assertThat(found(credential).string("status")).isEqualTo("valid");
        assertThat(found(credential).members()).containsKeys("uri", "index", "signing_key", "issued_at");

        assertThat(post("/admin/v1/status/suspend", order(credential))
                        .bodyObject()
                        .integer("changed"))
                .isOne();
        assertThat(found(credential).string("status")).isEqualTo("suspended");
        assertThat(post("/admin/v1/status/reinstate", order(credential))
                        .bodyObject()
                        .integer("changed"))
                .isOne();
        var revoked = post("/admin/v1/status/revoke", order(credential)).bodyObject();
        assertThat(revoked.string("phase")).isEqualTo("applied");
        assertThat(found(credential).string("status")).isEqualTo("revoked");
        assertThat(post("/admin/v1/status/reinstate", order(credential))
                        .bodyObject()
                        .integer("changed"))
                .isZero();
        var operations = issuer.send(issuer.admin(Request.get(issuer.at("/admin/v1/status/operations"))))
                .bodyObject()
                .objects("operations");
        assertThat(operations)
                .anySatisfy(one -> assertThat(one.string("operation")).isEqualTo(revoked.string("operation")));
        assertThat(revoked.string("reason")).isEqualTo("lost");
        assertThat(revoked.string("actor")).isEqualTo("registry");
    }

    @Test
    @DisplayName("is counted first, if that is wanted, and waits to be undone, if that is")
    void carefully() {
        var credential = issued().string("credential");
        var counted = post("/admin/v1/status/revoke", order(credential).with("dry_run", true))
                .bodyObject();
        assertThat(counted.integer("changed")).isOne();
        var staged = post("/admin/v1/status/revoke", order(credential).with("undo_window", "PT1H"))
                .bodyObject();
        assertThat(staged.string("phase")).isEqualTo("staged");
        assertThat(found(credential).string("status")).isEqualTo("valid");
        var undo = "/admin/v1/status/operations/" + staged.string("operation") + "/undo";
        assertThat(post(undo, JsonObject.empty()).status()).isEqualTo(204);
        assertThat(post(undo, JsonObject.empty()).status()).isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"credentials\": {}}",
                "{\"credentials\": {\"subjekt\": \"erika\"}}",
                "{\"subject\": \"erika\"}",
                "{\"type\": \"no-such-type\"}",
                "{\"credentials\": {\"index\": 1}}",
                "{\"credentials\": {\"subject\": \"erika\"}, \"undo_window\": \"an hour\"}",
                "{\"credentials\": {\"issued_from\": \"yesterday\"}}",
                "[]"
            })
    @DisplayName("is not changed by what is not understood")
    void notUnderstood(String body) {
        var request = Request.post(issuer.at("/admin/v1/status/revoke"))
                .withBody("application/json", body.getBytes(StandardCharsets.UTF_8));
        var response = issuer.send(issuer.admin(request));
        assertThat(response.status()).as(response.bodyText()).isEqualTo(400);
        assertThat(response.mediaType()).isEqualTo("application/problem+json");
    }

    @Test
    @DisplayName("is nobody's to change without the token")
    void guarded() {
        assertThat(issuer.send(Request.post(issuer.at("/admin/v1/status/revoke"), order("x.0")))
                        .status())
                .isEqualTo(401);
        assertThat(issuer.get("/admin/v1/status/operations").status()).isEqualTo(401);
    }
}
