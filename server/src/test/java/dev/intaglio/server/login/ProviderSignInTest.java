package dev.intaglio.server.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.oauth.AuthorizationResponse;
import dev.intaglio.server.TestIssuer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Signing in at an OpenID Provider")
class ProviderSignInTest {
    private static final String CLIENT = "spring.security.oauth2.client.";

    @TempDir
    private static Path data;

    private static OpenIdProvider provider;
    private static TestIssuer issuer;

    private final Browser browser = new Browser(issuer);

    @BeforeAll
    static void start() {
        provider = new OpenIdProvider();
        issuer = Browser.issuer(
                data,
                CLIENT + "registration.town.client-id",
                OpenIdProvider.CLIENT,
                CLIENT + "registration.town.client-secret",
                OpenIdProvider.SECRET,
                CLIENT + "registration.town.client-name",
                "the Town Hall",
                CLIENT + "registration.town.scope",
                "openid,profile",
                CLIENT + "provider.town.issuer-uri",
                provider.issuer(),
                "intaglio.login.subject-claim",
                "person_id");
    }

    @AfterAll
    static void stop() {
        issuer.close();
        provider.close();
    }

    @AfterEach
    void honest() {
        provider.claims(UnaryOperator.identity());
        provider.refusing(false);
        provider.stolen(false);
    }

    /// Goes to the provider, and returns where it sends the browser back to.
    private URI backFromProvider(URI page) {
        var there = Browser.location(browser.get(URI.create(page + "/provider/town")));
        assertThat(there.toString()).startsWith(provider.issuer() + "/authorize?");
        var answer = browser.get(there);
        assertThat(answer.status()).isEqualTo(302);
        return URI.create(answer.header("Location").orElseThrow());
    }

    private Response back(URI page) {
        return browser.get(backFromProvider(page));
    }

    @Test
    @DisplayName(
            "the page offers all ways; who comes back from the provider is asked, and gets a code for the subject of the claim")
    void wholeWay() {
        var page = browser.begin();
        assertThat(browser.get(page).bodyText()).contains("Sign in with the Town Hall", "type=\"password\"");

        assertThat(Browser.location(back(page))).isEqualTo(page);

        assertThat(provider.asked().value("scope")).contains("openid profile");
        assertThat(provider.asked().value("code_challenge_method")).contains("S256");
        assertThat(provider.asked().value("redirect_uri"))
                .contains(issuer.server().address() + "/login/oauth2/code/town");
        assertThat(browser.get(page).bodyText()).contains("Erika from elsewhere");
        assertThat(Browser.brought(browser.answer(page, "allow"))).isInstanceOf(AuthorizationResponse.Success.class);
    }

    @Test
    @DisplayName("an ID Token with another nonce, issuer, audience or key signs nobody in, and the request waits on")
    void falseIdTokens() {
        for (var wrong : Map.of("nonce", "x", "iss", "https://other.example", "aud", "another", "exp", 1_000_000)
                .entrySet()) {
            provider.claims(claims -> claims.with(wrong.getKey(), wrong.getValue()));
            assertNotSignedIn(browser.begin());
        }
        honest();
        provider.stolen(true);
        var page = browser.begin();
        assertNotSignedIn(page);
        honest();
        assertThat(Browser.location(back(page))).isEqualTo(page);
    }

    @Test
    @DisplayName("nobody is signed in without the claim that gives the subject")
    void withoutSubject() {
        provider.claims(claims -> claims.without("person_id"));
        assertNotSignedIn(browser.begin());
    }

    @Test
    @DisplayName("whoever gives up at the provider may choose again, or cancel")
    void givesUp() {
        provider.refusing(true);
        var page = browser.begin();
        assertNotSignedIn(page);
        assertThat(Browser.brought(browser.answer(page, "cancel"))).isInstanceOf(AuthorizationResponse.Failure.class);
    }

    @Test
    @DisplayName("a provider's answer is of no use in another browser, with another state, or twice")
    void answersAreBound() {
        var page = browser.begin();
        var back = backFromProvider(page);
        var stranger = new Browser(issuer);
        assertThat(stranger.get(back).status()).isEqualTo(400);
        var form = Form.empty().with("code", "the-code").with("state", "another");
        assertThat(browser.get(issuer.at("/login/oauth2/code/town?" + form.encoded()))
                        .status())
                .isEqualTo(400);

        assertThat(Browser.location(browser.get(back))).isEqualTo(page);
        assertThat(browser.get(back).status()).isEqualTo(400);
    }

    @Test
    @DisplayName("a provider that does not exist, or does not answer, leaves the other ways")
    void unreachable() {
        var page = browser.begin();
        var answer = browser.get(URI.create(page + "/provider/nowhere"));
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.bodyText()).contains("Signing in there did not work", "type=\"password\"");
    }

    private void assertNotSignedIn(URI page) {
        var answer = back(page);
        assertThat(answer.status()).as(answer.bodyText()).isEqualTo(403);
        assertThat(answer.bodyText()).contains("Signing in there did not work");
        assertThat(browser.get(page).bodyText()).contains("type=\"password\"").doesNotContain("Erika");
    }
}
