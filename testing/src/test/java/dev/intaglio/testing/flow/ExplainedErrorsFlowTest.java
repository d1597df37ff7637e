package dev.intaglio.testing.flow;

import static dev.intaglio.testing.TestIssuer.DIPLOMA;
import static dev.intaglio.testing.TestIssuer.PID;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.Wording;
import dev.intaglio.protocol.offer.TxCode;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestCredentialRequest;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestJwt;
import dev.intaglio.testing.TestWallet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Each common fault of a wallet, at a server that explains and at one that does not.
@DisplayName("Errors explain themselves where that is asked for, and are short elsewhere")
class ExplainedErrorsFlowTest {
    private static TestIssuer issuer(Wording wording) {
        return TestIssuer.builder()
                .dpopNonces(false)
                .authorizationServerOptions(server -> server.errors(wording))
                .credentialIssuerOptions(options -> options.errors(wording))
                .build();
    }

    private static TestIssuer codeFlow(Wording wording) {
        return CodeFlowWallet.issuer(UnaryOperator.identity(), server -> server.errors(wording));
    }

    private static String description(Response response, String error) {
        Refusals.assertRefused(response, response.status(), error);
        return response.bodyObject().string("error_description");
    }

    /// @param parts what the explanation has and the short description has not
    private static void assertExplained(Function<Wording, Response> fault, String error, String... parts) {
        var explained = description(fault.apply(Wording.EXPLAINED), error);
        var plain = description(fault.apply(Wording.SHORT), error);
        assertThat(explained).startsWith(plain).contains(parts);
        assertThat(plain).doesNotContain("came:", "expected:", "[");
        for (var part : parts) {
            assertThat(plain).doesNotContain(part);
        }
    }

    private static void assertExplainedAtCredential(
            BiFunction<TestIssuer, TestWallet, Response> fault, String error, String... parts) {
        assertExplained(
                wording -> {
                    var issuer = issuer(wording);
                    return fault.apply(issuer, issuer.wallet());
                },
                error,
                parts);
    }

    private static TestCredentialRequest request(TestIssuer issuer, TestWallet wallet) {
        return wallet.request(wallet.redeem(issuer.offer(PID).offer()).token(), PID);
    }

    @Nested
    @DisplayName("App. F Key proofs")
    class KeyProofs {
        @Test
        @Requirement({"CI-ERR-2", "CI-ERR-6"})
        @DisplayName("for another audience")
        void audience() {
            assertExplainedAtCredential(
                    (issuer, wallet) -> request(issuer, wallet)
                            .proof(proof -> proof.audience("https://other.example/"))
                            .send(),
                    "invalid_proof",
                    "expected: https://issuer.example",
                    "came: https://other.example/",
                    "App. F");
        }

        @Test
        @Requirement("CI-ERR-6")
        @DisplayName("of another type")
        void type() {
            assertExplainedAtCredential(
                    (issuer, wallet) -> request(issuer, wallet)
                            .proof(proof -> proof.type("JWT"))
                            .send(),
                    "invalid_proof",
                    "expected: typ openid4vci-proof+jwt",
                    "came: typ JWT",
                    "App. F.1");
        }

        @Test
        @Requirement("CI-ERR-6")
        @DisplayName("by an algorithm that is not allowed")
        void algorithm() {
            assertExplainedAtCredential(
                    (issuer, wallet) -> request(issuer, wallet)
                            .proof(proof -> proof.hmac(new byte[32]))
                            .send(),
                    "invalid_proof",
                    "came: HS256",
                    "RFC 7515, 4.1.1");
        }

        @Test
        @Requirement("CI-ERR-7")
        @DisplayName("with a nonce that is too old")
        void staleNonce() {
            assertExplainedAtCredential(
                    (issuer, wallet) -> {
                        var nonce = wallet.nonce();
                        issuer.clock().advance(Duration.ofMinutes(11));
                        return request(issuer, wallet)
                                .proofs(List.of(wallet.keyProof(nonce, UnaryOperator.identity())))
                                .send();
                    },
                    "invalid_nonce",
                    "came: one of this issuer that was good until ",
                    "OpenID4VCI 1.0, 7");
        }

