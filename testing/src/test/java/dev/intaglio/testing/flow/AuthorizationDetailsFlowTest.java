package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestTokenRequest;
import dev.intaglio.testing.TestWallet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("§6.1.1 authorization_details in the token request")
class AuthorizationDetailsFlowTest {
    private final TestIssuer issuer = TestIssuer.create();
    private final TestWallet wallet = issuer.wallet();

    @Test
    @Requirement({"AS-TOKEN-6", "AS-TOKEN-9", "AS-TOKEN-10", "AS-RAR-1"})
    @DisplayName("come back with credential_identifiers, one dataset each")
    void identifiers() {
        var response = wallet.redeem(
                        issuer.offer(TestIssuer.PID, TestIssuer.DIPLOMA).offer())
                .authorizationDetails(TestIssuer.PID, TestIssuer.DIPLOMA)
                .send();
        assertThat(response.status()).isEqualTo(200);
        var details = response.bodyObject().objects("authorization_details");
        assertThat(details).extracting(one -> one.string("type")).containsOnly("openid_credential");
        assertThat(details)
                .extracting(one -> one.string("credential_configuration_id"))
                .containsExactly(TestIssuer.PID, TestIssuer.DIPLOMA);
        assertThat(details)
                .flatExtracting(one -> one.strings("credential_identifiers"))
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allMatch(identifier -> !((String) identifier).isEmpty());
    }

    @Test
    @Requirement({"CI-CRED-4", "CI-ERR-5", "CI-ERR-3"})
    @DisplayName(
            "oblige the wallet to name the dataset; the configuration is refused then, and so is a stranger's dataset")
    void identifierMustBeUsed() {
        var token = wallet.redeem(issuer.offer(TestIssuer.PID).offer())
                .authorizationDetails(TestIssuer.PID)
                .token();
        var others = wallet.redeem(issuer.offer(TestIssuer.PID).offer())
                .authorizationDetails(TestIssuer.PID)
                .token();
        var request = wallet.request(token, TestIssuer.PID);
        assertRefused(request.configuration(TestIssuer.PID).send(), 400, "invalid_credential_request");
        assertRefused(request.identifier("nobody").send(), 400, "unknown_credential_identifier");
        assertRefused(request.identifier(TestIssuer.PID).send(), 400, "unknown_credential_identifier");
        assertRefused(
                request.identifier(others.authorizationDetails()
                                .getFirst()
                                .credentialIdentifiers()
                                .getFirst())
                        .send(),
                400,
                "unknown_credential_identifier");
        assertThat(request.credential()).isNotEmpty();
    }

    @Test
    @Requirement({"CI-CRED-4", "CI-ERR-5"})
    @DisplayName("that were not used leave no dataset to be named")
    void identifierWithoutDetails() {
        var token = wallet.redeem(issuer.offer(TestIssuer.PID).offer()).token();
        assertRefused(
                wallet.request(token, TestIssuer.PID).identifier("any").send(), 400, "unknown_credential_identifier");
        assertThat(wallet.request(token, TestIssuer.PID).credential()).isNotEmpty();
    }

    @Test
    @Requirement("AS-TOKEN-7")
    @DisplayName("may ask for less than was offered, and then the token is for less")
    void subset() {
        var token = wallet.redeem(
                        issuer.offer(TestIssuer.PID, TestIssuer.DIPLOMA).offer())
                .authorizationDetails(TestIssuer.DIPLOMA)
                .token();
        assertThat(token.authorizationDetails()).hasSize(1);
        assertThat(wallet.request(token, TestIssuer.DIPLOMA).credential()).isNotEmpty();
        assertRefused(wallet.request(token, TestIssuer.PID).send(), 400, "invalid_credential_request");
    }

