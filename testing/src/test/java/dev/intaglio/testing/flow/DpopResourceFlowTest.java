package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertChallenged;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.issuer.offer.CreatedOffer;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestJwt;
import dev.intaglio.testing.TestWallet;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("RFC 9449 §7, §9 DPoP at the credential endpoint")
class DpopResourceFlowTest {
    private final TestIssuer issuer = TestIssuer.create();
    private final SigningKey key = SigningKey.generate(JWSAlgorithm.ES256);
    private final TestWallet wallet = issuer.wallet().withDpop(key);
    private final CreatedOffer offer = issuer.offer(TestIssuer.PID);

    private final TokenResponse token = wallet.redeem(offer.offer()).token();

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.intaglio.testing.flow.BadDpopProofs#anywhere")
    @Requirement({"CI-DPOP-1", "CI-DPOP-3", "AS-DPOP-1"})
    @DisplayName("a bad proof is 401 invalid_dpop_proof with a challenge, and the token stays good")
    void bad(UnaryOperator<TestJwt> change) {
        assertDpop(wallet.request(token, TestIssuer.PID).dpop(change).send(), "invalid_dpop_proof");
        stillIssues();
    }

    @Test
    @Requirement({"CI-DPOP-1", "CI-DPOP-3"})
    @DisplayName("a proof without ath, or with that of another token, is invalid_dpop_proof")
    void accessTokenHash() {
        var request = wallet.request(token, TestIssuer.PID);
        assertDpop(request.dpop(proof -> proof.withoutClaim("ath")).send(), "invalid_dpop_proof");
        assertDpop(
                request.dpop(proof -> proof.claim("ath", DpopProof.accessTokenHash("another")))
                        .send(),
                "invalid_dpop_proof");
        assertDpop(request.dpop(proof -> proof.claim("ath", "")).send(), "invalid_dpop_proof");
        stillIssues();
    }

    @Test
    @Requirement({"CI-DPOP-1", "CI-DPOP-3"})
    @DisplayName("a proof by another key than the token is bound to is invalid_token")
    void anotherKey() {
        var other = SigningKey.generate(JWSAlgorithm.ES256);
        assertDpop(
                wallet.request(token, TestIssuer.PID)
                        .dpop(proof -> proof.by(other))
                        .send(),
                "invalid_token");
        stillIssues();
    }

    @Test
    @Requirement({"CI-DPOP-3", "CI-ERR-1"})
    @DisplayName("a token nobody issued, or that has expired, is invalid_token under the scheme it came with")
    void unknownToken() {
        var request = wallet.request(token, TestIssuer.PID);
        assertDpop(request.http(http -> http.with("Authorization", "DPoP abc")).send(), "invalid_token");
        issuer.clock().advance(Duration.ofMinutes(5));
        assertDpop(request.send(), "invalid_token");
    }

    @Test
    @Requirement({"CI-DPOP-2", "HAIP-CI-17"})
    @DisplayName("a bound token sent as Bearer is refused, with or without a proof, and told to come as DPoP")
    void asBearer() {
        var request = wallet.request(token, TestIssuer.PID)
                .http(http -> http.with("Authorization", "Bearer " + token.accessToken()));
        assertDpop(request.send(), "invalid_token");
        assertDpop(request.http(http -> withoutProof(http)).send(), "invalid_token");
        stillIssues();
    }

    @Test
    @Requirement({"CI-DPOP-1", "CI-DPOP-3"})
    @DisplayName("a bound token without a proof is invalid_dpop_proof")
    void withoutProofAtAll() {
        assertDpop(
                wallet.request(token, TestIssuer.PID)
                        .http(DpopResourceFlowTest::withoutProof)
                        .send(),
                "invalid_dpop_proof");
        stillIssues();
    }

    @Test
    @Requirement({"CI-DPOP-1", "AS-DPOP-1"})
    @DisplayName("two proofs are invalid_dpop_proof")
    void twoProofs() {
        assertDpop(
                wallet.request(token, TestIssuer.PID)
                        .http(http -> http.and("DPoP", http.header("DPoP").orElseThrow()))
                        .send(),
                "invalid_dpop_proof");
        stillIssues();
    }

