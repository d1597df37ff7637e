package dev.intaglio.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.server.TestIssuer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Signing keys of a running server")
class KeyAdminTest {
    @TempDir
    private static Path directory;

    private static TestIssuer issuer;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.start(directory);
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    private static Response step(String step, JsonObject order) {
        return issuer.send(issuer.admin(Request.post(issuer.at("/admin/v1/keys/credential/" + step), order)));
    }

    private static Response step(String step, String key, boolean force) {
        return step(
                step, JsonObject.builder().put("key", key).put("force", force).build());
    }

    private static List<JsonObject> keys() {
        return issuer.send(issuer.admin(Request.get(issuer.at("/admin/v1/keys")))).bodyObject().objects("keys").stream()
                .filter(key -> key.string("use").equals("credential"))
                .toList();
    }

    private static List<String> published() {
        return issuer.get("/.well-known/jwt-vc-issuer").bodyObject().object("jwks").objects("keys").stream()
                .map(key -> key.string("kid"))
                .toList();
    }

    private static SignedJwt issued() {
        var received = issuer.send(issuer.credentialRequest(issuer.redeem(issuer.offer(false))));
        assertThat(received.status()).as(received.bodyText()).isEqualTo(200);
        var credential = received.bodyObject().objects("credentials").getFirst().string("credential");
        return SignedJwt.parse(credential.substring(0, credential.indexOf('~')));
    }

    private static String signer(SignedJwt credential) throws IOException {
        var chain = X5c.parse(credential.headerChain().orElseThrow());
        assertThat(TrustAnchors.pem(directory.resolve("trust-anchor.pem")).check(chain, Instant.now()))
                .isInstanceOf(TrustAnchors.Trusted.class);
        var from = chain.getFirst().getNotBefore().toInstant().getEpochSecond();
        var until = chain.getFirst().getNotAfter().toInstant().getEpochSecond();
        assertThat(credential.claims().integer("iat")).isBetween(from, until);
        assertThat(credential.claims().integer("nbf")).isBetween(from, until);
        assertThat(credential.claims().integer("exp")).isBetween(from, until);
        return keys().stream()
                .map(key -> key.string("key"))
                .filter(kid -> published().contains(kid)
                        && issuer.get("/.well-known/jwt-vc-issuer").bodyObject().object("jwks").objects("keys").stream()
                                .filter(jwk -> jwk.string("kid").equals(kid))
                                .anyMatch(jwk -> credential.verifies(SignedJwt.publicKey(jwk))))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("one follows another without a restart: published first, then signing, rolled back, gone")
    void rotation() throws IOException, InterruptedException {
        var first = signer(issued());
        var staged = step("stage", JsonObject.empty());
        assertThat(staged.status()).as(staged.bodyText()).isEqualTo(200);
        var second = staged.bodyObject().string("key");
        assertThat(published()).containsExactly(first, second);
        assertThat(signer(issued())).isEqualTo(first);

        var early = step("activate", second, false);
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.bodyObject().string("detail")).contains("PT1H", "force");
        assertThat(step("activate", second, true).status()).isEqualTo(200);
        assertThat(signer(issued())).isEqualTo(second);
        assertThat(published()).containsExactly(second, first);

        var inUse = step("retire", first, false);
        assertThat(inUse.status()).isEqualTo(409);
        assertThat(inUse.bodyObject().string("detail")).contains("2 credentials", "are valid");

        assertThat(step("rollback", JsonObject.empty()).bodyObject().string("key"))
                .isEqualTo(first);
        assertThat(signer(issued())).isEqualTo(first);
        assertThat(step("retire", first, true).status()).isEqualTo(409);
        assertThat(step("retire", second, true).status()).isEqualTo(200);
        assertThat(published()).containsExactly(first);
        assertThat(keys()).anySatisfy(key -> {
            assertThat(key.string("state")).isEqualTo("gone");
            assertThat(key.object("credentials").integer("valid")).isEqualTo(1);
        });
        var log = issuer.send(issuer.admin(Request.get(issuer.at("/admin/v1/log"))));
        for (int round = 0; round < 100 && !log.bodyText().contains("\"change\":\"gone\""); round++) {
            Thread.sleep(50);
            log = issuer.send(issuer.admin(Request.get(issuer.at("/admin/v1/log"))));
        }
        assertThat(log.bodyText())
                .contains("\"change\":\"staged\"", "\"change\":\"active\"", "\"change\":\"rolled back\"");
    }

    @Test
    @DisplayName("what cannot be is refused with its reason")
    void refused() {
        assertThat(step("activate", "unknown", true).status()).isEqualTo(409);
        assertThat(step("activate", JsonObject.empty()).status()).isEqualTo(400);
        assertThat(step("stage", JsonObject.builder().put("kye", "x").build()).status())
                .isEqualTo(400);
        var use = issuer.send(issuer.admin(Request.post(issuer.at("/admin/v1/keys/nothing/rollback"))));
        assertThat(use.status()).isEqualTo(400);
        assertThat(use.bodyObject().string("detail")).contains("document-signer");
    }
}
