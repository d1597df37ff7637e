package dev.intaglio.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.credential.CredentialRequest;
import dev.intaglio.protocol.credential.Proofs;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.Pkce;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever one tenant gave out is shown to the other, which has the same settings, and to the main issuer. All of it is
/// refused; and afterwards it is still good where it came from, for not even an attempt must use it up.
@DisplayName("What is one tenant's is of no use at another")
class TenantIsolationTest {
    private static final String REDIRECT = "https://wallet.example/cb";
    private static final String VERIFIER = "a-verifier-that-is-long-enough-for-the-rule-of-43-characters";

    @TempDir
    private static Path data;

    private static ServerWithTenants server;
    private static ServerWithTenants.One alpha;
    private static List<ServerWithTenants.One> strangers;

    @BeforeAll
    static void start() {
        server = ServerWithTenants.start(
                data,
                "intaglio.login.auto-approve",
                "erika",
                "intaglio.clients[0].client-id",
                "wallet",
                "intaglio.clients[0].redirect-uris",
                REDIRECT);
        var definition = ServerWithTenants.definition()
                .with(
                        "settings",
                        Map.of(
                                "login", Map.of("auto-approve", "erika"),
                                "clients", List.of(Map.of("client-id", "wallet", "redirect-uris", REDIRECT))));
        alpha = server.tenant("alpha", definition);
        strangers = List.of(server.tenant("beta", definition), server.main());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @DisplayName("pre-authorized codes")
    void preAuthorizedCode() {
        var offer = alpha.offer("erika");
        for (var stranger : strangers) {
            refused(stranger.redeem(offer), 400, "invalid_grant");
        }
        assertThat(alpha.redeem(offer).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("authorization codes, which are not even taken for used there")
    void authorizationCode() {
        var code = code(alpha, Map.of());
        for (var stranger : strangers) {
            refused(stranger.tokens(redemption(code)), 400, "invalid_grant");
        }
        assertThat(alpha.tokens(redemption(code)).status()).isEqualTo(200);
        for (var stranger : strangers) {
            refused(stranger.tokens(redemption(code)), 400, "invalid_grant");
        }
    }

    @Test
    @DisplayName("refresh tokens")
    void refreshToken() {
        var tokens = alpha.tokens(redemption(code(alpha, Map.of()))).bodyObject();
        var refresh = Map.of(
                "grant_type", "refresh_token", "client_id", "wallet", "refresh_token", tokens.string("refresh_token"));
        for (var stranger : strangers) {
            refused(stranger.tokens(refresh), 400, "invalid_grant");
        }
        assertThat(alpha.tokens(refresh).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("requests that were pushed")
    void pushedRequest() {
        var pushed = alpha.form("/par", authorizationRequest(Map.of()));
        assertThat(pushed.status()).as(pushed.bodyText()).isEqualTo(201);
        var reference =
                Map.of("client_id", "wallet", "request_uri", pushed.bodyObject().string("request_uri"));
        for (var stranger : strangers) {
            assertThat(authorize(stranger, reference).status()).isEqualTo(400);
        }
        assertThat(authorize(alpha, reference).header("Location")).isPresent();
    }

    @Test
    @DisplayName("the issuer_state of offers")
    void issuerState() {
        var offer = alpha.offer(Map.of(
                "subject",
                "erika",
                "configurations",
                List.of("ticket_dc_sd_jwt"),
                "grant",
                "authorization_code",
                "single_use",
                true));
        var state = offer.object("offer")
                .object("grants")
                .object("authorization_code")
                .string("issuer_state");
        for (var stranger : strangers) {
            var answer = authorize(stranger, authorizationRequest(Map.of("issuer_state", state)));
            assertThat(answer.header("Location").orElse("error="))
                    .contains("error=")
                    .doesNotContain("code=");
        }
        assertThat(code(alpha, Map.of("issuer_state", state))).isNotEmpty();
    }

    @Test
    @DisplayName("access tokens, at every endpoint that takes one")
    void accessToken() {
        var token = alpha.token("erika").accessToken();
        var transaction = JsonObject.of(Map.of("transaction_id", "none"));
        var notification = JsonObject.of(Map.of("notification_id", "none", "event", "credential_accepted"));
        for (var stranger : strangers) {
            refused(stranger.issueWith(token), 401, "invalid_token");
            refused(stranger.post("/deferred_credential", transaction, token), 401, "invalid_token");
            refused(stranger.post("/notification", notification, token), 401, "invalid_token");
        }
        assertThat(alpha.issueWith(token))
                .satisfies(answer ->
                        assertThat(answer.status()).as(answer.bodyText()).isEqualTo(200));
    }

    @Test
    @DisplayName("nonces, and key proofs for another's identifier")
    void nonce() {
        var key = SigningKey.generate(JWSAlgorithm.ES256);
        var nonce = alpha.nonce();
        for (var stranger : strangers) {
            var token = stranger.token("erika").accessToken();
            refused(stranger.credential(token, stranger.proof(key, nonce)), 400, "invalid_nonce");
            refused(stranger.credential(token, alpha.proof(key, stranger.nonce())), 400, "invalid_proof");
        }
        var token = alpha.token("erika").accessToken();
        assertThat(alpha.credential(token, alpha.proof(key, nonce)).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("notification ids")
    void notificationId() {
        var token = alpha.token("erika").accessToken();
        var id = alpha.issueWith(token).bodyObject().string("notification_id");
        var told = JsonObject.of(Map.of("notification_id", id, "event", "credential_accepted"));
        for (var stranger : strangers) {
            refused(
                    stranger.post("/notification", told, stranger.token("erika").accessToken()),
                    400,
                    "invalid_notification_id");
            assertThat(stranger.adminGet("/admin/notifications", stranger.adminToken())
                            .bodyText())
                    .doesNotContain(id);
        }
        assertThat(alpha.post("/notification", told, token).status()).isEqualTo(204);
        assertThat(alpha.adminGet("/admin/notifications", alpha.adminToken()).bodyText())
                .contains(id);
    }

    @Test
    @DisplayName("transaction ids, and approvals of what waits")
    void transactionId() {
        var permit = Map.<String, Object>of("subject", "erika", "configurations", List.of("permit_dc_sd_jwt"));
        var token = alpha.redeem(alpha.offer(permit)).bodyObject().string("access_token");
        var proof = alpha.proof(SigningKey.generate(JWSAlgorithm.ES256), alpha.nonce());
        var request = CredentialRequest.of(
                new CredentialRequest.Selector.Configuration("permit_dc_sd_jwt"), new Proofs.Jwt(List.of(proof)));
        var waiting = alpha.post("/credential", request.write(), token);
        assertThat(waiting.status()).as(waiting.bodyText()).isEqualTo(202);
        var transaction =
                JsonObject.of(Map.of("transaction_id", waiting.bodyObject().string("transaction_id")));
        var handle = alpha.adminGet("/admin/deferred", alpha.adminToken())
                .bodyObject()
                .objects("deferred")
                .getFirst()
                .string("id");

        for (var stranger : strangers) {
            refused(
                    stranger.post(
                            "/deferred_credential",
                            transaction,
                            stranger.token("erika").accessToken()),
                    400,
                    "invalid_transaction_id");
            assertThat(stranger.adminGet("/admin/deferred", stranger.adminToken())
                            .bodyObject()
                            .objects("deferred"))
                    .isEmpty();
            for (var decision : List.of("/approve", "/deny")) {
                assertThat(stranger.post(
                                        "/admin/deferred/" + handle + decision,
                                        JsonObject.empty(),
                                        stranger.adminToken())
                                .status())
                        .isEqualTo(404);
            }
        }
        assertThat(alpha.post("/admin/deferred/" + handle + "/approve", JsonObject.empty(), alpha.adminToken())
                        .status())
                .isEqualTo(204);
        assertThat(alpha.post("/deferred_credential", transaction, token).status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("offers by reference, and their pages")
    void offers() {
        var offer = alpha.offer("erika");
        for (var address : List.of("credential_offer_uri", "page")) {
            var path = offer.string(address).substring(alpha.issuer().toString().length());
            assertThat(alpha.get(path).status()).as(path).isEqualTo(200);
            for (var stranger : strangers) {
                assertThat(stranger.get(path).status()).as(path).isEqualTo(404);
            }
        }
    }

    @Test
    @DisplayName("keys: none is published by two, and none verifies what another signed")
    void keys() throws Exception {
        var ours = JWKSet.parse(alpha.get("/jwks").bodyText());
        for (var stranger : strangers) {
            var theirs = JWKSet.parse(stranger.get("/jwks").bodyText());
            for (var key : ours.getKeys()) {
                assertThat(theirs.getKeys())
                        .noneMatch(other -> thumbprint(other).equals(thumbprint(key)));
            }
        }
        assertThat(data.resolve("tenants/alpha/trust-anchor.pem")).exists();
        assertThat(Files.readString(data.resolve("tenants/alpha/trust-anchor.pem")))
                .isNotEqualTo(Files.readString(data.resolve("tenants/beta/trust-anchor.pem")))
                .isNotEqualTo(Files.readString(data.resolve("trust-anchor.pem")));
    }

    @Test
    @DisplayName("the status of credentials: others neither find nor revoke them, nor serve their lists")
    void status() {
        assertThat(alpha.issue("erika").status()).isEqualTo(200);
        var all = JsonObject.of(Map.of("credentials", Map.of("subject", "erika"), "reason", "", "actor", "mallory"));
        var search = JsonObject.of(Map.of("credentials", Map.of("subject", "erika")));
        var credential = found(alpha, search).getFirst();
        var one = JsonObject.of(Map.of(
                "credentials",
                Map.of("credential", credential.string("credential")),
                "reason",
                "",
                "actor",
                "mallory"));
        var list = credential.string("uri").substring(alpha.issuer().toString().length());
        assertThat(alpha.get(list).status()).isEqualTo(200);

        for (var stranger : strangers) {
            for (var order : List.of(all, one)) {
                var response = stranger.post("/admin/v1/status/revoke", order, stranger.adminToken());
                assertThat(response.status()).as(response.bodyText()).isEqualTo(200);
            }
            refusedAdmin(stranger.post("/admin/v1/status/revoke", one, alpha.adminToken()));
            assertThat(found(stranger, search))
                    .extracting(other -> other.string("credential"))
                    .doesNotContain(credential.string("credential"));
            assertThat(stranger.get(list).status()).isEqualTo(404);
        }
        refusedAdmin(
                alpha.post("/admin/v1/status/revoke", one, strangers.getFirst().adminToken()));
        assertThat(found(alpha, search).getFirst().string("status")).isEqualTo("valid");

        var revoked = alpha.post("/admin/v1/status/revoke", one, alpha.adminToken());
        assertThat(revoked.bodyObject().integer("changed")).isOne();
        assertThat(found(alpha, search).getFirst().string("status")).isEqualTo("revoked");
    }

    private static List<JsonObject> found(ServerWithTenants.One issuer, JsonObject search) {
        return issuer.post("/admin/v1/status/find", search, issuer.adminToken())
                .bodyObject()
                .objects("credentials");
    }

    private static void refusedAdmin(Response response) {
        assertThat(response.status()).as(response.bodyText()).isIn(401, 403, 404);
    }

    @Test
    @DisplayName("a tenant's admin token opens nothing but the tenant's admin interface")
    void adminScope() {
        var order = JsonObject.of(Map.of("subject", "erika", "configurations", List.of("ticket_dc_sd_jwt")));
        assertThat(alpha.post("/admin/offers", order, alpha.adminToken()).status())
                .isEqualTo(201);
        for (var stranger : strangers) {
            for (var path : List.of("/admin/configurations", "/admin/deferred", "/admin/notifications")) {
                assertThat(stranger.adminGet(path, alpha.adminToken()).status())
                        .as(path)
                        .isEqualTo(401);
            }
            assertThat(stranger.post("/admin/offers", order, alpha.adminToken()).status())
                    .isEqualTo(401);
        }
        assertThat(alpha.adminGet("/admin/configurations", server.main().adminToken())
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("what is the operator's is not there for a tenant, by whatever way and with whatever token")
    void operator() {
        for (var token : List.of(alpha.adminToken(), server.main().adminToken())) {
            for (var path : List.of("/admin/tenants", "/admin/tenants/beta", "/admin/tenants/alpha/versions")) {
                assertThat(alpha.adminGet(path, token).status()).as(path).isEqualTo(404);
            }
        }
        for (var path : List.of("/admin/tenants", "/admin/tenants/alpha", "/admin/tenants/beta/versions")) {
            assertThat(server.main().adminGet(path, alpha.adminToken()).status())
                    .as(path)
                    .isEqualTo(401);
        }
        for (var path : List.of(
                "/alpha/../beta/admin/configurations",
                "/alpha/..;/beta/admin/configurations",
                "/alpha/%2e%2e/beta/admin/configurations",
                "/alpha//admin/tenants",
                "/alpha/./admin/tenants",
                "/alpha;x=/admin/configurations",
                "/alpha/beta/admin/configurations")) {
            var answer = server.send(Request.get(URI.create(server.at("/") + path.substring(1)))
                    .with("Authorization", "Bearer " + alpha.adminToken()));
            assertThat(answer.status()).as(path).isIn(400, 401, 404);
        }
    }

    private static String code(ServerWithTenants.One issuer, Map<String, String> more) {
        var answer = authorize(issuer, authorizationRequest(more));
        var where = answer.header("Location").orElseThrow(() -> new AssertionError(answer.bodyText()));
        return Form.read(URI.create(where).getRawQuery()).value("code").orElseThrow(() -> new AssertionError(where));
    }

    private static Response authorize(ServerWithTenants.One issuer, Map<String, String> parameters) {
        var query = Form.empty();
        for (var parameter : parameters.entrySet()) {
            query = query.with(parameter.getKey(), parameter.getValue());
        }
        return issuer.get("/authorize?" + query.encoded());
    }

    private static Map<String, String> authorizationRequest(Map<String, String> more) {
        var parameters = new HashMap<>(Map.of(
                "response_type",
                "code",
                "client_id",
                "wallet",
                "redirect_uri",
                REDIRECT,
                "scope",
                "ticket_dc_sd_jwt",
                "code_challenge",
                Pkce.challenge(VERIFIER),
                "code_challenge_method",
                Pkce.S256));
        parameters.putAll(more);
        return parameters;
    }

    private static Map<String, String> redemption(String code) {
        return Map.of(
                "grant_type", "authorization_code",
                "client_id", "wallet",
                "code", code,
                "redirect_uri", REDIRECT,
                "code_verifier", VERIFIER);
    }

    private static String thumbprint(JWK key) {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException broken) {
            throw new AssertionError(broken);
        }
    }

    private static void refused(Response answer, int status, String error) {
        assertThat(answer.status()).as(answer.bodyText()).isEqualTo(status);
        if (answer.body().length > 0) {
            assertThat(answer.bodyObject().string("error")).isEqualTo(error);
        } else {
            assertThat(answer.header("WWW-Authenticate").orElse("")).contains(error);
        }
    }
}
