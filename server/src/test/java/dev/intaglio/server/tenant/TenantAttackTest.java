package dev.intaglio.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.server.login.Browser;
import dev.intaglio.server.tenant.ServerWithTenants.One;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every endpoint the server has mapped is tried with everything another issuer gave out. The endpoints are those the server
/// itself lists, so that who adds one has to say here what an attacker would try at it.
@DisplayName("Every endpoint, tried with what is another issuer's")
class TenantAttackTest {
    @TempDir
    private static Path data;

    private static ServerWithTenants server;
    private static One path;
    private static One subdomain;
    private static List<One> strangers;
    private static Loot ofPath;
    private static Loot ofSubdomain;

    @BeforeAll
    static void start() throws InterruptedException {
        server = ServerWithTenants.start(
                data,
                "intaglio.log.interval",
                "50ms",
                "intaglio.rate-limits.per-token",
                "0",
                "intaglio.login.database-users",
                "true",
                "intaglio.clients[0].client-id",
                Browser.CLIENT,
                "intaglio.clients[0].redirect-uris",
                Browser.REDIRECT);
        var definition = ServerWithTenants.definition()
                .with(
                        "settings",
                        Map.of(
                                "rate-limits", Map.of("per-token", 0),
                                "login", Map.of("database-users", true),
                                "clients",
                                        List.of(Map.of(
                                                "client-id", Browser.CLIENT, "redirect-uris", Browser.REDIRECT))));
        path = server.tenant("alpha", definition);
        subdomain = server.tenant("gamma", definition.with("address", "subdomain"));
        strangers = List.of(
                server.tenant("beta", definition),
                server.tenant("delta", definition.with("address", "subdomain")),
                server.main());
        assertThat(subdomain.issuer().getHost()).isEqualTo("gamma.localhost");
        ofPath = Loot.of(server, path);
        ofSubdomain = Loot.of(server, subdomain);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// What is tried at an endpoint.
    @FunctionalInterface
    private interface Attack {
        /// @param template the path as it is mapped
        void at(One stranger, String method, String template, Loot loot);
    }

    private static final Map<String, Attack> ATTACKS = new TreeMap<>();

    static {
        // What anybody may have: it is the issuer's own and tells nothing of another's.
        for (var open : List.of(
                "GET /.well-known/openid-credential-issuer",
                "GET /.well-known/jwt-vc-issuer",
                "GET /.well-known/oauth-authorization-server",
                "GET /jwks",
                "GET /statuslists",
                "GET /schemas/",
                "GET /types/",
                "POST /nonce",
                "GET ",
                "GET /",
                "GET /assets/credentials.css",
                "GET /error")) {
            ATTACKS.put(open, TenantAttackTest::itsOwn);
        }
        // The protocol.
        ATTACKS.put("GET /offers/", (stranger, method, template, loot) -> {
            var reference = loot.offer().string("credential_offer_uri");
            assertThat(stranger.get(reference.substring(
                                    loot.owner().issuer().toString().length()))
                            .status())
                    .isEqualTo(404);
        });
        ATTACKS.put("POST /credential", (stranger, method, template, loot) -> {
            refused(stranger.issueWith(loot.accessToken()), 401);
            var key = SigningKey.generate(JWSAlgorithm.ES256);
            var token = stranger.token("erika").accessToken();
            refused(stranger.credential(token, stranger.proof(key, loot.nonce())), 400);
            refused(stranger.credential(token, loot.owner().proof(key, stranger.nonce())), 400);
        });
        ATTACKS.put("POST /deferred_credential", (stranger, method, template, loot) -> {
            var order = JsonObject.of(Map.of("transaction_id", loot.transaction()));
            refused(stranger.post(template, order, loot.waitingToken()), 401);
            refused(stranger.post(template, order, stranger.token("erika").accessToken()), 400);
        });
        ATTACKS.put("POST /notification", (stranger, method, template, loot) -> {
            var told = JsonObject.of(Map.of("notification_id", loot.issuance(), "event", "credential_failure"));
            refused(stranger.post(template, told, loot.issuedWith()), 401);
            refused(stranger.post(template, told, stranger.token("erika").accessToken()), 400);
        });
        ATTACKS.put("GET /statuslists/", TenantAttackTest::statusList);
        ATTACKS.put("GET /identifierlists/", TenantAttackTest::statusList);
        ATTACKS.put("GET /status-credentials/", TenantAttackTest::statusList);
        ATTACKS.put("POST /token", (stranger, method, template, loot) -> {
            refused(stranger.redeem(loot.offer()), 400);
            refused(stranger.tokens(Loot.redemption(loot.code())), 400);
            refused(stranger.tokens(Loot.refreshing(loot.refreshToken())), 400);
        });
        ATTACKS.put("POST /par", (stranger, method, template, loot) -> {
            var pushed = server.send(Request.post(
                    stranger.at(template), Loot.asking(stranger).with("issuer_state", loot.issuerState())));
            refused(pushed, 400);
            assertThat(pushed.bodyText()).contains("issuer_state");
        });
        ATTACKS.put("GET /authorize", (stranger, method, template, loot) -> {
            notSignedIn(authorize(stranger, reference(loot.requestUri())));
            notSignedIn(authorize(stranger, Loot.asking(stranger).with("issuer_state", loot.issuerState())));
        });
        // Pages. The browser brings all of the victim's cookies along.
        ATTACKS.put("GET /offer/{pageId}", (stranger, method, template, loot) -> {
            var page = loot.offer().string("page");
            assertThat(stranger.get(page.substring(
                                    loot.owner().issuer().toString().length()))
                            .status())
                    .isEqualTo(404);
        });
        for (var page : List.of("GET /login/{id}", "POST /login/{id}/password", "POST /login/{id}/answer")) {
            ATTACKS.put(page, TenantAttackTest::visit);
        }
        ATTACKS.put("GET /login/{id}/provider/{registration}", TenantAttackTest::visit);
        ATTACKS.put("GET /login/oauth2/code/{registration}", TenantAttackTest::visit);
        // The admin interface: what another's token opens is nothing, and what is another's is not found with one's
        // own.
        for (var list : List.of(
                "GET /admin/configurations",
                "GET /admin/deferred",
                "GET /admin/notifications",
                "GET /admin/keys",
                "GET /admin/log",
                "GET /admin/log/checkpoint",
                "GET /admin/changes",
                "GET /admin/dialects",
                "GET /admin/users",
                "GET /admin/status/operations")) {
            ATTACKS.put(list, admin(Map.of(), 200));
        }
        ATTACKS.put(
                "POST /admin/offers",
                (stranger, method, template, loot) -> admin(
                                Map.of("subject", "erika", "configurations", List.of(stranger.configuration())), 201)
                        .at(stranger, method, template, loot));
        for (var decision : List.of("approve", "deny")) {
            ATTACKS.put("POST /admin/deferred/{handle}/" + decision, admin(Map.of(), 404));
        }
        ATTACKS.put("POST /admin/deferred/{handle}", (stranger, method, template, loot) -> {
            noWayIn(stranger, method, filled(template, loot), loot);
            var form = Form.empty().with("decision", "deny");
            server.send(Request.post(stranger.at(filled(template, loot)), form)
                    .with("Authorization", "Bearer " + stranger.adminToken()));
        });
        for (var step : List.of("activate", "retire", "stage")) {
            ATTACKS.put(
                    "POST /admin/keys/{use}/" + step,
                    (stranger, method, template, loot) ->
                            admin(Map.of("key", loot.key()), 409).at(stranger, method, template, loot));
        }
        ATTACKS.put("POST /admin/keys/{use}/rollback", admin(Map.of(), 409));
        ATTACKS.put("GET /admin/log/proofs/{credential}", admin(Map.of(), 404));
        ATTACKS.put("GET /admin/traces/{id}", admin(Map.of(), 404));
        ATTACKS.put("POST /admin/changes", admin(Map.of("subject", "erika"), 200));
        ATTACKS.put("POST /admin/erasures", admin(Map.of("subject", "erika"), 200));
        ATTACKS.put("POST /admin/users", (stranger, method, template, loot) -> {
            var order =
                    Map.<String, Object>of("name", loot.user(), "password", "of the attacker", "subject", "mallory");
            admin(order, 201, 409).at(stranger, method, template, loot);
        });
        ATTACKS.put("DELETE /admin/users/{name}", admin(Map.of(), 204, 404));
        ATTACKS.put("POST /admin/status/{verb}", TenantAttackTest::status);
        ATTACKS.put("POST /admin/status/find", TenantAttackTest::status);
        ATTACKS.put("POST /admin/status/operations/{id}/undo", admin(Map.of(), 409));
        // What is the operator's.
        for (var operators : List.of(
                "GET /admin/tenants",
                "POST /admin/tenants",
                "POST /admin/tenants/check",
                "GET /admin/tenants/{name}",
                "PUT /admin/tenants/{name}",
                "GET /admin/tenants/{name}/versions",
                "POST /admin/tenants/{name}/rollback",
                "POST /admin/tenants/{name}/disable",
                "POST /admin/tenants/{name}/enable",
                "POST /admin/tenants/{name}/token",
                "GET /admin/openapi.json")) {
            ATTACKS.put(operators, TenantAttackTest::operators);
        }
    }

    @Test
    @DisplayName("each endpoint the server has is in the table of attacks, and none that it has not")
    void complete() {
        var mapped = new TreeSet<String>();
        server.server().endpoints().forEach(endpoint -> mapped.add(row(endpoint)));
        assertThat(ATTACKS.keySet())
                .as("say in ATTACKS what somebody with another issuer's tokens and ids would try at the endpoint")
                .containsExactlyInAnyOrderElementsOf(mapped);
    }

    @Test
    @DisplayName("by the main issuer, by a path, by a subdomain: refused, and afterwards all is as it was")
    void everything() {
        for (var loot : List.of(ofPath, ofSubdomain)) {
            for (var stranger : strangers) {
                for (var endpoint : server.server().endpoints()) {
                    var method = endpoint.substring(0, endpoint.indexOf(' '));
                    var template = endpoint.substring(endpoint.indexOf(' ') + 1);
                    ATTACKS.get(row(endpoint)).at(stranger, method, template, loot);
                }
            }
        }
        ofPath.assertIntact(server);
        ofSubdomain.assertIntact(server);
    }

    @Test
    @DisplayName("an answer kept for an Idempotency-Key is told again to nobody else who knows the key")
    void idempotency() {
        var order = JsonObject.of(Map.of("subject", "erika", "configurations", List.of(path.configuration())));
        var first = server.send(Request.post(path.at("/admin/v1/offers"), order)
                .with("Authorization", "Bearer " + path.adminToken())
                .with("Idempotency-Key", "one-key-for-all"));
        var other = server.send(Request.post(subdomain.at("/admin/v1/offers"), order)
                .with("Authorization", "Bearer " + subdomain.adminToken())
                .with("Idempotency-Key", "one-key-for-all"));
        assertThat(first.status()).isEqualTo(201);
        assertThat(other.status()).isEqualTo(201);
        assertThat(other.header("Idempotency-Replayed")).isEmpty();
        assertThat(other.bodyText()).doesNotContain(path.issuer().toString());
    }

    /// Addresses with and without the version are one row, and so are the documents about types.
    private static String row(String endpoint) {
        return endpoint.replace("/admin/v1/", "/admin/").replaceFirst("^(GET /(schemas|types)/).*", "$1");
    }

    private static void itsOwn(One stranger, String method, String template, Loot loot) {
        var wellKnown = template.startsWith("/.well-known/");
        var own = stranger.issuer().getRawPath();
        var address =
                wellKnown ? stranger.issuer().resolve(template + (own.equals("/") ? "" : own)) : stranger.at(template);
        var answer = server.send(
                new Request(method, address, Request.get(address).headers(), new byte[0], Optional.empty()));
        nothingOf(loot, answer);
        if (wellKnown) {
            assertThat(answer.bodyText()).contains(stranger.issuer().toString().replaceAll("/$", ""));
        }
    }

    private static void statusList(One stranger, String method, String template, Loot loot) {
        var list = loot.credential().string("uri");
        var id = list.substring(list.lastIndexOf('/') + 1);
        for (var name : List.of(id, id + "-revocation", id + "-suspension")) {
            assertThat(stranger.get(template + name).status())
                    .as(template + name)
                    .isEqualTo(404);
        }
    }

    private static Form reference(String requestUri) {
        return Form.empty().with("client_id", Browser.CLIENT).with("request_uri", requestUri);
    }

    private static Response authorize(One issuer, Form form) {
        return server.send(Request.get(issuer.at("/authorize?" + form.encoded())));
    }

    private static void notSignedIn(Response answer) {
        assertThat(answer.status()).isIn(302, 303, 400);
        assertThat(answer.header("Location").orElse("error="))
                .contains("error=")
                .doesNotContain("/login/", "code=");
    }

    private static void visit(One stranger, String method, String template, Loot loot) {
        var interaction = loot.page().toString();
        var id = interaction.substring(interaction.lastIndexOf('/') + 1);
        var address = stranger.at(template.replace("{id}", id).replace("{registration}", "town"));
        var form = Form.empty()
                .with("token", loot.formToken())
                .with("name", loot.user())
                .with("password", Loot.PASSWORD)
                .with("decision", "allow");
        var answer = method.equals("GET")
                ? loot.browser().get(address)
                : loot.browser().post(address, form);
        assertThat(answer.status()).as(address.getPath()).isIn(400, 404);
        nothingOf(loot, answer);
    }

    private static void status(One stranger, String method, String template, Loot loot) {
        noWayIn(stranger, method, filled(template, loot), loot);
        var order = JsonObject.of(Map.of(
                "credentials",
                Map.of("credential", loot.credential().string("credential")),
                "reason",
                "",
                "actor",
                "mallory"));
        var answer = stranger.post(filled(template, loot), order, stranger.adminToken());
        assertThat(answer.status()).as(answer.bodyText()).isEqualTo(200);
        if (template.endsWith("find")) {
            assertThat(answer.bodyObject().objects("credentials")).isEmpty();
        } else {
            assertThat(answer.bodyObject().integer("matched")).isZero();
        }
    }

    private static void operators(One stranger, String method, String template, Loot loot) {
        var name = loot.owner().issuer().equals(path.issuer()) ? "alpha" : "gamma";
        var address = template.replace("{name}", name);
        noWayIn(stranger, method, address, loot);
        if (!stranger.issuer().equals(server.main().issuer())) {
            for (var token : List.of(stranger.adminToken(), server.main().adminToken())) {
                assertThat(send(stranger, method, address, JsonObject.empty(), "Bearer " + token)
                                .status())
                        .as(address)
                        .isEqualTo(404);
            }
        }
    }

    /// @param expected with the stranger's own token: what is the victim's is not there
    private static Attack admin(Map<String, Object> order, int... expected) {
        return (stranger, method, template, loot) -> {
            var address = filled(template, loot);
            noWayIn(stranger, method, address, loot);
            var answer = send(stranger, method, address, JsonObject.of(order), "Bearer " + stranger.adminToken());
            assertThat(expected)
                    .as(method + " " + template + " " + answer.bodyText())
                    .contains(answer.status());
            var sent = address + order;
            assertThat(answer.bodyText())
                    .doesNotContain(loot.secrets().stream()
                            .filter(secret -> !sent.contains(secret)) // may be told back
                            .toList());
        };
    }

    private static String filled(String template, Loot loot) {
        return template.replace("{handle}", loot.handle())
                .replace("{use}", "credential")
                .replace("{credential}", loot.issuance() + ".0")
                .replace("/traces/{id}", "/traces/" + loot.requestId())
                .replace("/operations/{id}", "/operations/" + loot.operation())
                .replace("{name}", loot.user())
                .replace("{verb}", "revoke");
    }

    /// Nothing that the victim gave out, to its admin or to a wallet, opens anything here.
    private static void noWayIn(One stranger, String method, String address, Loot loot) {
        var basic = Base64.getEncoder()
                .encodeToString(("admin:" + loot.owner().adminToken()).getBytes(StandardCharsets.UTF_8));
        for (var authorization : List.of(
                "Bearer " + loot.owner().adminToken(),
                "Bearer " + loot.accessToken(),
                "Bearer " + loot.refreshToken(),
                "Basic " + basic,
                "")) {
            var answer = send(stranger, method, address, JsonObject.empty(), authorization);
            assertThat(answer.status()).as(method + " " + address).isIn(401, 404);
            nothingOf(loot, answer);
        }
    }

    private static Response send(One to, String method, String address, JsonObject body, String authorization) {
        URI uri = to.at(address);
        var request = Request.post(uri, body);
        var same = method.equals("GET")
                ? Request.get(uri)
                : new Request(method, uri, request.headers(), request.body(), request.remote());
        return server.send(authorization.isEmpty() ? same : same.with("Authorization", authorization));
    }

    private static void refused(Response answer, int status) {
        assertThat(answer.status()).as(answer.bodyText()).isEqualTo(status);
    }

    private static void nothingOf(Loot loot, Response answer) {
        assertThat(answer.bodyText()).doesNotContain(loot.secrets());
        // The main issuer's address is the beginning of those of its tenants, and no secret.
        assertThat(answer.bodyText()).doesNotContain(loot.owner().issuer() + "/");
    }
}
