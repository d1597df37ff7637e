package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.authorization.token.DpopPolicy;
import dev.intaglio.issuer.offer.CreatedOffer;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestJwt;
import dev.intaglio.testing.TestWallet;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9449 §5 DPoP at the token endpoint")
class DpopTokenFlowTest {
    private final TestIssuer issuer = TestIssuer.create();
    private final SigningKey key = SigningKey.generate(JWSAlgorithm.ES256);
    private final TestWallet wallet = issuer.wallet().withDpop(key);
    private final CreatedOffer offer = issuer.offer(TestIssuer.PID);

    @Test
    @Requirement({"AS-DPOP-1", "AS-DPOP-3", "CI-DPOP-1", "CI-DPOP-6"})
    @DisplayName("a good proof binds the token: type DPoP, cnf.jkt the thumbprint of the key")
    void bound() {
        var token = wallet.redeem(offer.offer()).token();
        assertThat(token.tokenType()).isEqualTo("DPoP");
        var claims = SignedJwt.parse(token.accessToken()).claims();
        assertThat(claims.object("cnf").string("jkt")).isEqualTo(DpopProof.thumbprint(key.publicJwk()));
        assertThat(wallet.request(token, TestIssuer.PID).credential()).isNotEmpty();
    }

    @ParameterizedTest
    @Requirement("AS-DPOP-1")
    @DisplayName("proofs are taken by each algorithm of the metadata")
    @ValueSource(strings = {"ES256", "ES384", "ES512", "EdDSA"})
    void algorithms(String algorithm) {
        var other = issuer.wallet().withDpop(SigningKey.generate(JWSAlgorithm.parse(algorithm)));
        assertThat(issuer.authorizationServer().metadata().dpopSigningAlgorithms())
                .contains(algorithm);
        assertThat(other.request(other.redeem(offer.offer()).token(), TestIssuer.PID)
                        .credential())
                .isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.intaglio.testing.flow.BadDpopProofs#anywhere")
    @Requirement({"AS-DPOP-1", "AS-DPOP-2", "CI-DPOP-7"})
    @DisplayName("a bad proof is 400 invalid_dpop_proof, and the offer stays good")
    void bad(UnaryOperator<TestJwt> change) {
        assertRefused(wallet.redeem(offer.offer()).dpop(change).send(), 400, "invalid_dpop_proof");
        stillIssues();
    }

    @Test
    @Requirement({"AS-DPOP-1", "AS-DPOP-2"})
    @DisplayName("two proofs are invalid_dpop_proof, in two headers or in one; the offer stays good")
    void twoProofs() {
        var request = wallet.redeem(offer.offer());
        assertRefused(
                request.http(http -> http.and("DPoP", http.header("DPoP").orElseThrow()))
                        .send(),
                400,
                "invalid_dpop_proof");
        assertRefused(
                request.http(http -> http.with(
                                "DPoP",
                                http.header("DPoP").orElseThrow() + ", "
                                        + http.header("DPoP").orElseThrow()))
                        .send(),
                400,
                "invalid_dpop_proof");
        assertRefused(request.http(http -> http.with("DPoP", "")).send(), 400, "invalid_dpop_proof");
        stillIssues();
    }

    @Test
    @Requirement({"AS-DPOP-6", "AS-DPOP-8"})
    @DisplayName("a proof without our nonce is 400 use_dpop_nonce with one, which then serves")
    void nonceWanted() {
        for (UnaryOperator<TestJwt> change : List.<UnaryOperator<TestJwt>>of(
                proof -> proof.withoutClaim("nonce"), proof -> proof.nonce("made-up"), proof -> proof.nonce(""))) {
            var refused = wallet.redeem(offer.offer()).dpop(change).send();
            assertRefused(refused, 400, "use_dpop_nonce");
            assertThat(refused.headers().all("DPoP-Nonce")).hasSize(1);
        }
        stillIssues();
    }

    @Test
    @Requirement({"AS-DPOP-6", "AS-DPOP-8"})
    @DisplayName("a nonce is good for five minutes")
    void nonceExpires() {
        var stale = wallet.redeem(offer.offer())
                .dpop(proof -> proof.withoutClaim("nonce"))
                .send()
                .header("DPoP-Nonce")
                .orElseThrow();
        issuer.clock().advance(Duration.ofMinutes(5));
        assertRefused(
                wallet.redeem(offer.offer()).dpop(proof -> proof.nonce(stale)).send(), 400, "use_dpop_nonce");
        stillIssues();
    }

    @Test
    @Requirement({"CI-DPOP-4", "AS-DPOP-6"})
    @DisplayName("a nonce of the credential issuer, or a c_nonce, is none of ours, though both share one secret")
    void foreignNonce() {
        var issuersNonce = wallet.requestNonce().header("DPoP-Nonce").orElseThrow();
        assertRefused(
                wallet.redeem(offer.offer())
                        .dpop(proof -> proof.nonce(issuersNonce))
                        .send(),
                400,
                "use_dpop_nonce");
        var cNonce = wallet.nonce();
        assertRefused(
                wallet.redeem(offer.offer()).dpop(proof -> proof.nonce(cNonce)).send(), 400, "use_dpop_nonce");
        stillIssues();
    }

    @Test
    @Requirement("AS-DPOP-1")
    @DisplayName("a proof that was used is invalid_dpop_proof the second time")
    void replay() {
        assertRefused(
                wallet.redeem(offer.offer())
                        .dpop(proof -> proof.claim("jti", "one"))
                        .parameter("pre-authorized_code", "wrong")
                        .send(),
                400,
                "invalid_grant");
        assertRefused(
                wallet.redeem(offer.offer())
                        .dpop(proof -> proof.claim("jti", "one"))
                        .send(),
                400,
                "invalid_dpop_proof");
        stillIssues();
    }

    @Test
    @Requirement("AS-DPOP-1")
    @DisplayName("query, fragment, letter case of the host, the default port and needless escapes of htu do not count")
    void htuIsNormalised() {
        for (var htu : List.of(
                "https://issuer.example/token?x=y#z",
                "HTTPS://ISSUER.example:443/token",
                "https://issuer.example/x/../token",
                "https://issuer.example/%74oken")) {
            var created = issuer.offer(TestIssuer.PID);
            assertThat(wallet.redeem(created.offer())
                            .dpop(proof -> proof.claim("htu", htu))
                            .send()
                            .status())
                    .as(htu)
                    .isEqualTo(200);
        }
    }

    @Test
    @Requirement("CI-DPOP-7")
    @DisplayName("a clock ten seconds ahead is borne with")
    void clockAhead() {
        assertThat(wallet.redeem(offer.offer())
                        .dpop(proof -> proof.issuedAt(TestIssuer.NOW.plusSeconds(10)))
                        .send()
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Requirement({"AS-DPOP-2", "AS-TOKEN-18"})
    @DisplayName("where tokens have to be bound, a request without a proof is refused; tokens may live longer then")
    void required() {
        var strict = TestIssuer.builder()
                .dpopRequired()
                .authorizationServerOptions(server -> server.accessTokenLifetime(Duration.ofHours(1)))
                .build();
        var created = strict.offer(TestIssuer.PID);
        assertRefused(strict.wallet().redeem(created.offer()).send(), 400, "invalid_dpop_proof");
        var able = strict.wallet().withDpop();
        var token = able.redeem(created.offer()).token();
        assertThat(token.expiresIn()).contains(Duration.ofHours(1));
        strict.clock().advance(Duration.ofMinutes(59));
        assertThat(able.request(token, TestIssuer.PID).credential()).isNotEmpty();
    }

    @Test
    @DisplayName("where DPoP is off, a proof is ignored and the token is Bearer")
    void off() {
        var without = TestIssuer.builder()
                .authorizationServerOptions(server -> server.dpop(DpopPolicy.OFF))
                .build();
        var token = without.wallet()
                .withDpop()
                .redeem(without.offer(TestIssuer.PID).offer())
                .token();
        assertThat(token.tokenType()).isEqualTo("Bearer");
        assertThat(without.wallet().request(token, TestIssuer.PID).credential()).isNotEmpty();
    }

    private void stillIssues() {
        assertThat(wallet.request(wallet.redeem(offer.offer()).token(), TestIssuer.PID)
                        .credential())
                .isNotEmpty();
    }
}
