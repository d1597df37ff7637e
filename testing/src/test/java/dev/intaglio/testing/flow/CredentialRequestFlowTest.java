package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertChallenged;
import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import dev.intaglio.credential.Verification;
import dev.intaglio.credential.sdjwtvc.SdJwtVcVerifier;
import dev.intaglio.issuer.offer.OfferRequest;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestCredentialRequest;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestWallet;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("§8.2 Credential Request")
class CredentialRequestFlowTest {
    private final TestIssuer issuer = TestIssuer.create();
    private final TestWallet wallet = issuer.wallet();
    private final TokenResponse token =
            wallet.redeem(issuer.offer(TestIssuer.PID).offer()).token();

    @Nested
    @DisplayName("§8.3.1.1 the access token")
    class Authorization {
        @Test
        @Requirement({"CI-ERR-1", "CI-CRED-2", "CI-DPOP-3"})
        @DisplayName("missing: 401 and both schemes, without an error code or anything else")
        void missing() {
            for (UnaryOperator<Request> change : List.<UnaryOperator<Request>>of(
                    http -> Request.post(http.uri()).withBody("application/json", http.body()),
                    http -> http.with("Authorization", "Basic czNjcmV0"))) {
                var response = request().http(change).send();
                assertThat(response.status()).isEqualTo(401);
                assertThat(response.header("WWW-Authenticate").orElseThrow())
                        .startsWith("Bearer, DPoP algs=")
                        .doesNotContain("error");
                assertThat(response.body()).isEmpty();
            }
            stillIssues();
        }

        @Test
        @Requirement({"CI-ERR-1", "CI-CRED-2"})
        @DisplayName("unknown, altered, empty, or meant for another: 401 invalid_token")
        void invalid() {
            var others = TestIssuer.create();
            var foreign = others.wallet()
                    .redeem(others.offer(TestIssuer.PID).offer())
                    .token()
                    .accessToken();
            var altered = token.accessToken().substring(0, token.accessToken().length() - 3) + "AAA";
            for (var value : List.of("x", altered, foreign, "", "a b", wallet.keyProof())) {
                assertChallenged(
                        request()
                                .http(http -> http.with("Authorization", "Bearer " + value))
                                .send(),
                        401,
                        "Bearer",
                        "invalid_token");
            }
            stillIssues();
        }

        @Test
        @Requirement({"CI-CRED-18", "CI-ERR-1"})
        @DisplayName("in the query is 400 invalid_request, also beside a good header")
        void inTheQuery() {
            var inQuery = URI.create("https://issuer.example/credential?x=1&access_token=" + token.accessToken());
            var refused = request()
                    .http(http -> new Request("POST", inQuery, http.headers(), http.body(), Optional.empty()))
                    .send();
            assertChallenged(refused, 400, "Bearer", "invalid_request");
            assertThat(refused.bodyText()).doesNotContain(token.accessToken());
            stillIssues();
        }

        @Test
        @Requirement("CI-ERR-1")
        @DisplayName("in two headers is 400 invalid_request")
        void twice() {
            assertChallenged(
                    request()
                            .http(http -> http.and("Authorization", "Bearer " + token.accessToken()))
                            .send(),
                    400,
                    "Bearer",
                    "invalid_request");
            stillIssues();
        }

        @Test
        @Requirement("CI-CRED-2")
        @DisplayName("is recognised whatever the letter case of its scheme")
        void schemeWithoutCase() {
            assertThat(request()
                            .http(http -> http.with("Authorization", "bearer " + token.accessToken()))
                            .send()
                            .status())
                    .isEqualTo(200);
        }

        @Test
        @Requirement({"CI-CRED-5", "CI-ERR-1"})
        @DisplayName("for something else: 403 insufficient_scope")
        void insufficient() {
            assertChallenged(request().configuration(TestIssuer.DIPLOMA).send(), 403, "Bearer", "insufficient_scope");
            stillIssues();
        }

        @Test
        @Requirement({"CI-CRED-16", "CI-CRED-17"})
        @DisplayName(
                "can be used many times, each with a fresh c_nonce and another key, and every credential stays good")
        void manyTimes() {
            var credentials =
                    Stream.generate(() -> request().credential()).limit(5).toList();
            assertThat(credentials).doesNotHaveDuplicates();
            assertThat(issuer.stores().issued()).hasSize(5);
            assertThat(credentials)
                    .allSatisfy(one -> assertThat(new SdJwtVcVerifier()
                                    .verify(
                                            one,
                                            issuer.anchors(),
                                            issuer.clock().instant()))
                            .isInstanceOf(Verification.Verified.class));
        }
    }

    @Nested
    @DisplayName("what is asked for")
    class Selector {
        @Test
        @Requirement({"CI-ERR-4", "CI-CRED-4"})
        @DisplayName("unknown: unknown_credential_configuration")
        void unknown() {
            var refused = request().configuration("s3cret-passport").send();
            assertRefused(refused, 400, "unknown_credential_configuration");
            assertThat(refused.bodyText()).doesNotContain("s3cret");
            assertRefused(request().configuration("").send(), 400, "unknown_credential_configuration");
            stillIssues();
        }

