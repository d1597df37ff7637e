package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import dev.intaglio.issuer.offer.CreatedOffer;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Headers;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.protocol.offer.TxCode;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestTokenRequest;
import dev.intaglio.testing.TestWallet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("§6 Token Endpoint, pre-authorized code")
class TokenFlowTest {
    private final TestIssuer issuer = TestIssuer.create();
    private final TestWallet wallet = issuer.wallet();

    @Nested
    @DisplayName("§6.2 a successful response")
    class Success {
        @Test
        @Requirement({"AS-TOKEN-3", "AS-TOKEN-11", "AS-META-5", "CI-SEC-5"})
        @DisplayName(
                "gives a token to a client that does not name itself: 200, JSON, not to be cached, without c_nonce")
        void anonymous() {
            var response = wallet.redeem(issuer.offer(TestIssuer.PID).offer()).send();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("Content-Type")).contains("application/json");
            assertThat(response.header("Cache-Control")).contains("no-store");
            assertThat(response.header("Pragma")).contains("no-cache");
            assertThat(response.bodyObject().members()).containsOnlyKeys("access_token", "token_type", "expires_in");
            assertThat(response.bodyObject().string("token_type")).isEqualTo("Bearer");
        }

        @Test
        @Requirement("AS-TOKEN-18")
        @DisplayName("a Bearer token lives five minutes and no longer")
        void shortLived() {
            var token = wallet.redeem(issuer.offer(TestIssuer.PID).offer()).token();
            assertThat(token.expiresIn()).contains(Duration.ofMinutes(5));
            issuer.clock().advance(Duration.ofMinutes(5).minusSeconds(1));
            assertThat(wallet.request(token, TestIssuer.PID).credential()).isNotEmpty();
            issuer.clock().advance(Duration.ofSeconds(1));
            Refusals.assertChallenged(wallet.request(token, TestIssuer.PID).send(), 401, "Bearer", "invalid_token");
        }

        @Test
        @Requirement("AS-TOKEN-8")
        @DisplayName("the token is good for what was offered, and nothing else")
        void offeredOnly() {
            var token = wallet.redeem(
                            issuer.offer(TestIssuer.PID, TestIssuer.EMPLOYEE).offer())
                    .token();
            assertThat(wallet.request(token, TestIssuer.PID).credential()).isNotEmpty();
            assertThat(wallet.request(token, TestIssuer.EMPLOYEE).credential()).isNotEmpty();
            Refusals.assertChallenged(
                    wallet.request(token, TestIssuer.DIPLOMA).send(), 403, "Bearer", "insufficient_scope");
        }

