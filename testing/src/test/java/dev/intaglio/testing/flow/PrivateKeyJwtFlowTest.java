package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.authorization.client.PrivateKeyJwt;
import dev.intaglio.authorization.client.RegisteredClient;
import dev.intaglio.authorization.client.RegisteredClients;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestJwt;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 7523: clients that sign assertions (private_key_jwt)")
class PrivateKeyJwtFlowTest {
    private static final String BANK = "bank";

    private final SigningKey key = SigningKey.generate(JWSAlgorithm.ES256);
    private final TestIssuer issuer = issuer(false);
    private final CodeFlowWallet wallet = wallet(issuer, UnaryOperator.identity());

    private TestIssuer issuer(boolean anyAudience) {
        var clients = RegisteredClients.of(List.of(
                new RegisteredClient(
                        BANK,
                        List.of(CodeFlowWallet.REDIRECT),
                        new RegisteredClient.Method.PrivateKeyJwt(
                                List.of(SigningKey.generate(JWSAlgorithm.ES256).publicJwk(), key.publicJwk()))),
                new RegisteredClient(
                        "free", List.of(), new RegisteredClient.Method.PrivateKeyJwt(List.of(key.publicJwk()))),
                new RegisteredClient(
                        "bound",
                        List.of(CodeFlowWallet.REDIRECT),
                        new RegisteredClient.Method.PrivateKeyJwt(List.of(key.publicJwk())),
                        true),
                new RegisteredClient(
                        CodeFlowWallet.ID, List.of(CodeFlowWallet.REDIRECT), new RegisteredClient.Method.None())));
        return CodeFlowWallet.issuer(
                flow -> flow.withRefreshTokens(Duration.ofDays(1)),
                server -> server.registeredClients(clients).anyAssertionAudience(anyAudience));
    }

    private CodeFlowWallet wallet(TestIssuer at, UnaryOperator<TestJwt> change) {
        return CodeFlowWallet.at(at).named(BANK).by(signing(at, BANK, change));
    }

    private CodeFlowWallet.Authentication signing(TestIssuer at, String id, UnaryOperator<TestJwt> change) {
        return new CodeFlowWallet.Authentication() {
            @Override
            public Form form(Form form) {
                return form.with("client_assertion_type", PrivateKeyJwt.ASSERTION_TYPE)
                        .with(
                                "client_assertion",
                                change.apply(assertion(at, id)).compact());
            }
        };
    }

    private TestJwt assertion(TestIssuer at, String id) {
        var now = at.clock().instant().getEpochSecond();
        var claims = JsonObject.builder()
                .put("iss", id)
                .put("sub", id)
                .put("aud", at.identifier().toString())
                .put("jti", CodeFlowWallet.newId())
                .put("iat", now)
                .put("exp", now + 60)
                .build();
        return TestJwt.of("JWT", key, claims).withoutHeader("jwk");
    }

    @Test
    @Requirement({"AS-PAR-1", "AS-TOKEN-5", "HAIP-AS-2"})
    @DisplayName("are recognised where they push and where they redeem; client_id may be left out of the token request")
    void wholeFlow() {
        var token = wallet.tokens(wallet.redeeming(wallet.code()).with("client_id", ""));
        assertThat(wallet.good(token, TestIssuer.PID)).isTrue();
    }

    @Test
    @Requirement({"AS-TOKEN-5", "AS-PAR-1", "HAIP-AS-7"})
    @DisplayName("are not served without their assertion, at either endpoint")
    void notWithout() {
        var silent = wallet.by(new CodeFlowWallet.Authentication() {});
        assertRefused(silent.push(silent.asking()), 401, "invalid_client");
        assertRefused(silent.token(silent.redeeming(wallet.code())), 401, "invalid_client");
        assertRefused(
                silent.token(silent.refreshing(wallet.tokens().refreshToken().orElseThrow())), 401, "invalid_client");
    }

    @Test
    @Requirement({"AS-TOKEN-21", "HAIP-AS-11"})
    @DisplayName("keep their refresh token, and may change their DPoP key")
    void refresh() {
        var token = wallet.withDpop().tokens().refreshToken().orElseThrow();
        var refreshed = wallet.withDpop().tokens(wallet.refreshing(token));
        assertThat(refreshed.refreshToken()).isEmpty();
        assertThat(refreshed.tokenType()).isEqualTo("DPoP");
    }

    @Test
    @Requirement("AS-PAR-10")
    @DisplayName("may push a redirect URI of their own if they registered none; never one that leads nowhere")
    void ownRedirectUri() {
        var free = wallet.named("free").by(signing(issuer, "free", UnaryOperator.identity()));
        assertThat(free.code()).isNotEmpty();
        assertRefused(free.authorize(free.asking()), 400, "invalid_request");
        for (var uri :
                List.of("http://wallet.example/cb", "javascript:alert(1)", "https://wallet.example/cb#x", "cb")) {
            assertRefused(free.push(free.asking().with("redirect_uri", uri)), 400, "invalid_request");
        }
        assertRefused(
                wallet.push(wallet.asking().with("redirect_uri", "https://wallet.example/other")),
                400,
                "invalid_request");
    }

    @Test
    @Requirement("AS-DPOP-7")
    @DisplayName("registered with dpop_bound_access_tokens are refused without a proof")
    void dpopBound() {
        var bound = wallet.named("bound").by(signing(issuer, "bound", UnaryOperator.identity()));
        var code = bound.code();
        assertRefused(bound.token(bound.redeeming(code)), 400, "invalid_dpop_proof");
        assertThat(bound.withDpop().tokens(bound.redeeming(code)).tokenType()).isEqualTo("DPoP");
    }

