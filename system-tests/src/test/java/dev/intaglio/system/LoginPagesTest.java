package dev.intaglio.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.oauth.AuthorizationResponse;
import dev.intaglio.protocol.oauth.Pkce;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.server.IntaglioServer;
import dev.intaglio.server.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Signing in and consent in a real browser, without scripts, with a wallet that listens on this machine. Screenshots are left
/// in `target/screenshots`.
@Tag("chromium")
@DisplayName("The sign-in and consent pages")
class LoginPagesTest {
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String PASSWORD = "correct horse";

    @TempDir
    private static Path data;

    private static HttpServer wallet;
    private static RunningServer server;
    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        wallet = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        wallet.createContext("/cb", exchange -> {
            try (exchange) {
                var body = "The wallet has it.".getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/plain");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        wallet.start();
        server = IntaglioServer.start(Map.ofEntries(
                Map.entry("server.port", "0"),
                Map.entry("intaglio.data-directory", data.toString()),
                Map.entry("intaglio.display[0].name", "City of Northport"),
                Map.entry("intaglio.clients[0].client-id", "northwallet"),
                Map.entry("intaglio.clients[0].name", "Northwallet"),
                Map.entry("intaglio.clients[0].redirect-uris[0]", "http://127.0.0.1/cb"),
                Map.entry("intaglio.login.users[0].name", "erika"),
                Map.entry("intaglio.login.users[0].password", "{noop}" + PASSWORD),
                Map.entry("intaglio.login.users[0].display-name", "Erika Mustermann"),
                Map.entry("spring.security.oauth2.client.registration.town.client-id", "intaglio"),
                Map.entry("spring.security.oauth2.client.registration.town.client-name", "the town’s citizen account"),
                Map.entry("spring.security.oauth2.client.provider.town.issuer-uri", "https://town.example")));
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(
                                Optional.ofNullable(System.getenv("CHROMIUM")).orElse("/usr/bin/chromium")))
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    @AfterAll
    static void stop() {
        browser.close();
        playwright.close();
        server.close();
        wallet.stop(0);
    }

    @ParameterizedTest(name = "{0} ({1} x {2}, {4})")
    @CsvSource({
        "phone,390,844,LIGHT,de-DE,Anmelden,Zustimmen",
        "desktop,1280,900,LIGHT,en-US,Sign in,Allow",
        "desktop-dark,1280,900,DARK,fr-FR,Se connecter,Accepter",
        "phone-dark,390,844,DARK,en-US,Sign in,Allow"
    })
    @Requirement("AS-AUTHZ-8")
    @DisplayName("lead from the wallet's request over a wrong and a right password and consent back to the wallet")
    void wholeWay(String name, int width, int height, ColorScheme scheme, String locale, String signIn, String allow) {
        try (var context = context(width, height, scheme, locale)) {
            var page = context.newPage();
            page.navigate(request());
            screenshot(page, name + "-sign-in");
            fill(page, "wrong");
            page.getByText(signIn, new Page.GetByTextOptions().setExact(true))
                    .last()
                    .click();
            assertThat(page.locator("[role=alert]").isVisible()).isTrue();
            screenshot(page, name + "-wrong");
            fill(page, PASSWORD);
            page.locator("form.fields button").click();

            assertThat(page.getByText("Erika Mustermann").isVisible()).isTrue();
            assertThat(page.getByText("Northwallet", new Page.GetByTextOptions().setExact(true))
                            .first()
                            .isVisible())
                    .isTrue();
            screenshot(page, name + "-consent");
            page.getByText(allow, new Page.GetByTextOptions().setExact(true)).click();
            page.waitForURL(address -> address.startsWith(walletAddress()));

            assertThat(answer(page)).isInstanceOf(AuthorizationResponse.Success.class);
            page.goBack();
            screenshot(page, name + "-answered");
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    @Requirement("AS-AUTHZ-5")
    @DisplayName("can be cancelled before and after signing in, which the wallet is told")
    void cancel(boolean signedIn) {
        try (var context = context(390, 844, ColorScheme.LIGHT, "en-US")) {
            var page = context.newPage();
            page.navigate(request());
            if (signedIn) {
                fill(page, PASSWORD);
                page.locator("form.fields button").click();
            }
            page.getByText("Cancel", new Page.GetByTextOptions().setExact(true)).click();
            page.waitForURL(address -> address.startsWith(walletAddress()));

            var failure = (AuthorizationResponse.Failure) answer(page);
            assertThat(failure.error()).isEqualTo("access_denied");
            assertThat(failure.state()).contains("state");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "unknown-wallet,northwallet,southwallet,en-US,This wallet is not known here",
        "wrong-request,127.0.0.1,127.0.0.2,de-DE,Die Anfrage der Wallet hat einen Fehler"
    })
    @DisplayName("say in plain words what may not be told to the wallet")
    void refusals(String name, String right, String wrong, String locale, String title) {
        try (var context = context(390, 844, ColorScheme.LIGHT, locale)) {
            var page = context.newPage();
            var address = request();
            var query = address.indexOf('?');
            var response = page.navigate(
                    address.substring(0, query) + address.substring(query).replace(right, wrong));

            assertThat(response.status()).isEqualTo(400);
            assertThat(page.locator("h1").innerText()).isEqualTo(title);
            screenshot(page, name);
        }
    }

    @Test
    @DisplayName("belong to the browser that the wallet opened")
    void anotherBrowser() {
        try (var context = context(1280, 900, ColorScheme.LIGHT, "en-US");
                var other = context(1280, 900, ColorScheme.LIGHT, "en-US")) {
            var page = context.newPage();
            page.navigate(request());
            var stranger = other.newPage();
            var response = stranger.navigate(page.url());

            assertThat(response.status()).isEqualTo(400);
            assertThat(stranger.locator("h1").innerText()).isEqualTo("This page belongs to another browser");
            screenshot(stranger, "elsewhere");
        }
    }

    private static BrowserContext context(int width, int height, ColorScheme scheme, String locale) {
        return browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setJavaScriptEnabled(false)
                .setLocale(locale)
                .setColorScheme(scheme));
    }

    private static void fill(Page page, String password) {
        page.locator("#name").fill("erika");
        page.locator("#password").fill(password);
    }

    private static String walletAddress() {
        return "http://127.0.0.1:" + wallet.getAddress().getPort() + "/cb";
    }

    private static String request() {
        return server.address()
                + "/authorize?"
                + Form.empty()
                        .with("response_type", "code")
                        .with("client_id", "northwallet")
                        .with("redirect_uri", walletAddress())
                        .with("scope", "eu.europa.ec.eudi.pid_vc_sd_jwt")
                        .with("state", "state")
                        .with("code_challenge", Pkce.challenge(VERIFIER))
                        .with("code_challenge_method", Pkce.S256)
                        .encoded();
    }

    private static AuthorizationResponse answer(Page page) {
        assertThat(page.content()).contains("The wallet has it.");
        return AuthorizationResponse.read(Form.read(URI.create(page.url()).getRawQuery()));
    }

    private static void screenshot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "screenshots", "login-" + name + ".png"))
                .setFullPage(true));
        var overflow = page.locator("body")
                .evaluate("body => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) overflow).intValue())
                .as("pixels that do not fit the width of " + name)
                .isLessThanOrEqualTo(0);
    }
}
