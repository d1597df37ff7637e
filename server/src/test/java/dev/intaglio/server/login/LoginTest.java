package dev.intaglio.server.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.AuthorizationResponse;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.protocol.offer.CredentialOffer;
import dev.intaglio.protocol.offer.Grants;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.server.TestIssuer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Signing in and consent")
class LoginTest {
    @TempDir
    private static Path data;

    private static TestIssuer issuer;

    private final Browser browser = new Browser(issuer);

    @BeforeAll
    static void start() {
        issuer = Browser.issuer(data, "intaglio.login.tries-per-address", "1000");
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    private static URI sub(URI page, String step) {
        return URI.create(page + "/" + step);
    }

    @Test
    @Requirement({"AS-AUTHZ-8", "CI-META-32"})
    @DisplayName("who signs in and agrees sends a code to the wallet, good for a token about that person")
    void wholeWay() {
        var page = browser.signedIn(Browser.asking(Browser.REDIRECT));
        var consent = browser.get(page);
        assertThat(consent.status()).isEqualTo(200);
        assertThat(consent.bodyText())
                .contains("Nordwallet &lt;2&gt;", "wallet.example", "Erika Mustermann", "Personal ID", "Family name")
                .doesNotContain("Nordwallet <2>", "did not check");

        var success = (AuthorizationResponse.Success) Browser.brought(browser.answer(page, "allow"));

        assertThat(success.state()).contains("s&t");
        assertThat(success.issuer()).contains(issuer.server().issuer().toString());
        var token = issuer.send(Request.post(
                issuer.at("/token"),
                Form.empty()
                        .with("grant_type", "authorization_code")
                        .with("client_id", Browser.CLIENT)
                        .with("code", success.code())
                        .with("redirect_uri", Browser.REDIRECT)
                        .with("code_verifier", Browser.VERIFIER)));
        assertThat(token.status()).as(token.bodyText()).isEqualTo(200);
        assertThat(token.bodyObject().read(TokenResponse::read).accessToken()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Requirement({"AS-AUTHZ-5", "AS-AUTHZ-6"})
    @DisplayName("whoever cancels, before or after signing in, tells the wallet access_denied with state and iss")
    void cancels(boolean signedIn) {
        var page = signedIn ? browser.signedIn(Browser.asking(Browser.REDIRECT)) : browser.begin();

        var failure = (AuthorizationResponse.Failure) Browser.brought(browser.answer(page, "cancel"));

        assertThat(failure.error()).isEqualTo("access_denied");
        assertThat(failure.state()).contains("s&t");
        assertThat(failure.issuer()).contains(issuer.server().issuer().toString());
    }

    @ParameterizedTest
    @CsvSource({"com.example.wallet:/cb,com.example.wallet:", "http://127.0.0.1:4711/cb,http://127.0.0.1:4711"})
    @DisplayName(
            "an app and a listener on the device are reached by a redirect that the form's policy allows, and no other")
    void redirectsToApps(String redirectUri, String source) {
        var page = browser.signedIn(Browser.asking(redirectUri));
        assertThat(browser.get(page).header("Content-Security-Policy").orElseThrow())
                .contains("form-action 'self' " + source + ";");

        assertThat(Browser.location(browser.answer(page, "allow")).toString()).startsWith(redirectUri + "?code=");
    }

    @Test
    @DisplayName(
            "a web site is reached by a page that goes on by itself, since browsers hold forms to every hop after them")
    void goesOnToSites() {
        var page = browser.signedIn(Browser.asking(Browser.REDIRECT));
        assertThat(browser.get(page).header("Content-Security-Policy").orElseThrow())
                .contains("form-action 'self';");

        var answer = browser.answer(page, "allow");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bodyText()).contains("href=\"" + Browser.REDIRECT + "?code=", "&amp;iss=");
        assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
    }

    @Test
    @DisplayName("a wrong password, a wrong name and an empty one get the same words, and the request waits on")
    void wrongPassword() {
        var page = browser.begin();

        for (var wrong : new String[][] {{"erika.m", "wrong"}, {"nobody", Browser.PASSWORD}, {"", ""}}) {
            var answer = browser.signIn(page, wrong[0], wrong[1]);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.bodyText()).contains("do not belong together", "role=\"alert\"");
        }

        assertThat(browser.get(page).bodyText()).contains("type=\"password\"");
        assertThat(Browser.location(browser.signIn(page, "erika.m", Browser.PASSWORD)))
                .isEqualTo(page);
    }

    @Test
    @DisplayName("nothing is approved before somebody has signed in")
    void noConsentWithoutSigningIn() {
        var page = browser.begin();

        assertRefused(browser.answer(page, "allow"), "This form is out of date");

        assertThat(browser.get(page).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("a form without the token of this visit, or with that of the step before, does nothing")
    void formTokens() {
        var page = browser.begin();
        var before = Browser.token(browser.get(page));
        var form = Form.empty().with("name", "erika.m").with("password", Browser.PASSWORD);
        assertRefused(browser.post(sub(page, "password"), form), "This form is out of date");
        assertRefused(browser.post(sub(page, "password"), form.with("token", "x")), "This form is out of date");
        assertRefused(
                browser.post(sub(page, "answer"), Form.empty().with("decision", "cancel")), "This form is out of date");

        browser.signIn(page, "erika.m", Browser.PASSWORD);

        var answer = Form.empty().with("decision", "allow");
        assertRefused(browser.post(sub(page, "answer"), answer.with("token", before)), "This form is out of date");
        assertRefused(browser.post(sub(page, "answer"), answer), "This form is out of date");
        assertThat(Browser.brought(browser.answer(page, "allow"))).isInstanceOf(AuthorizationResponse.Success.class);
    }

    @Test
    @DisplayName("an interaction can be seen, signed in for and answered by the browser that came with it alone")
    void otherBrowsers() {
        var page = browser.signedIn(Browser.asking(Browser.REDIRECT));
        var token = Browser.token(browser.get(page));
        var stranger = new Browser(issuer);

        assertRefused(stranger.get(page), "This page belongs to another browser");
        assertRefused(
                stranger.post(
                        sub(page, "answer"),
                        Form.empty().with("decision", "allow").with("token", token)),
                "This page belongs to another browser");

        // Nor does the cookie of one interaction open another, under whatever name.
        var own = stranger.begin();
        assertRefused(stranger.get(page), "This page belongs to another browser");
        browser.cookies().forEach((name, value) -> {
            var ownName = stranger.cookies().keySet().iterator().next();
            stranger.cookies().put(ownName, value);
        });
        assertRefused(stranger.get(own), "This page belongs to another browser");
        assertThat(browser.get(page).bodyText()).contains("Erika Mustermann");
    }

    @Test
    @DisplayName("a cookie that was changed, or that somebody else made, is none")
    void forgedCookies() {
        var page = browser.begin();
        var name = browser.cookies().keySet().iterator().next();
        var value = browser.cookies().get(name);
        var flipped = (value.charAt(20) == 'A' ? 'B' : 'A');

        for (var forged : new String[] {"", "x", value.substring(0, 20) + flipped + value.substring(21), "e30"}) {
            browser.cookies().put(name, forged);
            assertRefused(browser.get(page), "This page belongs to another browser");
        }
    }

    @Test
    @DisplayName("the cookie is for this site's pages alone, out of reach of scripts and of other sites' forms")
    void cookie() {
        var cookie = browser.authorize(Browser.asking(Browser.REDIRECT))
                .header("Set-Cookie")
                .orElseThrow();

        assertThat(cookie).contains("Path=/", "HttpOnly", "SameSite=Lax").doesNotContain("Secure");
    }

    @Test
    @DisplayName("signing in changes the cookie and the form token: one that was planted before is worth nothing after")
    void noFixation() {
        var page = browser.begin();
        var planted = new Browser(issuer);
        planted.cookies().putAll(browser.cookies());
        browser.signIn(page, "erika.m", Browser.PASSWORD);

        assertThat(planted.cookies()).isNotEqualTo(browser.cookies());
        assertThat(planted.get(page).bodyText()).contains("type=\"password\"").doesNotContain("Erika");
        assertRefused(planted.answer(page, "allow"), "This form is out of date");
    }

    @Test
    @DisplayName("an answer counts once: whoever goes back is told, in this window and in another one")
    void answersOnce() {
        var page = browser.signedIn(Browser.asking(Browser.REDIRECT));
        var token = Browser.token(browser.get(page));
        var copy = new Browser(issuer);
        copy.cookies().putAll(browser.cookies());
        browser.answer(page, "allow");
        var again = Form.empty().with("decision", "allow").with("token", token);

        assertRefused(browser.post(sub(page, "answer"), again), "You have answered already");
        assertRefused(browser.get(page), "You have answered already");
        assertRefused(copy.post(sub(page, "answer"), again), "This took too long");
        assertRefused(copy.get(page), "This took too long");
    }

    @Test
    @Requirement("AS-AUTHZ-3")
    @DisplayName("the consent page says that the wallet takes up an offer, and says nothing of one if there is none")
    void offered() {
        var offer = issuer.offer(JsonObject.builder()
                .put("grant", "authorization_code")
                .put("configurations", List.of("eu.europa.ec.eudi.pid_vc_sd_jwt"))
                .build());
        var state = offer.object("offer").read(CredentialOffer::read).grants().authorizationCode();
        var asking = Browser.asking(Browser.REDIRECT)
                .with("issuer_state", state.flatMap(Grants.AuthorizationCode::issuerState));

        assertThat(browser.get(browser.signedIn(asking)).bodyText()).contains("has made an offer");
        assertThat(browser.get(browser.signedIn(Browser.asking(Browser.REDIRECT)))
                        .bodyText())
                .doesNotContain("has made an offer");
    }

    @Test
    @DisplayName("whoever is signed in as somebody else can sign in again")
    void somebodyElse() {
        var page = browser.signedIn(Browser.asking(Browser.REDIRECT));

        assertThat(Browser.location(browser.answer(page, "other"))).isEqualTo(page);

        assertThat(browser.get(page).bodyText()).contains("type=\"password\"").doesNotContain("Erika");
    }

    @Test
    @DisplayName("two requests in one browser do not disturb each other, and many do not pile up")
    void severalVisits() {
        var first = browser.signedIn(Browser.asking(Browser.REDIRECT));
        var second = browser.begin();

        assertThat(browser.get(first).bodyText()).contains("Erika Mustermann");
        assertThat(browser.get(second).bodyText()).contains("type=\"password\"");
        for (var i = 0; i < 20; i++) {
            browser.begin();
        }
        assertThat(browser.cookies()).hasSizeLessThanOrEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"de-AT,de,Anmelden,Stimmen Sie zu?,Zustimmen", "fr,fr,Se connecter,Êtes-vous d’accord,Accepter"})
    @DisplayName("the pages speak the reader's language, and say which that is")
    void languages(String accept, String lang, String signIn, String heading, String allow) {
        browser.speaking(accept);
        var page = browser.begin();
        assertThat(browser.get(page).bodyText()).contains("<html lang=\"" + lang + "\"", signIn);
        browser.signIn(page, "erika.m", Browser.PASSWORD);
        assertThat(browser.get(page).bodyText()).contains(heading, allow).doesNotContain("??");
    }

    @Test
    @DisplayName("the pages run and load nothing that is not ours, are not framed, kept or told to anybody")
    void headers() {
        var page = browser.get(browser.begin());

        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
                .doesNotContain("unsafe");
        assertThat(page.header("Referrer-Policy")).contains("no-referrer");
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(page.bodyText()).doesNotContain(" style=", "<style", " onclick=");
    }

    private static void assertRefused(Response response, String title) {
        assertThat(response.status()).as(response.bodyText()).isEqualTo(400);
        assertThat(response.bodyText()).contains("<h1>" + title, "invalid_request");
        assertThat(response.bodyText()).contains(response.header("X-Request-Id").orElseThrow());
        assertThat(response.header("Location")).isEmpty();
        assertThat(response.header("Content-Security-Policy")).isPresent();
    }
}
