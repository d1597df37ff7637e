package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertChallenged;
import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.authorization.token.DpopPolicy;
import dev.intaglio.issuer.offer.CreatedOffer;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestJwt;
import dev.intaglio.testing.TestWallet;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9449 DPoP")
class DpopFlowTest {
    private static final String D = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";

    private final TestIssuer issuer = TestIssuer.create();
    private final SigningKey key = SigningKey.generate(JWSAlgorithm.ES256);
    private final TestWallet wallet = issuer.wallet().withDpop(key);
    private final CreatedOffer offer = issuer.offer(TestIssuer.PID);

    /// What is wrong wherever the proof goes.
    static Stream<Arguments> badAnywhere() {
        return Stream.of(
                bad("typ of another JWT", proof -> proof.type("JWT")),
                bad("typ of a key proof", proof -> proof.type("openid4vci-proof+jwt")),
                bad("no typ", proof -> proof.withoutHeader("typ")),
                bad("alg none", TestJwt::unsigned),
                bad("HS256 by the public key", proof -> proof.hmac(proof.key().publicJwk().toJSONString().getBytes(StandardCharsets.UTF_8))),
                bad("an algorithm that is not listed", proof -> proof.by(SigningKey.generate(JWSAlgorithm.Ed25519))),
                bad("no jwk", proof -> proof.withoutHeader("jwk")),
                bad("a jwk that is none", proof -> proof.header("jwk", Map.of("kty", "EC", "crv", "P-256"))),
                bad("a private key", proof -> proof.header(header -> header.with("jwk", header.object("jwk").with("d", D)))),
                bad("a symmetric key", proof -> proof.header("jwk", Map.of("kty", "oct", "k", D))),
                bad("a signature by another key", proof -> proof.signedBy(SigningKey.generate(JWSAlgorithm.ES256))),
                bad("a flipped bit in the signature", proof -> proof.signature(signature -> {
                    signature[5] ^= 4;
                    return signature;
                })),
                bad("htm of another method", proof -> proof.claim("htm", "GET")),
                bad("htm in small letters", proof -> proof.claim("htm", "post")),
                bad("no htm", proof -> proof.withoutClaim("htm")),
                bad("htu of another host", proof -> proof.claim("htu", "https://another.example/token")),
                bad("htu of another path", proof -> proof.claim("htu", "https://issuer.example/other")),
                bad("htu of another port", proof -> proof.claims(claims -> claims.with("htu", claims.string("htu").replace(".example", ".example:8443")))),
                bad("htu by http", proof -> proof.claims(claims -> claims.with("htu", claims.string("htu").replace("https", "http")))),
                bad("htu with a slash more", proof -> proof.claims(claims -> claims.with("htu", claims.string("htu") + "/"))),
                bad("htu that is relative", proof -> proof.claim("htu", "/token")),
                bad("htu that is no URI", proof -> proof.claim("htu", "https://issuer.example/to ken")),
                bad("no htu", proof -> proof.withoutClaim("htu")),
                bad("no jti", proof -> proof.withoutClaim("jti")),
                bad("an empty jti", proof -> proof.claim("jti", "")),
                bad("a jti of kilobytes", proof -> proof.claim("jti", "x".repeat(4096))),
                bad("a jti that is a number", proof -> proof.claim("jti", 7)),
                bad("no iat", proof -> proof.withoutClaim("iat")),
                bad("iat long ago", proof -> proof.issuedAt(TestIssuer.NOW.minusSeconds(301))),
                bad("iat far ahead", proof -> proof.issuedAt(TestIssuer.NOW.plusSeconds(61))),
                bad("iat after time ends", proof -> proof.claim("iat", Long.MAX_VALUE)),
                bad("iat of sixty digits", proof -> proof.claim("iat", BigInteger.TEN.pow(60))),
                bad("iat that is a string", proof -> proof.claim("iat", "1793700930")));
    }

    private static Arguments bad(String name, UnaryOperator<TestJwt> change) {
        return Arguments.of(named(name, change));
    }

    @Nested
    @DisplayName("§5 at the token endpoint")
    class Token {
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
            assertThat(issuer.authorizationServer().metadata().dpopSigningAlgorithms()).contains(algorithm);
            assertThat(other.request(other.redeem(offer.offer()).token(), TestIssuer.PID).credential()).isNotEmpty();
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("dev.intaglio.testing.flow.DpopFlowTest#badAnywhere")
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
                    request.http(http -> http.and("DPoP", http.header("DPoP").orElseThrow())).send(), 400, "invalid_dpop_proof");
            assertRefused(
                    request.http(http -> http.with("DPoP", http.header("DPoP").orElseThrow() + ", " + http.header("DPoP").orElseThrow())).send(),
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
            var stale = wallet.redeem(offer.offer()).dpop(proof -> proof.withoutClaim("nonce")).send().header("DPoP-Nonce").orElseThrow();
            issuer.clock().advance(Duration.ofMinutes(5));
            assertRefused(wallet.redeem(offer.offer()).dpop(proof -> proof.nonce(stale)).send(), 400, "use_dpop_nonce");
            stillIssues();
        }

        @Test
        @Requirement({"CI-DPOP-4", "AS-DPOP-6"})
        @DisplayName("a nonce of the credential issuer, or a c_nonce, is none of ours, though both share one secret")
        void foreignNonce() {
            var issuersNonce = wallet.requestNonce().header("DPoP-Nonce").orElseThrow();
            assertRefused(wallet.redeem(offer.offer()).dpop(proof -> proof.nonce(issuersNonce)).send(), 400, "use_dpop_nonce");
            var cNonce = wallet.nonce();
            assertRefused(wallet.redeem(offer.offer()).dpop(proof -> proof.nonce(cNonce)).send(), 400, "use_dpop_nonce");
            stillIssues();
        }

