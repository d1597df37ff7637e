package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.CodeFlowWallet.STATE;
import static dev.intaglio.testing.flow.CodeFlowWallet.answer;
import static dev.intaglio.testing.flow.CodeFlowWallet.code;
import static dev.intaglio.testing.flow.CodeFlowWallet.failure;
import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.authorization.CodeFlow;
import dev.intaglio.authorization.token.DpopPolicy;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.oauth.AuthorizationResponse;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.store.Race;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("§5 Authorization Endpoint and the code it gives")
class AuthorizationCodeFlowTest {
    private final TestIssuer issuer = CodeFlowWallet.anyIssuer();
    private final CodeFlowWallet wallet = CodeFlowWallet.at(issuer);

    @Test
    @Requirement({"AS-AUTHZ-1", "AS-AUTHZ-2", "AS-TOKEN-5", "HAIP-1", "HAIP-3"})
    @DisplayName("from a pushed request to a credential")
    void wholeFlow() {
        var token = wallet.tokens();
        assertThat(token.tokenType()).isEqualTo("Bearer");
        assertThat(token.scope()).contains(TestIssuer.PID);
        assertThat(wallet.good(token, TestIssuer.PID)).isTrue();
        assertThat(wallet.good(token, TestIssuer.DIPLOMA)).as("not asked for").isFalse();
    }

    @Nested
    @DisplayName("§5.2, §5.3 Authorization Response")
    class Responses {
        @Test
        @Requirement({"AS-AUTHZ-5", "AS-AUTHZ-6", "HAIP-AS-8"})
        @DisplayName("carries code, state as it came, and iss, by 303, to the redirect URI as it was written")
        void success() {
            var response = wallet.authorize(wallet.asking());
            assertThat(response.header("Cache-Control")).contains("no-store");
            assertThat(response.header("Referrer-Policy")).contains("no-referrer");
            var success = (AuthorizationResponse.Success) answer(response);
            assertThat(success.state()).contains(STATE);
            assertThat(success.issuer()).contains(issuer.identifier().toString());
            assertThat(success.code()).hasSizeGreaterThanOrEqualTo(43);
        }

        @Test
        @Requirement("AS-AUTHZ-5")
        @DisplayName("has no state where the request had none")
        void withoutState() {
            assertThat(answer(wallet.authorize(wallet.asking().with("state", "")))
                            .state())
                    .isEmpty();
        }

        @ParameterizedTest
        @Requirement({"AS-AUTHZ-5", "AS-AUTHZ-6", "AS-PKCE-1", "HAIP-AS-7"})
        @DisplayName("tells the client of its mistakes, with state and iss")
        @CsvSource({
            "response_type, token, unsupported_response_type",
            "response_type, '', invalid_request",
            "response_type, code id_token, unsupported_response_type",
            "code_challenge, '', invalid_request",
            "code_challenge, too-short, invalid_request",
            "code_challenge_method, plain, invalid_request",
            "code_challenge_method, '', invalid_request",
            "scope, openid, invalid_scope",
            "scope, '', invalid_scope",
            "dpop_jkt, short, invalid_request",
            "resource, https://another.example, invalid_target",
            "request, e30.e30., request_not_supported"
        })
        void failures(String name, String value, String error) {
            var failure = failure(wallet.authorize(wallet.asking().with(name, value)));
            assertThat(failure.error()).isEqualTo(error);
            assertThat(failure.state()).contains(STATE);
            assertThat(failure.issuer()).contains(issuer.identifier().toString());
            assertThat(failure.description())
                    .hasValueSatisfying(text -> assertThat(text).matches(Refusals.DESCRIPTION));
            assertThat(wallet.push(wallet.asking().with(name, value)).status())
                    .as("pushed")
                    .isEqualTo(400);
        }

        @Test
        @Requirement("AS-AUTHZ-4")
        @DisplayName("comes in spite of parameters nobody knows")
        void unknownParameters() {
            assertThat(code(wallet.authorize(wallet.asking()
                            .with("wallet_issuer", "https://x.example")
                            .with("prompt", "login"))))
                    .isNotEmpty();
            assertThat(wallet.push(wallet.asking().with("user_hint", "x")).status())
                    .isEqualTo(201);
        }

        @ParameterizedTest
        @Requirement({"AS-AUTHZ-9", "AS-AUTHZ-5"})
        @DisplayName("is never sent to an address that is not exactly a registered one")
        @ValueSource(
                strings = {
                    "https://wallet.example/cb",
                    "https://wallet.example/cb?keep=1&more=2",
                    "https://wallet.example:443/cb?keep=1",
                    "https://WALLET.example/cb?keep=1",
                    "https://evil.example/cb?keep=1",
                    "javascript:alert(1)",
                    "/cb",
                    ""
                })
        void otherAddresses(String redirectUri) {
            assertRefused(wallet.authorize(wallet.asking().with("redirect_uri", redirectUri)), 400, "invalid_request");
            assertRefused(wallet.push(wallet.asking().with("redirect_uri", redirectUri)), 400, "invalid_request");
        }