        @Test
        @Requirement({"CI-CRED-4", "CI-ERR-3"})
        @DisplayName("named in both ways, in neither, or by something that is no string: invalid_credential_request")
        void bothOrNeither() {
            assertRefused(
                    request()
                            .body(body -> body.with("credential_identifier", "x"))
                            .send(),
                    400,
                    "invalid_credential_request");
            assertRefused(
                    request()
                            .body(body -> body.without("credential_configuration_id"))
                            .send(),
                    400,
                    "invalid_credential_request");
            assertRefused(
                    request()
                            .body(body -> body.with("credential_configuration_id", null))
                            .send(),
                    400,
                    "invalid_credential_request");
            assertRefused(
                    request()
                            .body(body -> body.with("credential_configuration_id", 1))
                            .send(),
                    400,
                    "invalid_credential_request");
            assertRefused(
                    request()
                            .body(body -> body.with("credential_configuration_id", List.of(TestIssuer.PID)))
                            .send(),
                    400,
                    "invalid_credential_request");
            stillIssues();
        }

        @Test
        @Requirement("CI-ERR-9")
        @DisplayName("for which the data source has nothing: credential_request_denied, and the wallet is not told why")
        void denied() {
            var bilbo = issuer.offer(new OfferRequest(
                    TestIssuer.BILBO,
                    List.of(TestIssuer.DIPLOMA, TestIssuer.EMPLOYEE),
                    Optional.empty(),
                    Duration.ofMinutes(5)));
            var bilbosToken = wallet.redeem(bilbo.offer()).token();
            var refused = wallet.request(bilbosToken, TestIssuer.DIPLOMA).send();
            assertRefused(refused, 400, "credential_request_denied");
            assertThat(refused.bodyText()).doesNotContain("bilbo", "diploma");
            assertThat(wallet.request(bilbosToken, TestIssuer.EMPLOYEE).credential())
                    .isNotEmpty();
        }

        @Test
        @Requirement("CI-ERR-8")
        @DisplayName(
                "encrypted, which the metadata does not offer: invalid_encryption_parameters, and the answer is plain")
        void encryption() {
            var encryption = Map.of("jwk", Map.of("kty", "EC"), "enc", "A256GCM");
            assertRefused(
                    request()
                            .body(body -> body.with("credential_response_encryption", encryption))
                            .send(),
                    400,
                    "invalid_encryption_parameters");
            stillIssues();
        }
    }

    @Nested
    @DisplayName("proofs")
    class ProofsMember {
        @Test
        @Requirement({"CI-CRED-7", "CI-ERR-6"})
        @DisplayName("missing: invalid_proof")
        void missing() {
            assertRefused(request().withoutProofs().send(), 400, "invalid_proof");
            assertRefused(request().body(body -> body.with("proofs", null)).send(), 400, "invalid_proof");
            stillIssues();
        }

        static Stream<Arguments> malformed() {
            return Stream.of(
                    proofs("empty", Map.of()),
                    proofs("an empty array of jwt", Map.of("jwt", List.of())),
                    proofs("jwt that is a string", Map.of("jwt", "a.b.c")),
                    proofs("jwt that is an object", Map.of("jwt", Map.of())),
                    proofs("jwt of numbers", Map.of("jwt", List.of(1))),
                    proofs("jwt of objects", Map.of("jwt", List.of(Map.of("jwt", "a.b.c")))),
                    proofs("two types, one of them empty", Map.of("jwt", List.of("a.b.c"), "attestation", List.of())),
                    proofs("a type nobody knows", Map.of("cwt", List.of("a"))),
                    proofs("a type nobody knows, empty", Map.of("cwt", List.of())),
                    proofs("cwt of null", Map.of("cwt", Arrays.asList((Object) null))),
                    proofs("di_vp of strings", Map.of("di_vp", List.of("a.b.c"))),
                    proofs(
                            "di_vp that is nothing but its type",
                            Map.of("di_vp", List.of(Map.of("type", "VerifiablePresentation")))),
                    proofs("attestation, which is not in the metadata", Map.of("attestation", List.of("a.b.c"))),
                    proofs("two attestations", Map.of("attestation", List.of("a.b.c", "a.b.c"))));
        }

        private static Arguments proofs(String name, Map<String, Object> value) {
            return Arguments.of(named(name, value));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource
        @Requirement({"CI-CRED-6", "CI-CRED-7", "CI-ERR-6"})
        @DisplayName("malformed: invalid_proof")
        void malformed(Map<String, Object> value) {
            assertRefused(request().proofs(JsonObject.of(value)).send(), 400, "invalid_proof");
            stillIssues();
        }

        @Test
        @Requirement("CI-CRED-6")
        @DisplayName("that are no object: invalid_proof")
        void noObject() {
            for (var value : List.<Object>of(List.of(), "jwt", 1, true)) {
                assertRefused(request().body(body -> body.with("proofs", value)).send(), 400, "invalid_proof");
            }
            stillIssues();
        }

        @Test
        @Requirement("CI-CRED-6")
        @DisplayName("of two types at once, both good: invalid_proof")
        void twoTypes() {
            var both = JsonObject.builder()
                    .put("jwt", List.of(wallet.keyProof()))
                    .put("attestation", List.of(wallet.keyProof()))
                    .build();
            assertRefused(request().proofs(both).send(), 400, "invalid_proof");
            stillIssues();
        }
    }

    private TestCredentialRequest request() {
        return wallet.request(token, TestIssuer.PID);
    }

    private void stillIssues() {
        assertThat(request().credential()).isNotEmpty();
    }
}