        @Test
        @Requirement("AS-TOKEN-4")
        @DisplayName("comes in spite of parameters nobody knows, empty ones and a charset")
        void unknownParameters() {
            var response = wallet.redeem(issuer.offer(TestIssuer.PID).offer())
                    .parameter("user_pin", "1234")
                    .parameter("foo", "bar")
                    .parameter("tx_code", "")
                    .parameter("scope", "whatever")
                    .parameter("resource", "https://issuer.example")
                    .http(request -> request.withBody(Form.MEDIA_TYPE + "; charset=UTF-8", request.body()))
                    .send();
            assertThat(response.status()).isEqualTo(200);
        }
    }

    @Nested
    @DisplayName("§6.3 a Transaction Code")
    class TransactionCode {
        private final CreatedOffer created = issuer.offer(TxCode.numeric(6, "In the letter"), TestIssuer.PID);
        private final String right = created.txCode().orElseThrow();
        private final String wrong = right.equals("000000") ? "111111" : "000000";

        @Test
        @Requirement({"AS-TOKEN-2", "AS-TOKEN-17", "CI-OFFER-10"})
        @DisplayName("that is right gives a token, and is not taken again")
        void right() {
            assertThat(wallet.redeem(created.offer()).txCode(right).token().accessToken())
                    .isNotEmpty();
            assertRefused(wallet.redeem(created.offer()).txCode(right).send(), 400, "invalid_grant");
        }

        @Test
        @Requirement({"AS-TOKEN-14", "AS-TOKEN-17"})
        @DisplayName("that is wrong is invalid_grant, and the user may try again")
        void wrong() {
            var refused = wallet.redeem(created.offer()).txCode(wrong).send();
            assertRefused(refused, 400, "invalid_grant");
            assertThat(refused.bodyObject().string("error_description")).contains("tx_code");
            stillIssues(wallet.redeem(created.offer()).txCode(right));
        }

        @Test
        @Requirement({"AS-TOKEN-2", "AS-TOKEN-13", "CI-OFFER-10"})
        @DisplayName("that is missing is invalid_request, however often, and the offer stays good")
        void missing() {
            for (var i = 0; i < 10; i++) {
                assertRefused(wallet.redeem(created.offer()).send(), 400, "invalid_request");
            }
            assertRefused(wallet.redeem(created.offer()).txCode("").send(), 400, "invalid_request");
            stillIssues(wallet.redeem(created.offer()).txCode(right));
        }

        @Test
        @Requirement({"AS-TOKEN-2", "AS-TOKEN-13"})
        @DisplayName("that nobody asked for is invalid_request, however often, and the offer stays good")
        void unexpected() {
            var open = issuer.offer(TestIssuer.PID);
            for (var i = 0; i < 10; i++) {
                assertRefused(wallet.redeem(open.offer()).txCode("123456").send(), 400, "invalid_request");
            }
            stillIssues(wallet.redeem(open.offer()));
        }

        @Test
        @Requirement({"AS-TOKEN-16", "CI-OFFER-19"})
        @DisplayName("can be wrong four times; with the fifth the offer is dead, for the right one too")
        void attempts() {
            for (var i = 0; i < 5; i++) {
                assertThat(wallet.get(created.reference()).status()).isEqualTo(200);
                assertRefused(wallet.redeem(created.offer()).txCode(wrong).send(), 400, "invalid_grant");
            }
            assertRefused(wallet.redeem(created.offer()).txCode(right).send(), 400, "invalid_grant");
            assertRefused(wallet.get(created.reference()), 404, "not_found");
        }

        @Test
        @Requirement("AS-TOKEN-16")
        @DisplayName("can be right after four wrong ones")
        void lastAttempt() {
            for (var i = 0; i < 4; i++) {
                assertRefused(wallet.redeem(created.offer()).txCode(wrong).send(), 400, "invalid_grant");
            }
            stillIssues(wallet.redeem(created.offer()).txCode(right));
        }

        @Test
        @Requirement("AS-TOKEN-2")
        @DisplayName("with another grant is invalid_request")
        void otherGrant() {
            var refused = wallet.redeem(created.offer())
                    .parameter("grant_type", "authorization_code")
                    .parameter("code", "x")
                    .txCode(right)
                    .send();
            assertRefused(refused, 400, "invalid_request");
            stillIssues(wallet.redeem(created.offer()).txCode(right));
        }

        @Test
        @Requirement("CI-OFFER-11")
        @DisplayName("of letters is taken as it was given, and distinguishes them")
        void letters() {
            var text = issuer.offer(
                    new TxCode(TxCode.InputMode.TEXT, OptionalInt.of(8), Optional.empty()), TestIssuer.PID);
            var value = text.txCode().orElseThrow();
            assertRefused(
                    wallet.redeem(text.offer())
                            .txCode(value.toLowerCase(Locale.ROOT) + " ")
                            .send(),
                    400,
                    "invalid_grant");
            stillIssues(wallet.redeem(text.offer()).txCode(value));
        }
    }

    @Nested
    @DisplayName("§6.3 an error response")
    class Errors {
        static Stream<Arguments> refused() {
            return Stream.of(
                    refusal(
                            "a body that is JSON",
                            "invalid_request",
                            request -> request.withBody("application/json", request.body())),
                    refusal(
                            "a body without a media type",
                            "invalid_request",
                            request -> new Request(
                                    request.method(), request.uri(), Headers.none(), request.body(), Optional.empty())),
                    refusal("a parameter given twice", "invalid_request", appended("&foo=1&foo=2")),
                    refusal("the code given twice", "invalid_request", appended("&pre-authorized_code=s3cret")),
                    refusal("wrong percent-encoding", "invalid_request", appended("&tx_code=%s3cret")),
                    refusal("unfinished percent-encoding", "invalid_request", appended("&foo=%4")),
                    refusal("a body of a megabyte", "invalid_request", appended("&foo=" + "x".repeat(1 << 20))),
                    refusal("no body", "invalid_request", request -> request.withBody(Form.MEDIA_TYPE, new byte[0])));
        }

        private static Arguments refusal(String name, String error, UnaryOperator<Request> change) {
            return Arguments.of(named(name, change), error);
        }

        private static UnaryOperator<Request> appended(String more) {
            return request -> request.withBody(
                    Form.MEDIA_TYPE,
                    (new String(request.body(), StandardCharsets.UTF_8) + more).getBytes(StandardCharsets.UTF_8));
        }

        @ParameterizedTest(name = "{0}: {1}")
        @MethodSource
        @Requirement("AS-TOKEN-12")
        @DisplayName("is 400 with the code of RFC 6749 for what is no token request; the offer stays good")
        void refused(UnaryOperator<Request> change, String error) {
            var offer = issuer.offer(TestIssuer.PID);
            var response = wallet.redeem(offer.offer()).http(change).send();
            assertRefused(response, 400, error);
            assertThat(response.bodyText()).doesNotContain("s3", "%4", "xxxx");
            stillIssues(wallet.redeem(offer.offer()));
        }

        @Test
        @Requirement({"AS-TOKEN-1", "AS-TOKEN-12"})
        @DisplayName("is invalid_request without grant type or code, and unsupported_grant_type for another grant")
        void grantTypes() {
            var offer = issuer.offer(TestIssuer.PID);
            var request = wallet.redeem(offer.offer());
            assertRefused(request.without("grant_type").send(), 400, "invalid_request");
            assertRefused(request.without("pre-authorized_code").send(), 400, "invalid_request");
            assertRefused(request.parameter("grant_type", "password").send(), 400, "unsupported_grant_type");
            assertRefused(
                    request.parameter("grant_type", "authorization_code")
                            .parameter("code", "x")
                            .send(),
                    400,
                    "unsupported_grant_type");
            assertRefused(
                    request.parameter("grant_type", "refresh_token")
                            .parameter("refresh_token", "x")
                            .send(),
                    400,
                    "unsupported_grant_type");
            stillIssues(request);
        }

        @Test
        @Requirement("AS-TOKEN-14")
        @DisplayName("is invalid_grant for a code that was never made, expired or was redeemed, and does not say which")
        void invalidGrant() {
            var offer = issuer.offer(TestIssuer.PID);
            var unknown = wallet.redeem(offer.offer())
                    .parameter("pre-authorized_code", "never-made")
                    .send();
            assertRefused(unknown, 400, "invalid_grant");
            wallet.redeem(offer.offer()).token();
            var redeemed = wallet.redeem(offer.offer()).send();
            var expiring = issuer.offer(TestIssuer.PID);
            issuer.clock().set(expiring.expiresAt());
            var expired = wallet.redeem(expiring.offer()).send();
            assertThat(redeemed.bodyText()).isEqualTo(unknown.bodyText());
            assertThat(expired.bodyText()).isEqualTo(unknown.bodyText());
        }

        @Test
        @Requirement({"AS-TOKEN-15", "AS-TOKEN-12", "AS-META-5"})
        @DisplayName(
                "is invalid_client for nobody's request where clients have to name themselves; the offer stays good")
        void anonymousRefused() {
            var strict = TestIssuer.builder().anonymousAccess(false).build();
            var offer = strict.offer(TestIssuer.PID);
            assertRefused(strict.wallet().redeem(offer.offer()).send(), 401, "invalid_client");
            var wallet = strict.wallet().withClientId("wallet");
            assertThat(wallet.request(wallet.redeem(offer.offer()).token(), TestIssuer.PID)
                            .credential())
                    .isNotEmpty();
        }

        @Test
        @Requirement("AS-TOKEN-12")
        @DisplayName("is invalid_client with 401 and a challenge for an Authorization header that says nothing to us")
        void authorizationHeader() {
            var offer = issuer.offer(TestIssuer.PID);
            var refused = wallet.redeem(offer.offer())
                    .http(request -> request.with("Authorization", "Basic czNjcmV0"))
                    .send();
            assertRefused(refused, 401, "invalid_client");
            assertThat(refused.header("WWW-Authenticate").orElseThrow()).startsWith("Basic ");
            var bearer = wallet.redeem(offer.offer())
                    .http(request -> request.with("Authorization", "bearer s3cret"))
                    .send();
            assertRefused(bearer, 401, "invalid_client");
            assertThat(bearer.header("WWW-Authenticate").orElseThrow()).startsWith("Bearer ");
            assertRefused(
                    wallet.redeem(offer.offer())
                            .parameter("client_secret", "s3cret")
                            .send(),
                    401,
                    "invalid_client");
            stillIssues(wallet.redeem(offer.offer()));
        }

        @Test
        @DisplayName("is 405 for another method than POST")
        void methods() {
            var endpoint = wallet.authorizationServerMetadata().tokenEndpoint().orElseThrow();
            var response = wallet.get(endpoint);
            assertThat(response.status()).isEqualTo(405);
            assertThat(response.header("Allow")).contains("POST");
        }
    }

    private void stillIssues(TestTokenRequest request) {
        TokenResponse token = request.token();
        assertThat(wallet.request(token, TestIssuer.PID).credential()).isNotEmpty();
    }
}