        @Test
        @Requirement("CI-ERR-7")
        @DisplayName("with a nonce that was used")
        void usedNonce() {
            assertExplainedAtCredential(
                    (issuer, wallet) -> {
                        var proofs = wallet.keyProofs(1);
                        request(issuer, wallet).proofs(proofs).credentials();
                        return request(issuer, wallet).proofs(proofs).send();
                    },
                    "invalid_nonce",
                    "came: one of an earlier request");
        }

        @Test
        @Requirement("CI-ERR-6")
        @DisplayName("without a nonce")
        void noNonce() {
            assertExplainedAtCredential(
                    (issuer, wallet) -> request(issuer, wallet)
                            .proof(proof -> proof.withoutClaim("nonce"))
                            .send(),
                    "invalid_proof",
                    "came: no nonce",
                    "expected: the c_nonce of a POST to nonce_endpoint");
        }

        @Test
        @Requirement("CI-ERR-6")
        @DisplayName("that are missing")
        void missing() {
            assertExplainedAtCredential(
                    (issuer, wallet) -> request(issuer, wallet).withoutProofs().send(),
                    "invalid_proof",
                    "came: a body with credential_configuration_id",
                    "OpenID4VCI 1.0, 8.2");
        }

        @Test
        @Requirement("CI-ERR-6")
        @DisplayName("signed by another key")
        void signature() {
            assertExplainedAtCredential(
                    (issuer, wallet) -> request(issuer, wallet)
                            .proof(proof -> proof.signedBy(SigningKey.generate(JWSAlgorithm.ES256)))
                            .send(),
                    "invalid_proof",
                    "App. F.1 and F.4",
                    "DER");
        }

        @Test
        @Requirement("CI-ERR-6")
        @DisplayName("made too long ago")
        void old() {
            assertExplainedAtCredential(
                    (issuer, wallet) -> request(issuer, wallet)
                            .proof(proof -> proof.issuedAt(TestIssuer.NOW.minusSeconds(3_600)))
                            .send(),
                    "invalid_proof",
                    "came: " + (TestIssuer.NOW.getEpochSecond() - 3_600));
        }
    }

    @Nested
    @DisplayName("§8 Credential Request")
    class CredentialRequests {
        @Test
        @Requirement("CI-ERR-3")
        @DisplayName("in the words of an earlier draft")
        void oldDraft() {
            assertExplainedAtCredential(
                    (issuer, wallet) -> request(issuer, wallet)
                            .body(body -> JsonObject.of(Map.of(
                                    "format", "vc+sd-jwt", "proof", Map.of("proof_type", "jwt", "jwt", "a.b.c"))))
                            .send(),
                    "invalid_credential_request",
                    "earlier drafts named a format",
                    "came: a body with ",
                    "proof");
        }

        @Test
        @Requirement("CI-ERR-4")
        @DisplayName("for a configuration that is not there")
        void unknownConfiguration() {
            assertExplainedAtCredential(
                    (issuer, wallet) ->
                            request(issuer, wallet).configuration("pid").send(),
                    "unknown_credential_configuration",
                    PID,
                    "came: pid",
                    "OpenID4VCI 1.0, 8.2");
        }

        @Test
        @Requirement("CI-ERR-1")
        @DisplayName("for a configuration that was not offered")
        void notOffered() {
            assertExplainedAtCredential(
                    (issuer, wallet) ->
                            request(issuer, wallet).configuration(DIPLOMA).send(),
                    "insufficient_scope",
                    "expected: " + PID,
                    "came: " + DIPLOMA);
        }