        @Test
        @Requirement("AS-AUTHZ-5")
        @DisplayName("is never sent for a client nobody knows, nor for a request that names none or one twice")
        void unknownClient() {
            var stranger = wallet.named("stranger");
            assertRefused(stranger.authorize(stranger.asking()), 400, "invalid_client");
            assertRefused(stranger.push(stranger.asking()), 400, "invalid_client");
            assertRefused(wallet.authorize(wallet.asking().with("client_id", "")), 400, "invalid_request");
            assertRefused(wallet.push(wallet.asking().with("client_id", "")), 401, "invalid_client");
        }

        @ParameterizedTest
        @Requirement("AS-AUTHZ-9")
        @DisplayName("goes to whatever port of the device itself an app listens on, and nowhere near it")
        @CsvSource({
            "http://127.0.0.1:51004/cb, true",
            "http://127.0.0.1/cb, true",
            "http://127.0.0.1:51004/other, false",
            "http://127.0.0.1:51004/cb?x=1, false",
            "http://127.0.0.1:51004@evil.example/cb, false",
            "http://localhost:51004/cb, false",
            "https://127.0.0.1:51004/cb, false",
            "https://wallet.example:51004/cb?keep=1, false"
        })
        void loopback(String redirectUri, boolean good) {
            var app = wallet.named(CodeFlowWallet.OTHER);
            var response = app.authorize(app.asking().with("redirect_uri", redirectUri));
            if (good) {
                assertThat(response.status()).isEqualTo(303);
                assertThat(response.header("Location").orElseThrow()).startsWith(redirectUri + "?code=");
            } else {
                assertRefused(response, 400, "invalid_request");
            }
        }
    }

    @Nested
    @DisplayName("RFC 6749, section 4.1.3: redeeming the code")
    class Redeeming {
        @Test
        @Requirement("AS-AUTHZ-7")
        @DisplayName("works within sixty seconds")
        void shortLived() {
            var inTime = wallet.code();
            var late = wallet.code();
            issuer.clock().advance(Duration.ofSeconds(59));
            assertThat(wallet.token(wallet.redeeming(inTime)).status()).isEqualTo(200);
            issuer.clock().advance(Duration.ofSeconds(1));
            assertRefused(wallet.token(wallet.redeeming(late)), 400, "invalid_grant");
        }

        @Test
        @Requirement("AS-AUTHZ-7")
        @DisplayName("works once; a second time ends what the first gave")
        void once() {
            var code = wallet.code();
            var first = wallet.tokens(wallet.redeeming(code));
            assertThat(wallet.good(first, TestIssuer.PID)).isTrue();
            assertRefused(wallet.token(wallet.redeeming(code)), 400, "invalid_grant");
            assertThat(wallet.good(first, TestIssuer.PID)).isFalse();
            assertThat(wallet.good(wallet.tokens(), TestIssuer.PID))
                    .as("of another code")
                    .isTrue();
        }

        @Test
        @Requirement("AS-AUTHZ-7")
        @DisplayName("works for one of fifty who come at once")
        void race() {
            var code = wallet.code();
            var statuses = Race.run(
                    runner -> () -> wallet.token(wallet.redeeming(code)).status());
            assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
            assertThat(statuses).filteredOn(status -> status == 400).hasSize(Race.RUNNERS - 1);
        }

        @Test
        @Requirement({"AS-TOKEN-5", "AS-AUTHZ-7"})
        @DisplayName(
                "works for the client it was given to, with its redirect URI; who has only seen the code cannot use it up")
        void bound() {
            var code = wallet.code();
            var other = wallet.named(CodeFlowWallet.OTHER);
            assertRefused(other.token(other.redeeming(code)), 400, "invalid_grant");
            assertRefused(wallet.token(wallet.redeeming(code).with("client_id", "")), 401, "invalid_client");
            assertRefused(
                    wallet.token(wallet.redeeming(code).with("redirect_uri", "https://wallet.example/cb")),
                    400,
                    "invalid_grant");
            assertRefused(wallet.token(wallet.redeeming(code).with("redirect_uri", "")), 400, "invalid_grant");
            assertRefused(
                    wallet.token(wallet.redeeming(code).with("code_verifier", "x".repeat(43))), 400, "invalid_grant");
            assertRefused(wallet.token(wallet.redeeming("unheard-of")), 400, "invalid_grant");
            var token = wallet.tokens(wallet.redeeming(code));
            assertRefused(other.token(other.redeeming(code)), 400, "invalid_grant");
            assertThat(wallet.good(token, TestIssuer.PID))
                    .as("after somebody else came with the code")
                    .isTrue();
        }

        @ParameterizedTest
        @Requirement("AS-PKCE-1")
        @DisplayName("needs the verifier, 43 to 128 unreserved characters")
        @ValueSource(
                strings = {
                    "",
                    "short",
                    "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl",
                    "dBjftJeZ4CVP mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
                })
        void wrongVerifier(String verifier) {
            assertRefused(
                    wallet.token(wallet.redeeming(wallet.code()).with("code_verifier", verifier)),
                    400,
                    "invalid_grant");
        }

