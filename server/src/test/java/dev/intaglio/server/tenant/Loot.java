package dev.intaglio.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.credential.CredentialRequest;
import dev.intaglio.protocol.credential.Proofs;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.AuthorizationResponse;
import dev.intaglio.server.login.Browser;
import dev.intaglio.server.tenant.ServerWithTenants.One;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// One of everything that an issuer gives out, none of it used yet.
///
/// @param handle under which an approver finds what waits
/// @param page of a person who is signing in
/// @param browser with that person's cookies
record Loot(
        One owner,
        JsonObject offer,
        String code,
        String refreshToken,
        String requestUri,
        String issuerState,
        String accessToken,
        String nonce,
        String issuance,
        String issuedWith,
        String transaction,
        String waitingToken,
        String handle,
        JsonObject credential,
        String operation,
        String key,
        String requestId,
        String user,
        URI page,
        String formToken,
        Browser browser) {
    static final String PERMIT = "permit_dc_sd_jwt";
    static final String PASSWORD = "correct horse";

    static Loot of(ServerWithTenants server, One owner) throws InterruptedException {
        var user = JsonObject.of(Map.of("name", "anna", "password", PASSWORD, "subject", "erika"));
        assertThat(admin(owner, "/admin/v1/users", user).status()).isEqualTo(201);
        var redeemed = codeTokens(server, owner, code(server, owner));
        var waiting = waiting(owner);
        var issuedWith = owner.token("erika").accessToken();
        var issued = owner.issueWith(issuedWith);
        var requestId = issued.header("X-Request-Id").orElseThrow();
        var credential = admin(owner, "/admin/v1/status/find", search("erika"))
                .bodyObject()
                .objects("credentials")
                .getFirst();
        var suspend = JsonObject.of(Map.of(
                "credentials",
                Map.of("credential", credential.string("credential")),
                "undo_window",
                "PT1H",
                "reason",
                "",
                "actor",
                "owner"));
        var operation = admin(owner, "/admin/v1/status/suspend", suspend);
        assertThat(operation.status()).as(operation.bodyText()).isEqualTo(200);
        var staged = admin(owner, "/admin/v1/keys/credential/stage", JsonObject.empty());
        var browser = new Browser(server.server());
        var page = Browser.location(
                browser.get(owner.at("/authorize?" + asking(owner).encoded())));
        known(owner, requestId, issued.bodyObject().string("notification_id"));
        return new Loot(
                owner,
                owner.offer("erika"),
                code(server, owner),
                redeemed.string("refresh_token"),
                server.send(Request.post(owner.at("/par"), asking(owner)))
                        .bodyObject()
                        .string("request_uri"),
                owner.offer(Map.of(
                                "subject",
                                "erika",
                                "configurations",
                                List.of(owner.configuration()),
                                "grant",
                                "authorization_code",
                                "single_use",
                                true))
                        .object("offer")
                        .object("grants")
                        .object("authorization_code")
                        .string("issuer_state"),
                owner.token("erika").accessToken(),
                owner.nonce(),
                issued.bodyObject().string("notification_id"),
                issuedWith,
                waiting.get("transaction_id"),
                waiting.get("access_token"),
                owner.adminGet("/admin/v1/deferred", owner.adminToken())
                        .bodyObject()
                        .objects("deferred")
                        .getFirst()
                        .string("id"),
                credential,
                operation.bodyObject().string("operation"),
                staged.bodyObject().string("key"),
                requestId,
                "anna",
                page,
                Browser.token(browser.get(page)),
                browser);
    }

    static JsonObject search(String subject) {
        return JsonObject.of(Map.of("credentials", Map.of("subject", subject)));
    }

    static Form asking(One issuer) {
        var scope = issuer
                .adminGet("/admin/v1/configurations", issuer.adminToken())
                .bodyObject()
                .objects("configurations")
                .stream()
                .filter(one -> one.string("id").equals(issuer.configuration()))
                .findFirst()
                .orElseThrow()
                .string("scope");
        return Browser.asking(Browser.REDIRECT).without("scope").with("scope", scope);
    }

    private static String code(ServerWithTenants server, One owner) {
        var browser = new Browser(server.server());
        var page = Browser.location(
                browser.get(owner.at("/authorize?" + asking(owner).encoded())));
        assertThat(browser.signIn(page, "anna", PASSWORD).status()).isEqualTo(303);
        return ((AuthorizationResponse.Success) Browser.brought(browser.answer(page, "allow"))).code();
    }

    static Map<String, String> redemption(String code) {
        return Map.of(
                "grant_type", "authorization_code",
                "client_id", Browser.CLIENT,
                "code", code,
                "redirect_uri", Browser.REDIRECT,
                "code_verifier", Browser.VERIFIER);
    }

    static Map<String, String> refreshing(String token) {
        return Map.of("grant_type", "refresh_token", "client_id", Browser.CLIENT, "refresh_token", token);
    }

    private static JsonObject codeTokens(ServerWithTenants server, One owner, String code) {
        var tokens = owner.tokens(redemption(code));
        assertThat(tokens.status()).as(tokens.bodyText()).isEqualTo(200);
        return tokens.bodyObject();
    }

    private static Map<String, String> waiting(One owner) {
        var offer = owner.offer(Map.of("subject", "erika", "configurations", List.of(PERMIT)));
        var token = owner.redeem(offer).bodyObject().string("access_token");
        var proof = owner.proof(SigningKey.generate(JWSAlgorithm.ES256), owner.nonce());
        var request = CredentialRequest.of(
                new CredentialRequest.Selector.Configuration(PERMIT), new Proofs.Jwt(List.of(proof)));
        var waiting = owner.post("/credential", request.write(), token);
        assertThat(waiting.status()).as(waiting.bodyText()).isEqualTo(202);
        return Map.of(
                "access_token", token, "transaction_id", waiting.bodyObject().string("transaction_id"));
    }

    /// Until trace and log know of it.
    private static void known(One owner, String requestId, String issuance) throws InterruptedException {
        for (var path : List.of("/admin/v1/traces/" + requestId, "/admin/v1/log/proofs/" + issuance + ".0")) {
            var round = 0;
            while (owner.adminGet(path, owner.adminToken()).status() != 200) {
                assertThat(round++).as(path).isLessThan(200);
                Thread.sleep(25);
            }
        }
    }

    private static Response admin(One owner, String path, JsonObject order) {
        return owner.post(path, order, owner.adminToken());
    }

    /// What must not be in any answer to others.
    List<String> secrets() {
        return List.of(
                owner.adminToken(),
                code,
                refreshToken,
                requestUri,
                issuerState,
                accessToken,
                nonce,
                issuance,
                transaction,
                handle,
                credential.string("credential"),
                operation,
                key);
    }

    /// All of it is still good: nobody has used it up, changed it or removed it.
    void assertIntact(ServerWithTenants server) {
        good(owner.redeem(offer), 200);
        good(owner.tokens(redemption(code)), 200);
        good(owner.tokens(refreshing(refreshToken)), 200);
        assertThat(server.send(Request.get(owner.at("/authorize?"
                                + Form.empty()
                                        .with("client_id", Browser.CLIENT)
                                        .with("request_uri", requestUri)
                                        .encoded())))
                        .status())
                .isEqualTo(303);
        var stateful = asking(owner).with("issuer_state", issuerState);
        assertThat(server.send(Request.get(owner.at("/authorize?" + stateful.encoded())))
                        .header("Location")
                        .orElseThrow())
                .contains("/login/");
        var proof = owner.proof(SigningKey.generate(JWSAlgorithm.ES256), nonce);
        assertThat(owner.credential(accessToken, proof).status()).isEqualTo(200);
        var told = JsonObject.of(Map.of("notification_id", issuance, "event", "credential_accepted"));
        assertThat(owner.post("/notification", told, issuedWith).status()).isEqualTo(204);
        assertThat(admin(owner, "/admin/v1/deferred/" + handle + "/approve", JsonObject.empty())
                        .status())
                .isEqualTo(204);
        assertThat(owner.post(
                                "/deferred_credential",
                                JsonObject.of(Map.of("transaction_id", transaction)),
                                waitingToken)
                        .status())
                .isEqualTo(200);
        assertThat(admin(owner, "/admin/v1/status/operations/" + operation + "/undo", JsonObject.empty())
                        .status())
                .isEqualTo(204);
        assertThat(owner.adminGet("/admin/v1/keys", owner.adminToken())
                        .bodyObject()
                        .objects("keys"))
                .anySatisfy(one -> {
                    assertThat(one.string("key")).isEqualTo(key);
                    assertThat(one.string("state")).isEqualTo("next");
                });
        assertThat(owner.adminGet("/admin/v1/changes", owner.adminToken())
                        .bodyObject()
                        .object("outstanding")
                        .members())
                .isEmpty();
        assertThat(admin(owner, "/admin/v1/status/find", search("erika"))
                        .bodyObject()
                        .objects("credentials"))
                .isNotEmpty()
                .allSatisfy(found -> assertThat(found.string("status")).isEqualTo("valid"));
        assertThat(browser.signIn(page, user, PASSWORD).status()).isEqualTo(303);
    }

    private static void good(Response answer, int status) {
        assertThat(answer.status()).as(answer.bodyText()).isEqualTo(status);
    }
}