        @Test
        @Requirement("CI-ERR-5")
        @DisplayName("for an identifier that is not the token's, which is not repeated")
        void unknownIdentifier() {
            assertExplainedAtCredential(
                    (issuer, wallet) -> request(issuer, wallet)
                            .identifier("civil-status-of-erika")
                            .send(),
                    "unknown_credential_identifier",
                    "came: another (21 characters)");
        }

        @Test
        @DisplayName("with a transaction that is not waiting")
        void transaction() {
            assertExplainedAtCredential(
                    (issuer, wallet) -> wallet.askAgain(
                            wallet.redeem(issuer.offer(PID).offer()).token(), "unheard-of"),
                    "invalid_transaction_id",
                    "OpenID4VCI 1.0, 9",
                    "expected: a transaction_id of the same authorization");
        }

        @Test
        @DisplayName("and notifications of nothing")
        void notification() {
            assertExplainedAtCredential(
                    (issuer, wallet) -> wallet.tell(
                            wallet.redeem(issuer.offer(PID).offer()).token(),
                            JsonObject.of(Map.of("id", "unheard-of"))),
                    "invalid_notification_request",
                    "came: a body with id",
                    "OpenID4VCI 1.0, 11.1");
        }
    }

    @Nested
    @DisplayName("RFC 9449 DPoP proofs")
    class Dpop {
        private void assertProof(UnaryOperator<TestJwt> change, String... parts) {
            assertExplainedAtCredential(
                    (issuer, wallet) ->
                            request(issuer, wallet.withDpop()).dpop(change).send(),
                    "invalid_dpop_proof",
                    parts);
        }

        @Test
        @DisplayName("for another address")
        void address() {
            assertProof(
                    proof -> proof.claim("htu", "https://other.example/credential"),
                    "expected: https://issuer.example/credential",
                    "came: https://other.example/credential",
                    "RFC 9449, 4.3");
        }

        @Test
        @DisplayName("for another method")
        void method() {
            assertProof(proof -> proof.claim("htm", "GET"), "expected: POST", "came: GET");
        }

        @Test
        @DisplayName("with the hash of another token")
        void hash() {
            assertProof(proof -> proof.claim("ath", "short"), "came: (5 characters)");
            assertProof(proof -> proof.withoutClaim("ath"), "came: no ath");
        }

        @Test
        @DisplayName("of another type")
        void type() {
            assertProof(proof -> proof.type("JWT"), "expected: typ dpop+jwt", "came: typ JWT");
        }

        @Test
        @DisplayName("without a nonce")
        void nonce() {
            assertExplained(
                    wording -> {
                        var issuer = TestIssuer.builder()
                                .authorizationServerOptions(server -> server.errors(wording))
                                .build();
                        var wallet = issuer.wallet().withDpop();
                        return wallet.redeem(issuer.offer(PID).offer())
                                .dpop(proof -> proof.withoutClaim("nonce"))
                                .send();
                    },
                    "use_dpop_nonce",
                    "RFC 9449, 8");
        }
    }

    @Nested
    @DisplayName("§6 Token Request")
    class TokenRequests {
        @Test
        @DisplayName("with a wrong Transaction Code, which is not repeated")
        void wrongTxCode() {
            assertExplainedAtCredential(
                    (issuer, wallet) -> wallet.redeem(issuer.offer(TxCode.numeric(6, "By post"), PID)
                                    .offer())
                            .txCode("86753091")
                            .send(),
                    "invalid_grant",
                    "came: another (8 characters)",
                    "OpenID4VCI 1.0, 6.1");
        }

        @Test
        @DisplayName("without the Transaction Code")
        void noTxCode() {
            assertExplainedAtCredential(
                    (issuer, wallet) -> wallet.redeem(issuer.offer(TxCode.numeric(6, "By post"), PID)
                                    .offer())
                            .parameter("user_pin", "123456")
                            .send(),
                    "invalid_request",
                    "user_pin was of earlier drafts",
                    "came: a body with grant_type, pre-authorized_code");
        }