        @Test
        @Requirement("AS-DPOP-1")
        @DisplayName("a proof that was used is invalid_dpop_proof the second time")
        void replay() {
            assertRefused(
                    wallet.redeem(offer.offer()).dpop(proof -> proof.claim("jti", "one")).parameter("pre-authorized_code", "wrong").send(),
                    400,
                    "invalid_grant");
            assertRefused(wallet.redeem(offer.offer()).dpop(proof -> proof.claim("jti", "one")).send(), 400, "invalid_dpop_proof");
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
                assertThat(wallet.redeem(created.offer()).dpop(proof -> proof.claim("htu", htu)).send().status()).as(htu).isEqualTo(200);
            }
        }

        @Test
        @Requirement("CI-DPOP-7")
        @DisplayName("a clock ten seconds ahead is borne with")
        void clockAhead() {
            assertThat(wallet.redeem(offer.offer()).dpop(proof -> proof.issuedAt(TestIssuer.NOW.plusSeconds(10))).send().status())
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
            var without = TestIssuer.builder().authorizationServerOptions(server -> server.dpop(DpopPolicy.OFF)).build();
            var token = without.wallet().withDpop().redeem(without.offer(TestIssuer.PID).offer()).token();
            assertThat(token.tokenType()).isEqualTo("Bearer");
            assertThat(without.wallet().request(token, TestIssuer.PID).credential()).isNotEmpty();
        }

        private void stillIssues() {
            assertThat(wallet.request(wallet.redeem(offer.offer()).token(), TestIssuer.PID).credential()).isNotEmpty();
        }
    }

    @Nested
    @DisplayName("§7, §9 at the credential endpoint")
    class Resource {
        private final TokenResponse token = wallet.redeem(offer.offer()).token();

        @ParameterizedTest(name = "{0}")
        @MethodSource("dev.intaglio.testing.flow.DpopFlowTest#badAnywhere")
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
            assertDpop(request.dpop(proof -> proof.claim("ath", DpopProof.accessTokenHash("another"))).send(), "invalid_dpop_proof");
            assertDpop(request.dpop(proof -> proof.claim("ath", "")).send(), "invalid_dpop_proof");
            stillIssues();
        }

        @Test
        @Requirement({"CI-DPOP-1", "CI-DPOP-3"})
        @DisplayName("a proof by another key than the token is bound to is invalid_token")
        void anotherKey() {
            var other = SigningKey.generate(JWSAlgorithm.ES256);
            assertDpop(wallet.request(token, TestIssuer.PID).dpop(proof -> proof.by(other)).send(), "invalid_token");
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
        @Requirement("CI-DPOP-2")
        @DisplayName("a bound token sent as Bearer is refused, with or without a proof, and told to come as DPoP")
        void asBearer() {
            var request = wallet.request(token, TestIssuer.PID).http(http -> http.with("Authorization", "Bearer " + token.accessToken()));
            assertDpop(request.send(), "invalid_token");
            assertDpop(request.http(http -> withoutProof(http)).send(), "invalid_token");
            stillIssues();
        }

        @Test
        @Requirement({"CI-DPOP-1", "CI-DPOP-3"})
        @DisplayName("a bound token without a proof is invalid_dpop_proof")
        void withoutProofAtAll() {
            assertDpop(wallet.request(token, TestIssuer.PID).http(DpopFlowTest::withoutProof).send(), "invalid_dpop_proof");
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
            var refused = wallet.request(token, TestIssuer.PID).dpop(proof -> proof.withoutClaim("nonce")).send();
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
            assertDpop(wallet.request(token, TestIssuer.PID).dpop(proof -> proof.nonce(serversNonce)).send(), "use_dpop_nonce");
            stillIssues();
        }

        @Test
        @Requirement("CI-DPOP-5")
        @DisplayName("the nonce that came with the c_nonce serves, so that no request is sent in vain")
        void nonceFromNonceEndpoint() {
            var nonce = wallet.requestNonce().header("DPoP-Nonce").orElseThrow();
            var response = wallet.request(token, TestIssuer.PID).dpop(proof -> proof.nonce(nonce)).send();
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
            assertThat(wallet.request(token, TestIssuer.PID).dpop(proof -> proof.claim("jti", "one")).send().status()).isEqualTo(200);
            var other = issuer.wallet().withDpop();
            var otherToken = other.redeem(issuer.offer(TestIssuer.PID).offer()).token();
            assertThat(other.request(otherToken, TestIssuer.PID).dpop(proof -> proof.claim("jti", "one")).send().status()).isEqualTo(200);
        }

        @Test
        @Requirement({"CI-DPOP-3", "CI-ERR-1"})
        @DisplayName("a Bearer token sent as DPoP is refused")
        void bearerAsDpop() {
            var bearer = issuer.wallet().redeem(issuer.offer(TestIssuer.PID).offer()).token();
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
            assertThat(other.request(TokenResponse.read(response.bodyObject()), TestIssuer.PID).credential()).isNotEmpty();
        }

        private void assertDpop(Response response, String error) {
            assertChallenged(response, 401, "DPoP", error);
            assertThat(response.header("WWW-Authenticate").orElseThrow()).endsWith("algs=\"ES256 ES384 ES512 EdDSA\"");
        }

        private void stillIssues() {
            assertThat(wallet.request(token, TestIssuer.PID).credential()).isNotEmpty();
        }
    }

    private static Request withoutProof(Request request) {
        var bare = Request.post(request.uri()).withBody("application/json", request.body());
        return bare.with("Authorization", request.header("Authorization").orElseThrow());
    }
}