    @Test
    @Requirement({"AS-RAR-2", "AS-TOKEN-4"})
    @DisplayName("may have members nobody knows, and claims")
    void unknownMembers() {
        var response = details("""
                        [{"type":"openid_credential","credential_configuration_id":"%s","format":"dc+sd-jwt","foo":{"bar":1},
                          "claims":[{"path":["given_name"],"mandatory":true},{"path":["nationalities",null]}]}]""".formatted(TestIssuer.PID)).send();
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.bodyObject()
                        .objects("authorization_details")
                        .getFirst()
                        .members())
                .doesNotContainKeys("foo", "format");
    }

    @Test
    @DisplayName("with half a character in a claim's name do not upset the server")
    void halfACharacter() {
        var offer = issuer.offer(TestIssuer.PID);
        var response = wallet.redeem(offer.offer())
                .parameter("authorization_details", """
                        [{"type":"openid_credential","credential_configuration_id":"%s","claims":[{"path":["\\ud83d"]}]}]""".formatted(TestIssuer.PID))
                .send();
        assertThat(wallet.request(TokenResponse.read(response.bodyObject()), TestIssuer.PID)
                        .credential())
                .isNotEmpty();
    }

    @Test
    @Requirement("AS-TOKEN-6")
    @DisplayName("may name the issuer in locations, and must not name another")
    void locations() {
        var detail = """
                [{"type":"openid_credential","credential_configuration_id":"%s","locations":["%s"]}]""";
        var offer = issuer.offer(TestIssuer.PID);
        var request = wallet.redeem(offer.offer());
        assertRefused(
                request.parameter("authorization_details", detail.formatted(TestIssuer.PID, "https://another.example"))
                        .send(),
                400,
                "invalid_authorization_details");
        assertThat(request.parameter(
                                "authorization_details", detail.formatted(TestIssuer.PID, "https://issuer.example"))
                        .token()
                        .authorizationDetails())
                .hasSize(1);
    }

    @ParameterizedTest
    @Requirement({"AS-RAR-1", "AS-RAR-4", "CI-CLM-2", "CI-CLM-3"})
    @DisplayName(
            "that the standard does not define, that contradict themselves or ask for what was not offered, are refused; the offer stays good")
    @ValueSource(
            strings = {
                "nonsense",
                "{}",
                "[]",
                "[1]",
                "[{\"type\":\"openid_credential\"}]",
                "[{\"credential_configuration_id\":\"eu.europa.ec.eudi.pid_vc_sd_jwt\"}]",
                "[{\"type\":\"payment\",\"credential_configuration_id\":\"eu.europa.ec.eudi.pid_vc_sd_jwt\"}]",
                "[{\"type\":1,\"credential_configuration_id\":\"eu.europa.ec.eudi.pid_vc_sd_jwt\"}]",
                "[{\"type\":\"openid_credential\",\"credential_configuration_id\":[]}]",
                "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"\"}]",
                "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"diploma_sd_jwt\"}]",
                "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"unheard-of\"}]",
                "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"eu.europa.ec.eudi.pid_vc_sd_jwt\"},"
                        + "{\"type\":\"openid_credential\",\"credential_configuration_id\":\"eu.europa.ec.eudi.pid_vc_sd_jwt\"}]",
                "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"eu.europa.ec.eudi.pid_vc_sd_jwt\",\"claims\":[]}]",
                "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"eu.europa.ec.eudi.pid_vc_sd_jwt\",\"claims\":[{}]}]",
                "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"eu.europa.ec.eudi.pid_vc_sd_jwt\",\"claims\":[{\"path\":[]}]}]",
                "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"eu.europa.ec.eudi.pid_vc_sd_jwt\",\"claims\":[{\"path\":[\"s3cret\",-1]}]}]",
                "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"eu.europa.ec.eudi.pid_vc_sd_jwt\",\"claims\":[{\"path\":[\"s3cret\",-4294967296]}]}]",
                "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"eu.europa.ec.eudi.pid_vc_sd_jwt\",\"claims\":[{\"path\":[\"s3cret\"]},{\"path\":[\"s3cret\"]}]}]",
                "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"eu.europa.ec.eudi.pid_vc_sd_jwt\",\"claims\":[{\"path\":[\"s3cret\",null]},{\"path\":[\"s3cret\",0]}]}]",
                "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"eu.europa.ec.eudi.pid_vc_sd_jwt\",\"claims\":[{\"path\":[\"s3cret\",\"a\"]},{\"path\":[\"s3cret\",0]}]}]"
            })
    void refused(String parameter) {
        var offer = issuer.offer(TestIssuer.PID);
        var response = wallet.redeem(offer.offer())
                .parameter("authorization_details", parameter)
                .send();
        assertRefused(response, 400, "invalid_authorization_details");
        assertThat(response.bodyText()).doesNotContain("s3cret", "payment", "unheard-of");
        stillIssues(wallet.redeem(offer.offer()));
    }

    private TestTokenRequest details(String json) {
        return wallet.redeem(issuer.offer(TestIssuer.PID).offer()).parameter("authorization_details", json);
    }

    private void stillIssues(TestTokenRequest request) {
        TokenResponse token = request.token();
        assertThat(wallet.request(token, TestIssuer.PID).credential()).isNotEmpty();
    }
}
