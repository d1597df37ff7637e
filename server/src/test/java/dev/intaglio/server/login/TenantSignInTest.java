package dev.intaglio.server.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.AuthorizationResponse;
import dev.intaglio.server.TestIssuer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Signing in at tenants")
class TenantSignInTest {
    @TempDir
    private static Path data;

    private static OpenIdProvider provider;
    private static TestIssuer server;
    private static String alphaToken;
    private static String betaToken;

    private final Browser browser = new Browser(server);

    @BeforeAll
    static void start() {
        provider = new OpenIdProvider();
        server = Browser.issuer(data, "intaglio.login.database-users", "true");
        var client = Map.of("client-id", Browser.CLIENT, "redirect-uris", Browser.REDIRECT);
        alphaToken = tenant(
                "alpha",
                Map.of(
                        "clients",
                        List.of(client),
                        "login",
                        Map.of(
                                "database-users",
                                true,
                                "subject-claim",
                                "person_id",
                                "providers",
                                Map.of(
                                        "town",
                                        Map.of(
                                                "issuer",
                                                provider.issuer(),
                                                "client-id",
                                                OpenIdProvider.CLIENT,
                                                "client-secret",
                                                OpenIdProvider.SECRET,
                                                "name",
                                                "the Town Hall")))));
        betaToken = tenant("beta", Map.of("clients", List.of(client), "login", Map.of("database-users", true)));
    }

    @AfterAll
    static void stop() {
        server.close();
        provider.close();
    }

    private static String tenant(String name, Map<String, Object> settings) {
        var order = JsonObject.builder()
                .put("name", name)
                .put("definition", Map.of("settings", settings))
                .build();
        var made = server.send(server.admin(Request.post(server.at("/admin/v1/tenants"), order)));
        assertThat(made.status()).as(made.bodyText()).isEqualTo(201);
        return made.bodyObject().string("admin_token");
    }

    private static Response users(String path, String token, JsonObject user) {
        return server.send(
                Request.post(server.at(path + "/admin/v1/users"), user).with("Authorization", "Bearer " + token));
    }

    private URI begin(String tenant) {
        return Browser.location(browser.get(server.at(
                tenant + "/authorize?" + Browser.asking(Browser.REDIRECT).encoded())));
    }

    @Test
    @DisplayName("each has people of its own, added by its own admin interface")
    void users() {
        var user = JsonObject.of(Map.of("name", "anna", "password", "correct horse", "subject", "erika"));
        assertThat(users("/alpha", alphaToken, user).status()).isEqualTo(201);
        assertThat(users("/alpha", betaToken, user).status()).isEqualTo(401);

        assertThat(browser.signIn(begin("/beta"), "anna", "correct horse").status())
                .isEqualTo(403);
        assertThat(browser.signIn(begin(""), "anna", "correct horse").status()).isEqualTo(403);
        var page = begin("/alpha");
        assertThat(browser.signIn(page, "anna", "correct horse").status()).isEqualTo(303);
        assertThat(Browser.brought(browser.answer(page, "allow"))).isInstanceOf(AuthorizationResponse.Success.class);

        assertThat(removed("/beta", betaToken).status()).isEqualTo(404);
        assertThat(removed("", server.server().adminToken()).status()).isEqualTo(404);
        assertThat(removed("/alpha", alphaToken).status()).isEqualTo(204);
    }

    private static Response removed(String path, String token) {
        var address = server.at(path + "/admin/v1/users/anna");
        return server.send(new Request(
                "DELETE",
                address,
                Request.get(address).with("Authorization", "Bearer " + token).headers(),
                new byte[0],
                java.util.Optional.empty()));
    }

    @Test
    @DisplayName("each has OpenID Providers of its own")
    void providers() {
        assertThat(browser.get(begin("/beta")).bodyText()).doesNotContain("Town Hall");
        var page = begin("/alpha");
        assertThat(browser.get(page).bodyText()).contains("Sign in with the Town Hall");

        var there = Browser.location(browser.get(URI.create(page + "/provider/town")));
        var back = URI.create(browser.get(there).header("Location").orElseThrow());
        assertThat(provider.asked().value("redirect_uri"))
                .contains(server.server().address() + "/alpha/login/oauth2/code/town");
        // What the provider gave for one issuer is of no use at another.
        var elsewhere = URI.create(back.toString().replace("/alpha/", "/"));
        assertThat(browser.get(elsewhere).status()).isEqualTo(400);

        assertThat(Browser.location(browser.get(back))).isEqualTo(page);
        assertThat(browser.get(page).bodyText()).contains("Erika from elsewhere");
        assertThat(Browser.brought(browser.answer(page, "allow"))).isInstanceOf(AuthorizationResponse.Success.class);
    }

    @Test
    @DisplayName("a visit's cookie and form of one issuer lead nowhere at another")
    void visits() {
        var page = begin("/alpha");
        assertThat(browser.get(page).status()).isEqualTo(200);
        var elsewhere = URI.create(page.toString().replace("/alpha/", "/beta/"));
        assertThat(browser.get(elsewhere).status()).isEqualTo(400);
        var form = Form.empty().with("decision", "cancel").with("token", Browser.token(browser.get(page)));
        assertThat(browser.post(URI.create(elsewhere + "/answer"), form).status())
                .isEqualTo(400);
        assertThat(browser.answer(page, "cancel").status()).isIn(200, 303);
    }
}