        @Test
        @Requirement("AS-PKCE-2")
        @DisplayName(
                "where no challenge is asked for, a verifier without one is refused, and a challenge still needs its verifier")
        void downgrade() {
            var lenient =
                    CodeFlowWallet.at(CodeFlowWallet.issuer(CodeFlow::withOptionalPkce, UnaryOperator.identity()));
            var without = lenient.asking().with("code_challenge", "").with("code_challenge_method", "");
            assertRefused(lenient.token(lenient.redeeming(lenient.code(without))), 400, "invalid_grant");
            assertThat(lenient.token(lenient.redeeming(lenient.code(without)).with("code_verifier", ""))
                            .status())
                    .isEqualTo(200);
            assertRefused(
                    lenient.token(lenient.redeeming(lenient.code()).with("code_verifier", "")), 400, "invalid_grant");
        }
    }

    @Nested
    @DisplayName("RFC 9449, section 10: codes bound to a DPoP key")
    class BoundToKey {
        private final CodeFlowWallet holder = wallet.withDpop();

        @Test
        @Requirement({"AS-DPOP-5", "AS-PAR-8", "HAIP-AS-9"})
        @DisplayName(
                "by dpop_jkt, pushed or not, or by the header of the pushed request; other keys, and none, are refused")
        void bound() {
            var named = holder.asking().with("dpop_jkt", holder.thumbprint());
            var silent = holder.withoutDpop();
            assertOnlyHolder(code(holder.authorize(named)));
            assertOnlyHolder(silent.code(named));
            assertOnlyHolder(holder.code());
            assertOnlyHolder(holder.code(named));
        }

        private void assertOnlyHolder(String code) {
            assertRefused(wallet.withDpop().token(wallet.redeeming(code)), 400, "invalid_grant");
            assertRefused(wallet.token(wallet.redeeming(code)), 400, "invalid_grant");
            var token = holder.tokens(holder.redeeming(code));
            assertThat(token.tokenType()).isEqualTo("DPoP");
            assertThat(holder.good(token, TestIssuer.PID)).isTrue();
        }

        @Test
        @Requirement({"AS-PAR-8", "AS-DPOP-2"})
        @DisplayName("a header that contradicts dpop_jkt, or is no good proof, is refused")
        void contradiction() {
            var another = holder.asking().with("dpop_jkt", wallet.withDpop().thumbprint());
            assertRefused(holder.push(another), 400, "invalid_dpop_proof");
            var proof = holder.proof(issuer.identifier().resolve("/token"));
            var bad = wallet.by(new CodeFlowWallet.Authentication() {
                @Override
                public Request request(Request request) {
                    return request.with("DPoP", proof);
                }
            });
            assertRefused(bad.push(bad.asking()), 400, "invalid_dpop_proof");
        }

        @Test
        @DisplayName("a server that does without DPoP ignores both")
        void off() {
            var plain = CodeFlowWallet.at(
                    CodeFlowWallet.issuer(UnaryOperator.identity(), server -> server.dpop(DpopPolicy.OFF)));
            var code = plain.withDpop().code(plain.asking().with("dpop_jkt", holder.thumbprint()));
            assertThat(plain.tokens(plain.redeeming(code)).tokenType()).isEqualTo("Bearer");
        }
    }

    @Test
    @Requirement({"AS-META-3", "AS-META-7", "AS-META-8", "AS-META-9", "AS-META-16"})
    @DisplayName("the metadata says what there is, and nothing more")
    void metadata() {
        var metadata = issuer.authorizationServer().metadata().write();
        assertThat(metadata.string("authorization_endpoint")).isEqualTo("https://issuer.example/authorize");
        assertThat(metadata.string("pushed_authorization_request_endpoint")).isEqualTo("https://issuer.example/par");
        assertThat(metadata.strings("response_types_supported")).containsExactly("code");
        assertThat(metadata.strings("code_challenge_methods_supported")).containsExactly("S256");
        assertThat(metadata.strings("grant_types_supported"))
                .containsExactly("authorization_code", "urn:ietf:params:oauth:grant-type:pre-authorized_code");
        assertThat(metadata.strings("scopes_supported")).containsExactly(TestIssuer.PID, "diploma", "employee");
        assertThat(metadata.flag("authorization_response_iss_parameter_supported"))
                .isTrue();
        assertThat(metadata.strings("token_endpoint_auth_methods_supported")).containsExactly("none");
        assertThat(metadata.members())
                .doesNotContainKeys(
                        "require_pushed_authorization_requests",
                        "challenge_endpoint",
                        "token_endpoint_auth_signing_alg_values_supported",
                        "client_attestation_signing_alg_values_supported");
    }

    @Test
    @DisplayName("a server without the flow has none of its endpoints and grants")
    void without() {
        var plain = CodeFlowWallet.at(TestIssuer.create());
        assertThat(plain.push(plain.asking()).status()).isEqualTo(404);
        assertThat(plain.authorize(plain.asking()).status()).isEqualTo(404);
        assertRefused(plain.token(plain.redeeming("code")), 400, "unsupported_grant_type");
        assertRefused(plain.token(plain.refreshing("token")), 400, "unsupported_grant_type");
    }
}
