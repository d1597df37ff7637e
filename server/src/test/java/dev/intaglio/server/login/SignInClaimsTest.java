package dev.intaglio.server.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.AuthorizationResponse;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.server.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Claims of a sign-in and of an offer, in credentials")
class SignInClaimsTest {
    private static final String CLIENT = "spring.security.oauth2.client.";

    @TempDir
    private static Path data;

    private static OpenIdProvider provider;
    private static TestIssuer issuer;

    private final Browser browser = new Browser(issuer);

    @BeforeAll
    static void start() throws IOException {
        provider = new OpenIdProvider();
        var definitions = Files.createDirectories(data.resolve("credentials"));
        Files.writeString(definitions.resolve("membership.yaml"), """
                id: membership
                display: [{locale: en, name: Membership}]
                claims:
                  - {path: [member], mandatory: true, sd: never}
                  - {path: [home, town], sd: never}
                  - {path: [groups], sd: never}
                formats:
                  dc+sd-jwt: {configuration_id: membership_sd_jwt, scope: membership, vct: "urn:example:membership"}
                binding: false
                source:
                  login: {member: name, home.town: address.locality, groups: groups}
                """);
        issuer = Browser.issuer(
                data,
                "intaglio.credentials",
                definitions.toString(),
                "intaglio.login.users[0].claims.name",
                "Erika by password",
                "intaglio.login.users[0].claims.address.locality",
                "Köln",
                "intaglio.login.users[0].claims.groups[0]",
                "chess",
                "intaglio.login.users[0].claims.shoe_size",
                "38",
                CLIENT + "registration.town.client-id",
                OpenIdProvider.CLIENT,
                CLIENT + "registration.town.client-secret",
                OpenIdProvider.SECRET,
                CLIENT + "registration.town.scope",
                "openid,profile",
                CLIENT + "provider.town.issuer-uri",
                provider.issuer());
    }

    @AfterAll
    static void stop() {
        issuer.close();
        provider.close();
    }

    private JsonObject claimsAfter(URI page) {
        var success = (AuthorizationResponse.Success) Browser.brought(browser.answer(page, "allow"));
        return credential(Form.empty()
                .with("grant_type", "authorization_code")
                .with("client_id", Browser.CLIENT)
                .with("code", success.code())
                .with("redirect_uri", Browser.REDIRECT)
                .with("code_verifier", Browser.VERIFIER));
    }

    private static JsonObject credential(Form tokenRequest) {
        var token = issuer.send(Request.post(issuer.at("/token"), tokenRequest));
        assertThat(token.status()).as(token.bodyText()).isEqualTo(200);
        var access = token.bodyObject().read(TokenResponse::read).accessToken();
        var response = issuer.send(Request.post(
                        issuer.at("/credential"),
                        JsonObject.builder()
                                .put("credential_configuration_id", "membership_sd_jwt")
                                .build())
                .with("Authorization", "Bearer " + access));
        assertThat(response.status()).as(response.bodyText()).isEqualTo(200);
        var credential = response.bodyObject().objects("credentials").getFirst().string("credential");
        return Json.readObject(Base64.getUrlDecoder().decode(credential.split("[.]")[1]));
    }

    private static Form asking() {
        return Browser.asking(Browser.REDIRECT).with("scope", "membership");
    }

    @Test
    @DisplayName("of the ID Token go where the login source says")
    void fromProvider() {
        provider.claims(claims -> claims.with("address", Map.of("locality", "Bonn", "street", "Adenauerallee"))
                .with("groups", List.of("rowing", "go")));
        var page = browser.begin(asking());
        var there = Browser.location(browser.get(URI.create(page + "/provider/town")));
        var back = URI.create(browser.get(there).header("Location").orElseThrow());
        assertThat(Browser.location(browser.get(back))).isEqualTo(page);

        var claims = claimsAfter(page);
        assertThat(claims.string("member")).isEqualTo("Erika from elsewhere");
        assertThat(claims.object("home").members()).containsOnlyKeys("town");
        assertThat(claims.object("home").string("town")).isEqualTo("Bonn");
        assertThat(claims.strings("groups")).containsExactly("rowing", "go");
    }

    @Test
    @DisplayName("of an account here do likewise")
    void fromAccount() {
        var claims = claimsAfter(browser.signedIn(asking()));
        assertThat(claims.string("member")).isEqualTo("Erika by password");
        assertThat(claims.object("home").string("town")).isEqualTo("Köln");
        assertThat(claims.strings("groups")).containsExactly("chess");
    }

    @Test
    @DisplayName("of an offer go into its credential; the database holds none of them in the clear")
    void fromOffer() throws IOException {
        var offer = issuer.offer(JsonObject.builder()
                .put("subject", "somebody")
                .put("configurations", List.of("membership_sd_jwt"))
                .put("claims", Map.of("membership", Map.of("member", "Zaphod Beeblebrox")))
                .build());
        var code = offer.object("offer")
                .object("grants")
                .object("urn:ietf:params:oauth:grant-type:pre-authorized_code")
                .string("pre-authorized_code");

        var claims = credential(Form.empty()
                .with("grant_type", "urn:ietf:params:oauth:grant-type:pre-authorized_code")
                .with("pre-authorized_code", code));

        assertThat(claims.string("member")).isEqualTo("Zaphod Beeblebrox");
        try (var files = Files.list(data)) {
            for (var file : files.filter(path -> path.toString().contains("intaglio.db"))
                    .toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("Beeblebrox");
            }
        }
    }

    @Test
    @DisplayName("are those that some definition wants, and no more than a cookie can hold")
    void chosen() {
        var claims = new SignInClaims(Set.of("name", "age", "since"));
        var told = new TreeMap<String, Object>(Map.of("name", "Erika", "age", 28, "nonce", "secret"));
        assertThat(claims.among(told).members()).containsOnlyKeys("name", "age");
        var letters = new char[SignInClaims.LARGEST];
        Arrays.fill(letters, 'x');
        told.put("name", new String(letters));
        assertThatThrownBy(() -> claims.among(told))
                .hasMessageContaining("name")
                .hasMessageNotContaining("xxxx");
    }
}
