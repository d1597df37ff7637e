package dev.intaglio.server.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Headers;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.oauth.AuthorizationResponse;
import dev.intaglio.protocol.oauth.PushedAuthorizationResponse;
import dev.intaglio.server.TestIssuer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What the authorization endpoint may not tell the wallet")
class AuthorizationErrorPagesTest {
    @TempDir
    private static Path data;

    private static TestIssuer issuer;

    private final Browser browser = new Browser(issuer);

    @BeforeAll
    static void start() {
        issuer = Browser.issuer(data);
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @ParameterizedTest
    @CsvSource({
        "client_id,stranger,invalid_client,This wallet is not known here",
        "client_id,'',invalid_request,The wallet’s request has a mistake",
        "redirect_uri,https://evil.example/cb,invalid_request,The wallet’s request has a mistake",
        "redirect_uri,'',invalid_request,The wallet’s request has a mistake",
        "request_uri,urn:ietf:params:oauth:request_uri:none,invalid_request_uri,This link is no longer good"
    })
    @DisplayName("is told the person in a page, with the code and the request's number, and a program in JSON")
    void toldToThePerson(String parameter, String value, String code, String title) {
        var query = Browser.asking(Browser.REDIRECT).with(parameter, value);

        var page = browser.authorize(query);
        var json = issuer.get("/authorize?" + query.encoded());

        assertPage(page, code, title);
        assertThat(json.status()).isEqualTo(400);
        assertThat(json.mediaType()).isEqualTo("application/json");
        assertThat(json.bodyObject().string("error")).isEqualTo(code);
    }

    @Test
    @DisplayName(
            "a pushed request can be opened again until it has its answer; after that the wallet is told, not the person")
    void usedRequestUri() {
        var query = pushed();
        browser.begin(query);
        var page = browser.signedIn(query);
        browser.answer(page, "allow");

        var failure = (AuthorizationResponse.Failure) Browser.brought(browser.authorize(query));
        assertThat(failure.error()).isEqualTo("invalid_request_uri");
    }

    @Test
    @DisplayName("everything else goes to the wallet by redirect, and no page is shown")
    void redirectsWhereItMay() {
        var query = Browser.asking(Browser.REDIRECT).with("scope", "unheard-of");

        var where = Browser.location(browser.authorize(query));

        assertThat(where.toString()).startsWith(Browser.REDIRECT);
        var failure = (AuthorizationResponse.Failure) AuthorizationResponse.read(Form.read(where.getRawQuery()));
        assertThat(failure.error()).isEqualTo("invalid_scope");
        assertThat(browser.cookies()).isEmpty();
    }

    @Test
    @DisplayName("the page speaks the reader's language")
    void language() {
        var page = browser.speaking("de")
                .authorize(Browser.asking(Browser.REDIRECT).with("client_id", "stranger"));

        assertThat(page.bodyText()).contains("<html lang=\"de\"", "Diese Wallet ist hier nicht bekannt");
    }

    @Test
    @DisplayName("scripts of other origins get nothing from the authorization endpoint (RFC 9700, section 2.6)")
    void noCrossOrigin() {
        var address = issuer.at("/authorize?" + Browser.asking(Browser.REDIRECT).encoded());
        var preflight = new Request("OPTIONS", address, issuerHeaders(), new byte[0], Optional.empty());

        assertThat(issuer.send(Request.get(address)).header("Access-Control-Allow-Origin"))
                .isEmpty();
        assertThat(issuer.send(preflight).header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    @DisplayName("an address that is no interaction's, and a page that is not there, are pages too")
    void otherPages() {
        assertPage(
                browser.get(issuer.at("/login/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
                "invalid_request",
                "This page belongs to another browser");
        var missing = browser.get(issuer.at("/nowhere"));
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.bodyText()).contains("There is nothing here");
    }

    private Form pushed() {
        var response = issuer.send(Request.post(issuer.at("/par"), Browser.asking(Browser.REDIRECT)));
        var requestUri =
                response.bodyObject().read(PushedAuthorizationResponse::read).requestUri();
        return Form.empty().with("client_id", Browser.CLIENT).with("request_uri", requestUri);
    }

    private static Headers issuerHeaders() {
        return Headers.of("Origin", "https://other.example").with("Access-Control-Request-Method", "GET");
    }

    private static void assertPage(Response page, String code, String title) {
        assertThat(page.status()).as(page.bodyText()).isEqualTo(400);
        assertThat(page.mediaType()).isEqualTo("text/html");
        assertThat(page.bodyText())
                .contains("<h1>" + title, code, page.header("X-Request-Id").orElseThrow())
                .doesNotContain("??", "evil.example", "stranger");
        assertThat(page.header("Content-Security-Policy").orElseThrow()).contains("form-action");
        assertThat(page.header("Cache-Control")).contains("no-store");
    }
}
