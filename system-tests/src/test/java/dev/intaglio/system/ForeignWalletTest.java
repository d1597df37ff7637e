package dev.intaglio.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.server.IntaglioServer;
import dev.intaglio.server.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A published wallet (`@openid4vc/openid4vci`) receives credentials from the server over HTTP, and a published verifier
/// (`@sd-jwt/sd-jwt-vc`) checks them.
@Tag("node")
@DisplayName("A wallet and a verifier of other makers")
class ForeignWalletTest {
    private static final String PID = "eu.europa.ec.eudi.pid_vc_sd_jwt";

    @TempDir
    private static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = IntaglioServer.start(Map.of("server.port", "0", "intaglio.data-directory", data.toString()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest(name = "by value: {0}, with tx_code: {1}, DPoP: {2}")
    @CsvSource({"true,true,false", "false,true,true", "false,false,false", "true,false,true"})
    @Requirement({
        "CI-OFFER-1",
        "CI-OFFER-8",
        "CI-OFFER-10",
        "CI-META-2",
        "CI-RESP-1",
        "AS-META-1",
        "AS-DPOP-6",
        "CI-DPOP-1"
    })
    @DisplayName("receives a PID that the verifier accepts")
    void receives(boolean byValue, boolean txCode, boolean dpop) throws IOException {
        var offer = offer(PID, txCode);
        var arguments =
                new ArrayList<>(List.of(offer.string(byValue ? "link_by_value" : "link_by_reference"), "--allow-http"));
        offer.optionalString("tx_code").ifPresent(code -> arguments.addAll(List.of("--tx-code", code)));
        if (dpop) {
            arguments.add("--dpop");
        }

        var received = NodeScript.run("wallet.mjs", "", arguments.toArray(String[]::new))
                .json();

        assertThat(received.string("format")).isEqualTo("dc+sd-jwt");
        assertThat(received.string("tokenType")).isEqualToIgnoringCase(dpop ? "DPoP" : "Bearer");
        var verified = verify(received.string("credential"), received.object("holderJwk"), "urn:eudi:pid:1");
        assertThat(verified.flag("verified")).isTrue();
        assertThat(verified.object("claims").string("family_name")).isEqualTo("Sandmann");
        assertThat(verified.object("header").string("typ")).isEqualTo("dc+sd-jwt");
        assertThat(verified.object("header").has("kid")).as("no kid beside x5c").isFalse();
    }

    @Test
    @DisplayName("sees a wrong tx_code refused, and receives with the right one afterwards")
    @Requirement({"AS-TOKEN-14", "AS-TOKEN-17"})
    void wrongTxCode() {
        var offer = offer(PID, true);
        var right = offer.string("tx_code");
        var wrong = right.equals("000000") ? "111111" : "000000";

        var refused =
                NodeScript.run("wallet.mjs", "", offer.string("link_by_reference"), "--allow-http", "--tx-code", wrong);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.errors()).contains("invalid_grant");

        var received = NodeScript.run(
                        "wallet.mjs", "", offer.string("link_by_reference"), "--allow-http", "--tx-code", right)
                .json();
        assertThat(received.string("configurationId")).isEqualTo(PID);
    }

    @Test
    @DisplayName("encrypts its request and reads the encrypted response, both by jose, since no published wallet does")
    @Requirement({"CI-ENC-1", "CI-ENC-2", "CI-ENC-3", "CI-ENC-4", "CI-ENC-7", "CI-RESP-7"})
    void encrypted() throws IOException {
        var offer = offer(PID, false);

        var received = NodeScript.run(
                        "wallet.mjs", "", offer.string("link_by_reference"), "--allow-http", "--dpop", "--encrypted")
                .json();

        var response = received.object("encryptedResponse");
        assertThat(response.string("mediaType")).isEqualTo("application/jwt");
        assertThat(response.string("alg")).isEqualTo("ECDH-ES");
        assertThat(response.string("enc")).isEqualTo("A256GCM");
        assertThat(response.string("kid")).isEqualTo("wallet-response-key");
        assertThat(verify(received.string("credential"), received.object("holderJwk"), "urn:eudi:pid:1")
                        .flag("verified"))
                .isTrue();
    }

    @Test
    @DisplayName("asks for signed metadata and verifies it by the trust anchor")
    @Requirement({"CI-META-5", "CI-META-8", "CI-META-9", "CI-META-10"})
    void signedMetadata() {
        var anchor = data.resolve("trust-anchor.pem").toString();

        var received = NodeScript.run(
                        "wallet.mjs",
                        "",
                        offer(PID, false).string("link_by_reference"),
                        "--allow-http",
                        "--trust-anchor",
                        anchor)
                .json();

        assertThat(received.flag("signedMetadata")).isTrue();
        assertThat(received.string("configurationId")).isEqualTo(PID);
    }

    @ParameterizedTest
    @CsvSource({"diploma", "employee"})
    @DisplayName("receives the other shipped credential types, nested claims and arrays among them")
    void otherTypes(String definition) throws IOException {
        var offer = offer(definition + "_sd_jwt", false);

        var received = NodeScript.run("wallet.mjs", "", offer.string("link_by_reference"), "--allow-http")
                .json();

        assertThat(verify(
                                received.string("credential"),
                                received.object("holderJwk"),
                                "urn:intaglio:" + definition + ":1")
                        .flag("verified"))
                .isTrue();
    }

    private static JsonObject offer(String configuration, boolean txCode) {
        var wanted = JsonObject.builder()
                .put("subject", "erika")
                .put("configurations", List.of(configuration))
                .put("tx_code", txCode)
                .build();
        var response = JdkTransport.create()
                .handle(Request.post(server.address().resolve("/admin/offers"), wanted)
                        .with("Authorization", "Bearer " + server.adminToken()));
        assertThat(response.status()).isEqualTo(201);
        return response.bodyObject();
    }

    private static JsonObject verify(String credential, JsonObject holderJwk, String vct) throws IOException {
        var question = JsonObject.builder()
                .put("credential", credential)
                .put("trustAnchorPem", Files.readString(data.resolve("trust-anchor.pem")))
                .put("holderJwk", holderJwk)
                .put("vct", vct)
                .build();
        return NodeScript.run("verify-sd-jwt.mjs", question.text()).json();
    }
}
