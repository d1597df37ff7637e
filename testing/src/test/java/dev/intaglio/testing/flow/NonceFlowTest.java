package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestWallet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("§7 Nonce Endpoint")
class NonceFlowTest {
    private final TestIssuer issuer = TestIssuer.create();
    private final TestWallet wallet = issuer.wallet();

    @Nested
    @DisplayName("§7.1, §7.2 request and response")
    class Exchange {
        @Test
        @Requirement({"CI-NONCE-2", "CI-NONCE-3", "CI-NONCE-5", "CI-SEC-5"})
        @DisplayName("gives a c_nonce to whoever asks, without a token, and nobody caches it")
        void forAnybody() {
            var response = wallet.requestNonce();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("Content-Type")).contains("application/json");
            assertThat(response.header("Cache-Control")).contains("no-store");
            assertThat(response.bodyObject().members()).containsOnlyKeys("c_nonce");
            assertThat(response.bodyObject().string("c_nonce")).isNotEmpty();
        }

        @Test
        @Requirement({"CI-NONCE-2", "CI-NONCE-3"})
        @DisplayName("does not mind a body or a token, and is asked by POST only")
        void lenient() {
            var endpoint = wallet.issuerMetadata().nonceEndpoint().orElseThrow();
            var noisy = Request.post(endpoint)
                    .withBody("text/plain", "hello".getBytes(StandardCharsets.UTF_8))
                    .with("Authorization", "Bearer x");
            assertThat(wallet.send(noisy).status()).isEqualTo(200);
            assertThat(wallet.get(endpoint).status()).isEqualTo(405);
        }

        @Test
        @Requirement("CI-NONCE-4")
        @DisplayName("never gives the same c_nonce twice, nor one that is like another")
        void unpredictable() {
            var nonces = new ArrayList<String>();
            for (var i = 0; i < 100; i++) {
                nonces.add(wallet.nonce());
            }
            // The expiry in front is the same for all, since the clock stands still; what follows is random.
            assertThat(nonces)
                    .doesNotHaveDuplicates()
                    .extracting(nonce -> nonce.substring(11, 31))
                    .doesNotHaveDuplicates();
        }

        @Test
        @Requirement({"CI-NONCE-6", "CI-DPOP-5", "AS-DPOP-8"})
        @DisplayName("brings a nonce for the next DPoP proof along, one, where DPoP proofs need one")
        void dpopNonce() {
            assertThat(wallet.requestNonce().headers().all("DPoP-Nonce")).hasSize(1);
            assertThat(TestIssuer.builder()
                            .dpopNonces(false)
                            .build()
                            .wallet()
                            .requestNonce()
                            .headers()
                            .all("DPoP-Nonce"))
                    .isEmpty();
        }
    }

    @Nested
    @DisplayName("§13.8 a c_nonce")
    class Life {
        private final TokenResponse token =
                wallet.redeem(issuer.offer(TestIssuer.PID).offer()).token();

        @Test
        @Requirement({"CI-ERR-7", "CI-NONCE-7"})
        @DisplayName("that a request was served with is invalid_nonce the next time, whoever uses it")
        void onceOnly() {
            var nonce = wallet.nonce();
            assertThat(with(nonce)).isEqualTo(200);
            assertRefused(
                    wallet.request(token, TestIssuer.PID)
                            .proofs(List.of(proof(nonce)))
                            .send(),
                    400,
                    "invalid_nonce");
            var others =
                    wallet.redeem(issuer.offer(TestIssuer.EMPLOYEE).offer()).token();
            assertRefused(
                    wallet.request(others, TestIssuer.EMPLOYEE)
                            .proofs(List.of(proof(nonce)))
                            .send(),
                    400,
                    "invalid_nonce");
            assertThat(with(wallet.nonce())).isEqualTo(200);
        }

        @Test
        @Requirement("CI-NONCE-7")
        @DisplayName("cannot be used again in another spelling of the same bits")
        void otherSpelling() {
            var nonce = wallet.nonce();
            assertThat(with(nonce)).isEqualTo(200);
            for (var last : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray()) {
                assertThat(with(nonce.substring(0, nonce.length() - 1) + last))
                        .as("ending in %s", last)
                        .isEqualTo(400);
            }
            assertThat(with(nonce + "==")).isEqualTo(400);
            assertThat(with(nonce + "=")).isEqualTo(400);
            assertThat(with(" " + nonce)).isEqualTo(400);
        }

        @Test
        @Requirement("CI-NONCE-7")
        @DisplayName("stays good when the request was refused for something else")
        void notUsedUpByRefusal() {
            var nonce = wallet.nonce();
            var wrong = wallet.keyProof(nonce, proof -> proof.audience("https://another.example"));
            assertRefused(
                    wallet.request(token, TestIssuer.PID).proofs(List.of(wrong)).send(), 400, "invalid_proof");
            assertThat(with(nonce)).isEqualTo(200);
        }

        @Test
        @Requirement({"CI-ERR-7", "CI-PROOF-7"})
        @DisplayName("is good for ten minutes, then invalid_nonce")
        void expires() {
            var early = wallet.nonce();
            var late = wallet.nonce();
            issuer.clock().advance(Duration.ofMinutes(10).minusSeconds(1));
            var fresh = wallet.redeem(issuer.offer(TestIssuer.PID).offer()).token();
            assertThat(wallet.request(fresh, TestIssuer.PID)
                            .proofs(List.of(proof(early)))
                            .send()
                            .status())
                    .isEqualTo(200);
            issuer.clock().advance(Duration.ofSeconds(1));
            assertRefused(
                    wallet.request(fresh, TestIssuer.PID)
                            .proofs(List.of(proof(late)))
                            .send(),
                    400,
                    "invalid_nonce");
            assertThat(wallet.request(fresh, TestIssuer.PID).credential()).isNotEmpty();
        }

        @Test
        @Requirement("CI-ERR-7")
        @DisplayName("of another issuer, or for DPoP proofs, or made up, is invalid_nonce")
        void foreign() {
            var others = TestIssuer.create().wallet().nonce();
            var dpop = wallet.requestNonce().header("DPoP-Nonce").orElseThrow();
            for (var nonce : List.of(others, dpop, "", "nonce", "A".repeat(54), "\ud83d\ude00")) {
                assertRefused(
                        wallet.request(token, TestIssuer.PID)
                                .proofs(List.of(proof(nonce)))
                                .send(),
                        400,
                        "invalid_nonce");
            }
            assertThat(with(wallet.nonce())).isEqualTo(200);
        }

        private int with(String nonce) {
            return wallet.request(token, TestIssuer.PID)
                    .proofs(List.of(proof(nonce)))
                    .send()
                    .status();
        }

        private String proof(String nonce) {
            return wallet.keyProof(nonce, UnaryOperator.identity());
        }
    }
}
