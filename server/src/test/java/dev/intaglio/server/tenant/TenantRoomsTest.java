package dev.intaglio.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.issuer.log.Checkpoint;
import dev.intaglio.issuer.log.CheckpointKeys;
import dev.intaglio.issuer.log.LogVerifier;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What the main issuer has, each tenant has of its own")
class TenantRoomsTest {
    @TempDir
    private static Path data;

    private static ServerWithTenants server;
    private static ServerWithTenants.One alpha;
    private static ServerWithTenants.One beta;

    @BeforeAll
    static void start() {
        server = ServerWithTenants.start(data, "intaglio.log.interval", "50ms");
        alpha = server.tenant("alpha", ServerWithTenants.definition());
        beta = server.tenant("beta", ServerWithTenants.definition());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Response keys(ServerWithTenants.One issuer, String step, Map<String, Object> order) {
        return issuer.post("/admin/v1/keys/credential/" + step, JsonObject.of(order), issuer.adminToken());
    }

    private static List<String> published(ServerWithTenants.One issuer) {
        var path = issuer.issuer().getRawPath();
        return server.get("/.well-known/jwt-vc-issuer" + path).bodyObject().object("jwks").objects("keys").stream()
                .map(key -> key.string("kid"))
                .toList();
    }

    private static boolean signed(ServerWithTenants.One issuer, String kid) {
        var credential = issuer.issue("erika")
                .bodyObject()
                .objects("credentials")
                .getFirst()
                .string("credential");
        var jwt = SignedJwt.parse(credential.substring(0, credential.indexOf('~')));
        var path = issuer.issuer().getRawPath();
        return server.get("/.well-known/jwt-vc-issuer" + path).bodyObject().object("jwks").objects("keys").stream()
                .filter(key -> key.string("kid").equals(kid))
                .anyMatch(key -> jwt.verifies(SignedJwt.publicKey(key)));
    }

    @Test
    @DisplayName("keys that follow one another, also when the server starts again")
    void keys() {
        var gamma = server.tenant("gamma", ServerWithTenants.definition());
        var first = published(gamma).getFirst();
        var others = published(beta);

        var second = keys(gamma, "stage", Map.of()).bodyObject().string("key");
        assertThat(published(gamma)).containsExactly(first, second);
        assertThat(keys(gamma, "activate", Map.of("key", second)).status()).isEqualTo(409);
        assertThat(keys(gamma, "activate", Map.of("key", second, "force", true)).status())
                .isEqualTo(200);
        assertThat(signed(gamma, second)).isTrue();
        assertThat(keys(beta, "activate", Map.of("key", second, "force", true)).status())
                .isEqualTo(409);
        assertThat(published(beta)).isEqualTo(others);
        assertThat(data.resolve("tenants/gamma/development-keys-more.p12")).exists();
        assertThat(data.resolve("development-keys-more.p12")).doesNotExist();

        // Put together anew, as after a restart: with another definition.
        var next = JsonObject.builder()
                .put("replaces", 1)
                .put("definition", ServerWithTenants.definition().with("settings", Map.of("batch-size", 3)))
                .build();
        assertThat(server.admin("PUT", "/admin/v1/tenants/gamma", next).status())
                .isEqualTo(200);
        assertThat(published(gamma)).containsExactly(second, first);
        assertThat(signed(gamma, second)).isTrue();
        assertThat(keys(gamma, "rollback", Map.of()).bodyObject().string("key")).isEqualTo(first);
        assertThat(signed(gamma, first)).isTrue();
    }

    @Test
    @DisplayName("a log with checkpoints that its own keys sign, which says nothing of others'")
    void log() throws IOException, InterruptedException {
        var issued = alpha.issue("erika").bodyObject().string("notification_id");
        var path = "/admin/v1/log/proofs/" + issued + ".0";
        var proof = alpha.adminGet(path, alpha.adminToken());
        for (int round = 0; round < 200 && proof.status() == 404; round++) {
            Thread.sleep(25);
            proof = alpha.adminGet(path, alpha.adminToken());
        }
        assertThat(proof.status()).as(proof.bodyText()).isEqualTo(200);
        for (var stranger : List.of(beta, server.main())) {
            assertThat(stranger.adminGet(path, stranger.adminToken()).status()).isEqualTo(404);
        }

        var kept =
                alpha.adminGet("/admin/v1/log/checkpoint", alpha.adminToken()).bodyObject();
        assertThat(kept.string("issuer")).isEqualTo(alpha.issuer().toString());
        var keys = CheckpointKeys.of(TrustAnchors.pem(data.resolve("tenants/alpha/trust-anchor.pem")));
        var verifier = new LogVerifier(keys, List.of(Checkpoint.read(kept.string("checkpoint"))));
        var lines = alpha.adminGet("/admin/v1/log", alpha.adminToken()).bodyText();
        lines.lines().forEach(verifier::line);
        assertThat(verifier.end()).isInstanceOf(LogVerifier.Result.Whole.class);
        assertThat(lines.lines().findFirst().orElseThrow()).contains("\"kind\":\"configuration\"");
        assertThat(server.main()
                        .adminGet("/admin/v1/log", server.main().adminToken())
                        .bodyText())
                .doesNotContain(lines.lines().findFirst().orElseThrow());
    }

    @Test
    @DisplayName("erasure, of the person at this issuer and nowhere else")
    void erasure() {
        var everybody = List.of(alpha, beta);
        everybody.forEach(issuer -> assertThat(issuer.issue("erika").status()).isEqualTo(200));
        var order = JsonObject.of(Map.of("subject", "erika"));
        var search = JsonObject.of(Map.of("credentials", Map.of("subject", "erika")));

        var erased = alpha.post("/admin/v1/erasures", order, alpha.adminToken());

        assertThat(erased.status()).as(erased.bodyText()).isEqualTo(200);
        assertThat(alpha.post("/admin/v1/status/find", search, alpha.adminToken())
                        .bodyObject()
                        .objects("credentials"))
                .isEmpty();
        assertThat(beta.post("/admin/v1/status/find", search, beta.adminToken())
                        .bodyObject()
                        .objects("credentials"))
                .isNotEmpty();
    }

    @Test
    @DisplayName("traces: nobody else finds them, and a nonce shown elsewhere brings none along")
    void traces() throws InterruptedException {
        var asked = server.send(Request.post(alpha.at("/nonce")));
        var nonce = asked.bodyObject().string("c_nonce");
        var elsewhere = beta.credential(
                beta.token("erika").accessToken(), beta.proof(SigningKey.generate(JWSAlgorithm.ES256), nonce));
        assertThat(elsewhere.bodyObject().string("error")).isEqualTo("invalid_nonce");
        var refused = elsewhere.header("X-Request-Id").orElseThrow();

        assertThat(trace(beta, refused).status()).isEqualTo(200);
        assertThat(trace(beta, refused).bodyText())
                .doesNotContain(asked.header("X-Request-Id").orElseThrow());
        for (var stranger : List.of(alpha, server.main())) {
            assertThat(stranger.adminGet("/admin/v1/traces/" + refused, stranger.adminToken())
                            .status())
                    .isEqualTo(404);
        }
    }

    private static Response trace(ServerWithTenants.One issuer, String id) throws InterruptedException {
        var answer = issuer.adminGet("/admin/v1/traces/" + id, issuer.adminToken());
        for (int round = 0; round < 100 && answer.status() == 404; round++) {
            Thread.sleep(20);
            answer = issuer.adminGet("/admin/v1/traces/" + id, issuer.adminToken());
        }
        return answer;
    }

    @Test
    @DisplayName("no log and no traces where its definition says so")
    void switchedOff() {
        var quiet = server.tenant(
                "quiet",
                ServerWithTenants.definition()
                        .with(
                                "settings",
                                Map.of("log", Map.of("enabled", false), "recorder", Map.of("enabled", false))));
        var id = quiet.issue("erika").header("X-Request-Id").orElseThrow();
        assertThat(quiet.adminGet("/admin/v1/log", quiet.adminToken()).bodyText())
                .contains("keeps no log");
        assertThat(alpha.issue("erika").status()).isEqualTo(200);
        assertThat(quiet.adminGet("/admin/v1/traces/" + id, quiet.adminToken()).status())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("limits that others do not use up")
    void limits() {
        var strict = server.tenant(
                "strict",
                ServerWithTenants.definition().with("settings", Map.of("rate-limits", Map.of("per-token", 3))));
        assertThat(answers(strict)).contains(429);
        assertThat(answers(alpha)).doesNotContain(429);
        assertThat(answers(server.main())).doesNotContain(429);
    }

    private static List<Integer> answers(ServerWithTenants.One issuer) {
        var token = issuer.token("erika").accessToken();
        var told = JsonObject.of(Map.of("notification_id", "none", "event", "credential_accepted"));
        return IntStream.range(0, 8)
                .mapToObj(number -> issuer.post("/notification", told, token).status())
                .toList();
    }

    @Test
    @DisplayName("notice of changed claims")
    void changes() {
        assertThat(alpha.issue("erika").status()).isEqualTo(200);
        assertThat(beta.issue("erika").status()).isEqualTo(200);
        var order = JsonObject.of(Map.of("subject", "erika"));
        assertThat(alpha.post("/admin/v1/changes", order, alpha.adminToken())
                        .bodyObject()
                        .objects("stale"))
                .isNotEmpty();
        assertThat(beta.adminGet("/admin/v1/changes", beta.adminToken())
                        .bodyObject()
                        .object("outstanding")
                        .members())
                .isEmpty();
    }
}
