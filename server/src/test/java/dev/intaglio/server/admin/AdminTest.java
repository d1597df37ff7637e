package dev.intaglio.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.server.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminTest {
    @TempDir
    private static Path data;

    private static TestIssuer issuer;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.start(data);
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer wrong", "Basic d3Jvbmc6d3Jvbmc="})
    @DisplayName("nobody comes in without the token")
    void refusesWithoutToken(String authorization) {
        for (var request : new Request[] {
            Request.get(issuer.at("/admin/configurations")),
            Request.post(issuer.at("/admin/offers"), JsonObject.empty())
        }) {
            var response =
                    issuer.send(authorization.isEmpty() ? request : request.with("Authorization", authorization));

            assertThat(response.status()).isEqualTo(401);
            assertThat(response.mediaType()).isEqualTo("application/problem+json");
            assertThat(response.header("WWW-Authenticate").orElseThrow()).startsWith("Bearer");
            assertThat(response.bodyText()).doesNotContain(issuer.server().adminToken());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin;x/configurations", "//admin/configurations", "/%61dmin/configurations"})
    @DisplayName("no way of writing the path leads around the token")
    void refusesOtherSpellings(String path) {
        var address = URI.create(issuer.server().address() + path);

        assertThat(issuer.send(Request.get(address)).status()).isIn(400, 401, 404);
    }

    @Test
    @DisplayName("the token is in a file that only its owner can read")
    void tokenFile() throws IOException {
        var file = data.resolve("admin-token");

        assertThat(Files.readString(file).strip()).isEqualTo(issuer.server().adminToken());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    @DisplayName("an offer comes with every way to hand it out")
    @Requirement("CI-OFFER-18")
    void offers() {
        var before = Instant.now();

        var offer = issuer.offer(JsonObject.builder()
                .put("subject", "erika")
                .put("configurations", List.of(TestIssuer.DIPLOMA))
                .put(
                        "tx_code",
                        JsonObject.builder()
                                .put("input_mode", "text")
                                .put("length", 8)
                                .build())
                .put("valid_for", "PT2H")
                .build());

        assertThat(offer.string("link_by_value")).startsWith("openid-credential-offer://?credential_offer=");
        assertThat(offer.string("link_by_reference")).startsWith("openid-credential-offer://?credential_offer_uri=");
        assertThat(offer.string("page")).startsWith(issuer.server().address() + "/offer/");
        assertThat(offer.string("tx_code")).hasSize(8);
        assertThat(Instant.parse(offer.string("expires_at")))
                .isBetween(
                        before.plus(Duration.ofHours(2)).minusSeconds(1),
                        Instant.now().plus(Duration.ofHours(2)));
    }

    @Test
    @DisplayName("without tx_code nobody is asked for one, and 10 minutes are what an offer usually has")
    void usualOffer() {
        var offer = issuer.offer(false);

        assertThat(offer.has("tx_code")).isFalse();
        assertThat(Instant.parse(offer.string("expires_at")))
                .isBefore(Instant.now().plus(Duration.ofMinutes(10)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            not json                                                                          |
            []                                                                                |
            {"configurations": ["diploma_sd_jwt"]}                                            | subject
            {"subject": " ", "configurations": ["diploma_sd_jwt"]}                            | subject
            {"subject": "erika"}                                                              | configurations
            {"subject": "erika", "configurations": []}                                        | configurations
            {"subject": "erika", "configurations": ["ticket"]}                                | ticket
            {"subject": "erika", "configurations": ["diploma_sd_jwt"], "valid_for": "10m"}    | valid_for
            {"subject": "erika", "configurations": ["diploma_sd_jwt"], "valid_for": "P30D"}   | valid
            {"subject": "erika", "configurations": ["diploma_sd_jwt"], "grant": "implicit"}   | grant
            {"subject": "erika", "configurations": ["diploma_sd_jwt"], "single_use": true}    | single use
            {"configurations": ["diploma_sd_jwt"], "grant": "authorization_code"}             | sign in
            {"subject": "erika", "configurations": ["diploma_sd_jwt"], "txcode": true}        | txcode
            {"subject": "erika", "configurations": ["diploma_sd_jwt"], "tx_code": {"size": 4}}       | size
            {"subject": "erika", "configurations": ["diploma_sd_jwt"], "tx_code": {"length": 3}}     | length
            {"subject": "erika", "configurations": ["diploma_sd_jwt"], "tx_code": {"length": 1000}}  | length
            {"subject": "erika", "configurations": ["diploma_sd_jwt"], "tx_code": {"input_mode": "emoji"}} | input_mode
            {"subject": "erika", "configurations": ["diploma_sd_jwt", "diploma_sd_jwt"]}      | once
            {"subject": "erika", "configurations": ["diploma_sd_jwt"], "claims": {"pid": {}}} | pid is not
            {"subject": "erika", "configurations": ["diploma_sd_jwt"], "claims": {"x": {}}}   | x is not
            """)
    @DisplayName("a wrong order is refused with the reason")
    void refusesWrongOrders(String body, String reason) {
        var response = order(body);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.mediaType()).isEqualTo("application/problem+json");
        assertThat(response.bodyObject().integer("status")).isEqualTo(400);
        assertThat(response.bodyObject().string("detail")).contains(reason == null ? "" : reason);
    }

    @Test
    @DisplayName("an order larger than 64 KiB is refused")
    void refusesLargeOrders() {
        assertThat(order(" ".repeat(100_000)).bodyObject().string("detail")).contains("larger");
    }

    @Test
    @DisplayName("what can be offered is listed")
    void configurations() {
        var listed = issuer.send(issuer.admin(Request.get(issuer.at("/admin/configurations"))))
                .bodyObject();

        assertThat(listed.objects("configurations")).anySatisfy(one -> {
            assertThat(one.string("id")).isEqualTo(TestIssuer.DIPLOMA);
            assertThat(one.string("name")).isEqualTo("University diploma");
            assertThat(one.string("format")).isEqualTo("dc+sd-jwt");
        });
    }

    private static Response order(String body) {
        return issuer.send(issuer.admin(Request.post(issuer.at("/admin/offers")))
                .withBody("application/json", body.getBytes(StandardCharsets.UTF_8)));
    }
}
