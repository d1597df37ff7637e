package dev.intaglio.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.server.IntaglioServer;
import dev.intaglio.server.RunningServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The offer's page in a real browser, without scripts. Screenshots are left in `target/screenshots`.
@Tag("chromium")
@DisplayName("The offer page")
class OfferPageTest {
    @TempDir
    private static Path data;

    private static RunningServer server;
    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void start() {
        server = IntaglioServer.start(Map.of("server.port", "0", "intaglio.data-directory", data.toString()));
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
    }

    @ParameterizedTest(name = "{0} ({1} x {2})")
    @CsvSource({"phone,390,844,LIGHT", "desktop,1280,900,LIGHT", "phone-dark,390,844,DARK"})
    @DisplayName("shows the card, the QR code and the link; the transaction code only when asked")
    void shows(String name, int width, int height, ColorScheme scheme) {
        var offer = offer();
        try (var context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setJavaScriptEnabled(false)
                .setLocale("en-US")
                .setColorScheme(scheme))) {
            var page = context.newPage();
            var failures = new ArrayList<String>();
            page.onRequestFailed(request -> failures.add(request.url()));
            var response = page.navigate(offer.string("page"));
            assertThat(response.status()).isEqualTo(200);

            assertThat(page.locator("svg[aria-label]").first().isVisible())
                    .as("QR code")
                    .isTrue();
            assertThat(page.locator("a[href^='openid-credential-offer:']")
                            .first()
                            .isVisible())
                    .as("deep link")
                    .isTrue();
            var code = page.locator("details");
            assertThat(page.locator("details .digits").isVisible())
                    .as("transaction code before it is asked for")
                    .isFalse();
            screenshot(page, name);
            code.locator("summary").click();
            assertThat(page.locator("details .digits").innerText().replaceAll("\\s", ""))
                    .isEqualTo(offer.string("tx_code"));
            screenshot(page, name + "-code");

            var overflow = page.locator("body")
                    .evaluate("body => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            assertThat(((Number) overflow).intValue())
                    .as("pixels that do not fit the width")
                    .isLessThanOrEqualTo(0);
            assertThat(failures).isEmpty();
        }
    }

    private static void screenshot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "screenshots", "offer-" + name + ".png"))
                .setFullPage(true));
    }

    private static JsonObject offer() {
        var wanted = JsonObject.builder()
                .put("subject", "erika")
                .put("configurations", List.of("eu.europa.ec.eudi.pid_vc_sd_jwt"))
                .put("tx_code", true)
                .build();
        var response = JdkTransport.create()
                .handle(Request.post(server.address().resolve("/admin/offers"), wanted)
                        .with("Authorization", "Bearer " + server.adminToken()));
        assertThat(response.status()).isEqualTo(201);
        return response.bodyObject();
    }
}
