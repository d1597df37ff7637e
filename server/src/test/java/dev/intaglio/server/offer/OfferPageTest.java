package dev.intaglio.server.offer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.offer.CreatedOffer;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.offer.CredentialOffer;
import dev.intaglio.protocol.offer.CredentialOfferUri;
import dev.intaglio.protocol.offer.QrCode;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.server.TestIssuer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfferPageTest {
    private static final Pattern GROUPED = Pattern.compile("class=\"digits\">([^<]+)<");

    @TempDir
    private static Path data;

    private static TestIssuer issuer;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.start(
                data, "intaglio.display[0].name", "Hochschule <Nord>", "intaglio.display[0].locale", "de");
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @Test
    @Requirement("HAIP-6")
    @DisplayName("shows who offers what, as link, as QR code, and what it can hold")
    void showsTheOffer() {
        var offer = issuer.offer(false);

        var page = show(offer, "en");

        assertThat(page)
                .contains("<html lang=\"en\"", "<main", "<h1>")
                .contains("Hochschule &lt;Nord&gt;")
                .contains("University diploma", "A degree and the courses that led to it", "Title of the degree")
                .contains("href=\"" + offer.string("link_by_reference") + "\"")
                .contains(QrCode.of(offer.string("link_by_reference")).svg())
                .contains("Open in wallet on this device")
                .contains("<time datetime=\"")
                .doesNotContain("Hochschule <Nord>")
                .doesNotContain("transaction code");
    }

    @Test
    @DisplayName("speaks of the credential in the reader's language, and says which that is")
    void readersLanguage() {
        var offer = issuer.offer(false);

        assertThat(show(offer, "de-AT, en;q=0.5")).contains("Hochschulzeugnis", "Familienname", "lang=\"de\"");
        assertThat(show(offer, "nl, fr;q=0.5")).contains("Diplôme universitaire", "lang=\"fr\"");
        assertThat(show(offer, "not a language")).contains("University diploma");
        assertThat(show(offer, "de"))
                .contains(
                        "<html lang=\"de\"",
                        "hat einen Nachweis für Sie",
                        "In der Wallet auf diesem Gerät öffnen",
                        "Uhr UTC am")
                .doesNotContain("wallet on", "What ");
        assertThat(show(offer, "fr")).contains("<html lang=\"fr\"", "Ouvrir dans le portefeuille");
    }

    @Test
    @DisplayName("is in the language its address asks for, whatever the browser likes")
    void uiLocales() {
        var offer = issuer.offer(false);
        var asked = issuer.send(Request.get(URI.create(offer.string("page") + "?ui_locales=de%20fr"))
                .with("Accept", "text/html")
                .with("Accept-Language", "en"));
        assertThat(asked.bodyText()).contains("<html lang=\"de\"");
    }

    @Test
    @DisplayName("keeps the Transaction Code apart, to be told by another way")
    @Requirement("CI-OFFER-13")
    void transactionCode() {
        var offer = issuer.offer(true);

        var page = show(offer, "en");

        var digits = GROUPED.matcher(page);
        assertThat(digits.find()).isTrue();
        assertThat(digits.group(1)).matches("\\d{3} \\d{3}");
        assertThat(digits.group(1).replace(" ", "")).isEqualTo(offer.string("tx_code"));
        assertThat(page.indexOf("<details>")).isBetween(0, digits.start());
        assertThat(page).doesNotContain(offer.string("tx_code"));
    }

    @Test
    @DisplayName("says that an offer was used, and shows no more of it")
    void redeemed() {
        var offer = issuer.offer(true);
        issuer.redeem(offer);

        var page = show(offer, "en");

        assertThat(page)
                .contains("This offer has been used", "University diploma")
                .doesNotContain("<svg", "openid-credential-offer:", "class=\"digits\"");
    }

    @Test
    @DisplayName("an offer whose time is over is expired, whether it was used or not, and shows no more of itself")
    void expired() {
        var offer = issuer.offer(true);
        var expiresAt = Instant.parse(offer.string("expires_at"));
        var created = new CreatedOffer(
                offer.object("offer").read(CredentialOffer::read),
                CredentialOfferUri.DEFAULT_ENDPOINT,
                URI.create(offer.string("credential_offer_uri")),
                "page",
                offer.optionalString("tx_code"),
                expiresAt,
                "offer");

        for (var pending : new boolean[] {true, false}) {
            var page = OfferPage.of(created, pending, expiresAt, Locale.ENGLISH);

            assertThat(page.state()).isEqualTo(OfferPage.State.EXPIRED);
            assertThat(List.of(page.link(), page.qrCode(), page.txCode())).containsOnly("");
        }
        assertThat(OfferPage.of(created, true, expiresAt.minusMillis(1), Locale.ENGLISH)
                        .state())
                .isEqualTo(OfferPage.State.OPEN);
    }

    @Test
    @DisplayName("says that there is no offer where there is none")
    void noSuchOffer() {
        var response = issuer.page("/offer/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.bodyText()).contains("There is no offer here");
    }

    @Test
    @DisplayName("the reference that wallets get opens no page")
    void referenceIsNotThePage() {
        var reference = issuer.offer(true).string("credential_offer_uri");

        var response = issuer.page("/offer/" + reference.substring(reference.lastIndexOf('/') + 1));

        assertThat(response.status()).isEqualTo(404);
    }

    @Test
    @DisplayName("neither runs nor loads anything that is not ours, and is neither kept nor told")
    void headers() {
        var response = issuer.page(URI.create(issuer.offer(true).string("page")).getRawPath());

        assertThat(response.header("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(response.header("Referrer-Policy")).contains("no-referrer");
        assertThat(response.header("Cache-Control")).contains("no-store");
        assertThat(response.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.header("Set-Cookie")).isEmpty();
        assertThat(response.bodyText()).doesNotContain(" style=", "<style", " onclick=");
    }

    @Test
    @DisplayName("several credentials have a card each, in colours of their own")
    void severalCredentials() {
        var offer = issuer.offer(JsonObject.builder()
                .put("subject", "erika")
                .put("configurations", List.of(TestIssuer.DIPLOMA, "employee_sd_jwt"))
                .build());

        var page = show(offer, "en");
        var styles = issuer.get("/assets/credentials.css").bodyText();

        assertThat(page).contains("2 credentials", "University diploma", "Employee badge");
        var classes = Pattern.compile("class=\"credential (credential-\\d+-\\d+)\"")
                .matcher(page)
                .results()
                .toList();
        assertThat(classes).hasSize(2).allSatisfy(found -> assertThat(styles).contains("." + found.group(1) + " {"));
    }

    @Test
    @DisplayName("codes are shown in groups that can be read out")
    void groups() {
        assertThat(OfferPage.grouped("1234")).isEqualTo("1234");
        assertThat(OfferPage.grouped("12345")).isEqualTo("123 45");
        assertThat(OfferPage.grouped("123456")).isEqualTo("123 456");
        assertThat(OfferPage.grouped("ABCDEFGH")).isEqualTo("ABCD EFGH");
    }

    private static String show(JsonObject offer, String languages) {
        var response = issuer.send(Request.get(URI.create(offer.string("page")))
                .with("Accept", "text/html")
                .with("Accept-Language", languages));
        assertThat(response.status()).isEqualTo(200);
        return response.bodyText();
    }
}