    @ParameterizedTest
    @Requirement({"AS-PAR-9", "HAIP-AS-11"})
    @DisplayName("name the issuer as audience; an endpoint only where that is allowed")
    @CsvSource({
        "https://issuer.example, true, true",
        "https://issuer.example/token, false, true",
        "https://issuer.example/par, false, true",
        "https://issuer.example/, false, false",
        "https://another.example, false, false"
    })
    void audience(String audience, boolean strict, boolean lenient) {
        UnaryOperator<TestJwt> change = assertion -> assertion.audience(audience);
        assertThat(wallet(issuer, change).push(wallet.asking()).status()).isEqualTo(strict ? 201 : 401);
        var anywhere = issuer(true);
        assertThat(wallet(anywhere, change).push(wallet.asking()).status()).isEqualTo(lenient ? 201 : 401);
    }

    @Test
    @Requirement("AS-PAR-9")
    @DisplayName("name one audience, and not a list, unless any is allowed")
    void audienceList() {
        UnaryOperator<TestJwt> change =
                assertion -> assertion.claim("aud", List.of("https://x.example", "https://issuer.example"));
        assertRefused(wallet(issuer, change).push(wallet.asking()), 401, "invalid_client");
        assertThat(wallet(issuer(true), change).push(wallet.asking()).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @DisplayName("are refused when a claim is missing")
    @ValueSource(strings = {"iss", "sub", "aud", "jti", "exp"})
    void missing(String claim) {
        assertRefused(
                wallet(issuer, assertion -> assertion.withoutClaim(claim)).push(wallet.asking()),
                401,
                "invalid_client");
    }

    @ParameterizedTest
    @Requirement({"HAIP-AS-10", "CI-DPOP-7"})
    @DisplayName("are refused outside their time, with ten seconds for clocks that differ")
    @CsvSource({
        "exp, 0, false",
        "exp, 1, true",
        "exp, 700, false",
        "iat, 10, true",
        "iat, 61, false",
        "nbf, 10, true",
        "nbf, 61, false"
    })
    void times(String claim, long offset, boolean good) {
        var now = issuer.clock().instant().getEpochSecond();
        var response = wallet(issuer, assertion -> assertion.claim(claim, now + offset))
                .push(wallet.asking());
        assertThat(response.status()).isEqualTo(good ? 201 : 401);
    }

    @Test
    @DisplayName("are refused by another key, by another algorithm, or in another's name")
    void forged() {
        var another = SigningKey.generate(JWSAlgorithm.ES256);
        List<UnaryOperator<TestJwt>> forgeries = List.of(
                assertion -> assertion.signedBy(another),
                TestJwt::unsigned,
                assertion -> assertion.hmac(new byte[32]),
                assertion -> assertion.claim("sub", "free"),
                assertion -> assertion.issuer("free"),
                assertion -> assertion.issuer("free").claim("sub", "free"),
                assertion -> assertion.issuer(CodeFlowWallet.ID).claim("sub", CodeFlowWallet.ID),
                assertion -> assertion.issuer("x").claim("sub", "x"));
        for (var forgery : forgeries) {
            assertRefused(wallet(issuer, forgery).push(wallet.asking()), 401, "invalid_client");
        }
    }

    @Test
    @DisplayName("use each assertion once")
    void replay() {
        var id = CodeFlowWallet.newId();
        var again = wallet(issuer, assertion -> assertion.claim("jti", id));
        assertThat(again.push(wallet.asking()).status()).isEqualTo(201);
        assertRefused(again.push(wallet.asking()), 401, "invalid_client");
    }

    @Test
    @DisplayName("authenticate in one way")
    void twice() {
        var both = wallet.by(new CodeFlowWallet.Authentication() {
            @Override
            public Form form(Form form) {
                return wallet.authentication().form(form);
            }

            @Override
            public Request request(Request request) {
                return request.with("Authorization", "Basic YTpi");
            }
        });
        assertRefused(both.push(both.asking()), 400, "invalid_request");
    }

    @Test
    @Requirement({"AS-META-11", "AS-META-14", "AS-META-17"})
    @DisplayName("are in the metadata with the algorithms of their assertions")
    void metadata() {
        var metadata = issuer.authorizationServer().metadata();
        assertThat(metadata.tokenEndpointAuthMethods()).containsExactly("private_key_jwt", "none");
        assertThat(metadata.tokenEndpointAuthSigningAlgorithms())
                .contains("ES256")
                .doesNotContain("none", "HS256");
    }

    @Test
    @Requirement({"HAIP-AS-2", "HAIP-AS-11"})
    @DisplayName("are the only ones, where public clients are not served")
    void confidentialOnly() {
        var strict = CodeFlowWallet.issuer(
                UnaryOperator.identity(),
                server -> server.publicClients(false)
                        .registeredClients(RegisteredClients.of(List.of(
                                new RegisteredClient(
                                        BANK,
                                        List.of(CodeFlowWallet.REDIRECT),
                                        new RegisteredClient.Method.PrivateKeyJwt(List.of(key.publicJwk()))),
                                new RegisteredClient(
                                        CodeFlowWallet.ID,
                                        List.of(CodeFlowWallet.REDIRECT),
                                        new RegisteredClient.Method.None())))));
        var open = CodeFlowWallet.at(strict);
        assertRefused(open.push(open.asking()), 401, "invalid_client");
        assertThat(wallet(strict, UnaryOperator.identity()).code()).isNotEmpty();
        var metadata = strict.authorizationServer().metadata();
        assertThat(metadata.tokenEndpointAuthMethods()).containsExactly("private_key_jwt");
        assertThat(metadata.preAuthorizedGrantAnonymousAccess()).isFalse();
        assertThat(metadata.write().has("pre-authorized_grant_anonymous_access_supported"))
                .isFalse();
    }
}