        @Test
        @DisplayName("for a grant there is not")
        void grantType() {
            assertExplainedAtCredential(
                    (issuer, wallet) -> wallet.redeem(issuer.offer(PID).offer())
                            .parameter("grant_type", "password")
                            .send(),
                    "unsupported_grant_type",
                    "came: password",
                    "expected: urn:ietf:params:oauth:grant-type:pre-authorized_code");
        }

        @Test
        @DisplayName("with another code_verifier, which is not repeated")
        void pkce() {
            var other = "a-verifier-of-another-request-" + "x".repeat(30);
            assertExplained(
                    wording -> {
                        var wallet = CodeFlowWallet.at(codeFlow(wording));
                        return wallet.token(wallet.redeeming(wallet.code()).with("code_verifier", other));
                    },
                    "invalid_grant",
                    "came: another (60 characters)",
                    "RFC 7636, 4.6");
        }

        @Test
        @DisplayName("with another redirect_uri")
        void redirectUri() {
            assertExplained(
                    wording -> {
                        var wallet = CodeFlowWallet.at(codeFlow(wording));
                        return wallet.token(
                                wallet.redeeming(wallet.code()).with("redirect_uri", "https://wallet.example/other"));
                    },
                    "invalid_grant",
                    "expected: " + CodeFlowWallet.REDIRECT,
                    "came: https://wallet.example/other");
        }
    }

    @Nested
    @DisplayName("RFC 9126, §5 Authorization Request")
    class AuthorizationRequests {
        private void assertPushed(UnaryOperator<Form> change, String error, String... parts) {
            assertExplained(
                    wording -> {
                        var wallet = CodeFlowWallet.at(codeFlow(wording));
                        return wallet.push(change.apply(wallet.asking()));
                    },
                    error,
                    parts);
        }

        @Test
        @DisplayName("pushed with a wrong challenge method, redirect URI, scope, response type")
        void pushed() {
            assertPushed(form -> form.with("code_challenge_method", "plain"), "invalid_request", "came: plain");
            assertPushed(
                    form -> form.with("redirect_uri", "https://evil.example/"),
                    "invalid_request",
                    "came: https://evil.example/");
            assertPushed(form -> form.with("scope", "openid"), "invalid_scope", "came: scope openid", PID);
            assertPushed(form -> form.with("response_type", "token"), "unsupported_response_type", "came: token");
        }

        @Test
        @DisplayName("that is answered by redirect")
        void redirected() {
            var wallet = CodeFlowWallet.at(codeFlow(Wording.EXPLAINED));
            var failure = CodeFlowWallet.failure(
                    wallet.authorize(wallet.asking().with("resource", "https://another.example")));
            assertThat(failure.description().orElseThrow())
                    .contains("expected: https://issuer.example", "came: https://another.example", "RFC 8707")
                    .matches(Refusals.DESCRIPTION);
        }
    }

    @Test
    @Requirement("CI-PRIV-3")
    @DisplayName("whatever a wallet puts in the wrong place: what is as long as a secret is not shown")
    void secretsInTheWrongPlace() {
        var issuer = issuer(Wording.EXPLAINED);
        var wallet = issuer.wallet();
        var token = wallet.redeem(issuer.offer(PID).offer()).token();
        var answers = List.of(
                wallet.request(token, PID)
                        .proof(proof -> proof.audience(token.accessToken()))
                        .send(),
                wallet.request(token, PID).configuration(token.accessToken()).send(),
                wallet.request(token, PID)
                        .proof(proof -> proof.type(token.accessToken()))
                        .send(),
                wallet.request(token, PID)
                        .body(body -> JsonObject.of(Map.of(token.accessToken(), "x")))
                        .send());
        for (var answer : answers) {
            var text = answer.bodyObject().string("error_description");
            for (var part : token.accessToken().split("\\.")) {
                assertThat(text).contains("came: ").doesNotContain(part.substring(0, 32));
            }
        }
    }
}
