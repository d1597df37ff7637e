package dev.intaglio.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.server.IntaglioServer;
import dev.intaglio.server.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/// A published wallet (`@openid4vc/openid4vci`, unmodified) that speaks drafts receives credentials from the server over HTTP.
@Tag("node")
@DisplayName("A wallet of another maker that speaks a draft")
class ForeignDraftWalletTest {
    @TempDir
    private static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = IntaglioServer.start(Map.of(
                "server.port",
                "0",
                "intaglio.data-directory",
                data.toString(),
                "intaglio.drafts",
                "draft-11,draft-13,draft-14,draft-15",
                "intaglio.draft-sunsets.draft-11",
                "2099-06-30"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0}, {1}, DPoP: {4}")
    @CsvSource({
        "draft-11, diploma_jwt_vc_json, Draft11, jwt_vc_json, false",
        "draft-11, diploma_ldp_vc, Draft11, ldp_vc, false",
        "draft-11, org.iso.18013.5.1.mDL, Draft11, mso_mdoc, false",
        "draft-13, eu.europa.ec.eudi.pid_vc_sd_jwt, Draft14, vc+sd-jwt, false",
        "draft-13, diploma_ldp_vc, Draft14, ldp_vc, false",
        "draft-14, eu.europa.ec.eudi.pid_vc_sd_jwt, Draft14, vc+sd-jwt, true",
        "draft-14, org.iso.18013.5.1.mDL, Draft14, mso_mdoc, false",
        "draft-14, diploma_jwt_vc_json, Draft14, jwt_vc_json, false",
        "draft-15, eu.europa.ec.eudi.pid_vc_sd_jwt, Draft15, dc+sd-jwt, true",
        "draft-15, diploma_jwt_vc_json, Draft15, jwt_vc_json, false",
        "draft-15, diploma_ldp_vc, Draft15, ldp_vc, true"
    })
    @DisplayName("takes the issuer for one of that draft and receives a credential in its shape")
    void receives(String draft, String configuration, String takenFor, String format, boolean dpop) throws IOException {
        var offer = offer(configuration);
        var link = offer.object("dialects").string(draft);
        var received = (dpop
                        ? NodeScript.run(
                                "drafts/draft-wallet.mjs", "", link, "--tx-code", offer.string("tx_code"), "--dpop")
                        : NodeScript.run("drafts/draft-wallet.mjs", "", link, "--tx-code", offer.string("tx_code")))
                .json();

        assertThat(received.string("takenFor")).isEqualTo(takenFor);
        assertThat(received.string("format")).isEqualTo(format);
        assertThat(received.string("tokenType")).isEqualToIgnoringCase(dpop ? "DPoP" : "Bearer");
        assertThat(received.strings("shape").contains("credential")).isEqualTo(!draft.equals("draft-15"));
        if (format.endsWith("sd-jwt")) {
            var verified = verify(received, format);
            assertThat(verified.flag("verified")).isTrue();
            assertThat(verified.object("header").string("typ")).isEqualTo(format);
        }
    }

    @Test
    @DisplayName("receives three copies by the proofs of draft 14")
    void copies() {
        var offer = offer("eu.europa.ec.eudi.pid_vc_sd_jwt");
        var received = NodeScript.run(
                        "drafts/draft-wallet.mjs",
                        "",
                        offer.object("dialects").string("draft-14"),
                        "--tx-code",
                        offer.string("tx_code"),
                        "--copies",
                        "3")
                .json();

        assertThat(received.strings("credentials")).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName(
            "takes the issuer itself for one of 1.0, and is answered in 1.0 though drafts are understood beside it")
    void standard() {
        var offer = offer("eu.europa.ec.eudi.pid_vc_sd_jwt");
        var received = NodeScript.run(
                        "drafts/draft-wallet.mjs",
                        "",
                        offer.string("link_by_reference"),
                        "--tx-code",
                        offer.string("tx_code"))
                .json();

        assertThat(received.string("takenFor")).isEqualTo("V1");
        assertThat(received.string("format")).isEqualTo("dc+sd-jwt");
        assertThat(received.strings("shape")).doesNotContain("credential", "c_nonce");
    }

    @Test
    @DisplayName("is counted by what it spoke and by its name, and the operator sees until when that is understood")
    void counted() {
        var before = issuances("draft-11");
        var offer = offer("diploma_jwt_vc_json");
        NodeScript.run(
                        "drafts/draft-wallet.mjs",
                        "",
                        offer.object("dialects").string("draft-11"),
                        "--tx-code",
                        offer.string("tx_code"))
                .json();

        assertThat(issuances("draft-11")).isEqualTo(before + 1);
        assertThat(dialects().object("until").string("draft-11")).isEqualTo("2099-06-30");
        assertThat(dialects().object("until").has("draft-13")).isFalse();
    }

    private static long issuances(String dialect) {
        return dialects().objects("uses").stream()
                .filter(use -> use.string("dialect").equals(dialect))
                .filter(use ->
                        use.optionalString("user_agent").filter("node"::equals).isPresent())
                .mapToLong(use -> use.integer("issuances"))
                .sum();
    }

    private static JsonObject dialects() {
        var response = JdkTransport.create()
                .handle(Request.get(server.address().resolve("/admin/v1/dialects"))
                        .with("Authorization", "Bearer " + server.adminToken()));
        assertThat(response.status()).isEqualTo(200);
        return response.bodyObject();
    }

    private static JsonObject offer(String configuration) {
        var wanted = JsonObject.builder()
                .put("subject", "erika")
                .put("configurations", List.of(configuration))
                .put("tx_code", true)
                .build();
        var response = JdkTransport.create()
                .handle(Request.post(server.address().resolve("/admin/offers"), wanted)
                        .with("Authorization", "Bearer " + server.adminToken()));
        assertThat(response.status()).isEqualTo(201);
        return response.bodyObject();
    }

    private static JsonObject verify(JsonObject received, String typ) throws IOException {
        var question = JsonObject.builder()
                .put("credential", received.strings("credentials").getFirst())
                .put("trustAnchorPem", Files.readString(data.resolve("trust-anchor.pem")))
                .put("holderJwk", received.object("holderJwk"))
                .put("typ", typ)
                .put("vct", "urn:eudi:pid:1")
                .build();
        return NodeScript.run("verify-sd-jwt.mjs", question.text()).json();
    }
}