    @Test
    @Requirement({"CI-DPOP-3", "AS-DPOP-8"})
    @DisplayName("a proof without our nonce is 401 use_dpop_nonce with one")
    void nonceWanted() {
        var refused = wallet.request(token, TestIssuer.PID)
                .dpop(proof -> proof.withoutClaim("nonce"))
                .send();
        assertDpop(refused, "use_dpop_nonce");
        assertThat(refused.headers().all("DPoP-Nonce")).hasSize(1);
        stillIssues();
    }

    @Test
    @Requirement("CI-DPOP-4")
    @DisplayName("a nonce of the authorization server is none of ours, though both share one secret")
    void foreignNonce() {
        var serversNonce = wallet.redeem(issuer.offer(TestIssuer.PID).offer())
                .dpop(proof -> proof.withoutClaim("nonce"))
                .send()
                .header("DPoP-Nonce")
                .orElseThrow();
        assertDpop(
                wallet.request(token, TestIssuer.PID)
                        .dpop(proof -> proof.nonce(serversNonce))
                        .send(),
                "use_dpop_nonce");
        stillIssues();
    }

    @Test
    @Requirement({"CI-DPOP-5", "HAIP-CI-8"})
    @DisplayName("the nonce that came with the c_nonce serves, so that no request is sent in vain")
    void nonceFromNonceEndpoint() {
        var nonce = wallet.requestNonce().header("DPoP-Nonce").orElseThrow();
        var response = wallet.request(token, TestIssuer.PID)
                .dpop(proof -> proof.nonce(nonce))
                .send();
        assertThat(response.status()).isEqualTo(200);
    }

    @Test
    @Requirement("AS-DPOP-1")
    @DisplayName("a proof that was used is invalid_dpop_proof the second time")
    void replay() {
        var request = wallet.request(token, TestIssuer.PID).dpop(proof -> proof.claim("jti", "one"));
        assertThat(request.send().status()).isEqualTo(200);
        assertDpop(request.send(), "invalid_dpop_proof");
        stillIssues();
    }

    @Test
    @Requirement("AS-DPOP-1")
    @DisplayName("two keys may use the same jti")
    void sameIdOfTwoKeys() {
        assertThat(wallet.request(token, TestIssuer.PID)
                        .dpop(proof -> proof.claim("jti", "one"))
                        .send()
                        .status())
                .isEqualTo(200);
        var other = issuer.wallet().withDpop();
        var otherToken = other.redeem(issuer.offer(TestIssuer.PID).offer()).token();
        assertThat(other.request(otherToken, TestIssuer.PID)
                        .dpop(proof -> proof.claim("jti", "one"))
                        .send()
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Requirement({"CI-DPOP-3", "CI-ERR-1"})
    @DisplayName("a Bearer token sent as DPoP is refused")
    void bearerAsDpop() {
        var bearer =
                issuer.wallet().redeem(issuer.offer(TestIssuer.PID).offer()).token();
        var refused = wallet.request(token, TestIssuer.PID)
                .http(http -> http.with("Authorization", "DPoP " + bearer.accessToken()))
                .send();
        assertChallenged(refused, 401, "Bearer", "invalid_token");
    }

    @Test
    @DisplayName("where nonces are not asked for, none is needed and none is given")
    void withoutNonces() {
        var relaxed = TestIssuer.builder().dpopNonces(false).build();
        var other = relaxed.wallet().withDpop();
        var response = other.redeem(relaxed.offer(TestIssuer.PID).offer()).send();
        assertThat(response.headers().all("DPoP-Nonce")).isEmpty();
        assertThat(other.request(TokenResponse.read(response.bodyObject()), TestIssuer.PID)
                        .credential())
                .isNotEmpty();
    }

    private void assertDpop(Response response, String error) {
        assertChallenged(response, 401, "DPoP", error);
        assertThat(response.header("WWW-Authenticate").orElseThrow()).endsWith("algs=\"ES256 ES384 ES512 EdDSA\"");
    }

    private void stillIssues() {
        assertThat(wallet.request(token, TestIssuer.PID).credential()).isNotEmpty();
    }

    private static Request withoutProof(Request request) {
        var bare = Request.post(request.uri()).withBody("application/json", request.body());
        return bare.with("Authorization", request.header("Authorization").orElseThrow());
    }
}
