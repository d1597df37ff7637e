package dev.intaglio.server.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Headers;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.AuthorizationResponse;
import dev.intaglio.server.TestIssuer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

@DisplayName("The ways to sign in")
class LoginSettingsTest {
    private static final String USER = "intaglio.login.users[0].";

    @TempDir
    private Path data;

    @Test
    @DisplayName("without any, there is no authorization code flow and no page")
    void none() {
        try (var issuer = TestIssuer.start(data)) {
            assertThat(issuer.get("/.well-known/oauth-authorization-server")
                            .bodyObject()
                            .has("authorization_endpoint"))
                    .isFalse();
            assertThat(issuer.page("/authorize").status()).isEqualTo(404);
            assertThat(issuer.page("/login/x").status()).isEqualTo(404);
        }
    }

    @Test
    @DisplayName("with auto-approve nobody is asked")
    void autoApprove() {
        try (var issuer = Browser.issuer(data, "intaglio.login.auto-approve", "erika")) {
            var where = new Browser(issuer).begin();
            assertThat(where.toString()).startsWith(Browser.REDIRECT + "?code=");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://issuer.example,{noop}secret,{noop}",
        "https://issuer.example,secret,{argon2}",
        "http://127.0.0.1:1,{md5}secret,{argon2}",
        "http://127.0.0.1:1,{bcrypt},{bcrypt}"
    })
    @DisplayName("a password that is not kept as it should be stops the start, without being named")
    void badHashes(String identifier, String password, String named) {
        assertThatThrownBy(() -> TestIssuer.start(
                        data,
                        "intaglio.issuer",
                        identifier,
                        "server.address",
                        "127.0.0.1",
                        USER + "name",
                        "erika",
                        USER + "password",
                        password))
                .rootCause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'erika' of intaglio.login.users")
                .hasMessageContaining(named)
                .hasMessageNotContaining("secret");
    }

    @Test
    @DisplayName("hashes of bcrypt and argon2 are checked, and over TLS the cookie is the host's own and secure")
    void hashes() {
        var argon2 = new PasswordHashes().hash(Browser.PASSWORD);
        assertThat(argon2).startsWith("{argon2}");
        try (var issuer = Browser.issuer(
                data,
                "intaglio.issuer",
                "https://issuer.example/tenant",
                "server.address",
                "127.0.0.1",
                USER + "password",
                "{bcrypt}" + new BCryptPasswordEncoder(4).encode(Browser.PASSWORD),
                "intaglio.login.users[1].name",
                "max",
                "intaglio.login.users[1].password",
                argon2)) {
            for (var name : new String[] {"erika.m", "max"}) {
                var answer = issuer.send(Request.get(issuer.at("/tenant/authorize?"
                                + Browser.asking(Browser.REDIRECT).encoded()))
                        .with("Accept", "text/html"));
                var page = issuer.at(Browser.location(answer).getRawPath());
                var cookie = answer.header("Set-Cookie").orElseThrow();
                assertThat(cookie)
                        .startsWith("__Host-")
                        .contains("; Path=/;", "; Secure", "; HttpOnly", "SameSite=Lax");
                var pair = cookie.substring(0, cookie.indexOf(';'));
                var form = issuer.send(Request.get(page).with("Cookie", pair));
                assertThat(form.bodyText()).contains("action=\"" + page.getRawPath() + "/password\"");

                assertThat(submit(issuer, page, pair, form, name, "wrong").status())
                        .isEqualTo(403);
                assertThat(submit(issuer, page, pair, form, name, Browser.PASSWORD)
                                .status())
                        .isEqualTo(303);
            }
        }
    }

    private static Response submit(
            TestIssuer issuer, URI page, String cookie, Response form, String name, String password) {
        var fields = Form.empty()
                .with("token", Browser.token(form))
                .with("name", name)
                .with("password", password);
        return issuer.send(Request.post(URI.create(page + "/password"), fields).with("Cookie", cookie));
    }

    @Test
    @DisplayName("users are added to the database by the administrator, once, and removed; none has its password told")
    void databaseUsers() {
        try (var issuer = Browser.issuer(data, "intaglio.login.database-users", "true")) {
            var browser = new Browser(issuer);
            var order = JsonObject.builder()
                    .put("name", "max")
                    .put("password", "a long password")
                    .put("subject", "max-subject")
                    .put("display_name", "Max Mustermann")
                    .build();
            assertThat(issuer.send(Request.post(issuer.at("/admin/users"), order))
                            .status())
                    .isEqualTo(401);

            var added = add(issuer, order);
            assertThat(added.status()).as(added.bodyText()).isEqualTo(201);
            assertThat(added.bodyText()).doesNotContain("a long password");
            assertThat(add(issuer, order).status()).isEqualTo(409);
            assertThat(add(issuer, order.with("name", "erika.m")).status()).isEqualTo(409);
            for (var wrong : new JsonObject[] {
                order.with("password", "short"),
                order.without("subject"),
                order.with("name", " max"),
                order.with("pasword", "a long password")
            }) {
                var refused = add(issuer, wrong);
                assertThat(refused.status()).isEqualTo(400);
                assertThat(refused.bodyText()).doesNotContain("a long password");
            }

            var page = browser.begin();
            assertThat(browser.signIn(page, "max", "wrong").status()).isEqualTo(403);
            browser.signIn(page, "max", "a long password");
            assertThat(browser.get(page).bodyText()).contains("Max Mustermann");
            assertThat(Browser.brought(browser.answer(page, "allow")))
                    .isInstanceOf(AuthorizationResponse.Success.class);

            assertThat(remove(issuer, "max").status()).isEqualTo(204);
            assertThat(remove(issuer, "max").status()).isEqualTo(404);
            assertThat(browser.signIn(browser.begin(), "max", "a long password").status())
                    .isEqualTo(403);
        }
    }

    private static Response add(TestIssuer issuer, JsonObject order) {
        return issuer.send(issuer.admin(Request.post(issuer.at("/admin/users"), order)));
    }

    private static Response remove(TestIssuer issuer, String name) {
        return issuer.send(issuer.admin(new Request(
                "DELETE", issuer.at("/admin/users/" + name), Headers.none(), new byte[0], Optional.empty())));
    }

    @Test
    @DisplayName(
            "too many wrong passwords for one name are told so, the right one too, and other names are not held up")
    void tooManyTries() {
        try (var issuer = Browser.issuer(
                data,
                "intaglio.login.tries",
                "2",
                USER.replace('0', '1') + "name",
                "max",
                USER.replace('0', '1') + "password",
                "{noop}" + Browser.PASSWORD)) {
            var browser = new Browser(issuer);
            var page = browser.begin();
            browser.signIn(page, "erika.m", "wrong");
            browser.signIn(page, "Erika.M ", "wrong");

            var held = browser.signIn(page, "erika.m", Browser.PASSWORD);

            assertThat(held.status()).isEqualTo(429);
            assertThat(held.bodyText()).contains("too many wrong tries", "10 minutes");
            assertThat(Integer.parseInt(held.header("Retry-After").orElseThrow()))
                    .isBetween(1, 601);
            var another = new Browser(issuer);
            assertThat(another.signIn(another.begin(), "erika.m", Browser.PASSWORD)
                            .status())
                    .isEqualTo(429);
            assertThat(Browser.location(browser.signIn(page, "max", Browser.PASSWORD)))
                    .isEqualTo(page);
        }
    }
}
