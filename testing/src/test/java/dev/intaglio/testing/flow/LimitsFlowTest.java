package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.sdjwtvc.SdJwtVcVerifier;
import dev.intaglio.issuer.source.FileDatasets;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.protocol.ratelimit.RateLimiter;
import dev.intaglio.protocol.ratelimit.RateLimits;
import dev.intaglio.protocol.ratelimit.TokenBuckets;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.AdjustableClock;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestWallet;
import dev.intaglio.testing.store.Race;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Limits")
class LimitsFlowTest {
    @Nested
    @DisplayName("of a credential type")
    class OfAType {
        private final TestIssuer issuer = TestIssuer.builder()
                .definitions(List.of(CredentialDefinition.read("""
                        id: ticket
                        display: [{locale: en, name: Ticket}]
                        claims: [{path: [seat], mandatory: true}]
                        batch_size: 3
                        limit: {credentials: 5, per: P1D}
                        formats:
                          dc+sd-jwt: {vct: "urn:example:ticket", configuration_id: ticket}
                        """, "ticket.yaml")))
                .datasets(FileDatasets.of(Json.readObject(
                        "{\"erika\": {\"ticket\": {\"seat\": \"1A\"}}}".getBytes(StandardCharsets.UTF_8))))
                .build();
        private final TestWallet wallet = issuer.wallet();

        private TokenResponse token() {
            return wallet.redeem(issuer.offer("ticket").offer()).token();
        }

        @Test
        @Requirement({"CI-CRED-15", "CI-CRED-13", "CI-CRED-16"})
        @DisplayName("batch_size: more keys get no more credentials; the first keys get one each, in their order")
        void fewerThanKeys() {
            var keys = IntStream.range(0, 5).mapToObj(i -> wallet.newKey()).toList();
            var nonce = wallet.nonce();
            var credentials = wallet.request(token(), "ticket")
                    .proofs(keys.stream()
                            .map(key -> wallet.keyProof(nonce, proof -> proof.by(key)))
                            .toList())
                    .credentials();
            assertThat(credentials)
                    .map(one -> (Verification.Verified)
                            new SdJwtVcVerifier().verify((String) one, issuer.anchors(), TestIssuer.NOW))
                    .extracting(one -> DpopProof.thumbprint(one.holderKey().orElseThrow()))
                    .containsExactlyElementsOf(keys.stream()
                            .limit(3)
                            .map(key -> DpopProof.thumbprint(key.publicJwk()))
                            .toList());
        }

        @Test
        @Requirement({"CI-ERR-9", "CI-CRED-16"})
        @DisplayName("limit: a subject gets so many in a day, by whatever token, and the next day as many again")
        void perSubject() {
            assertThat(wallet.request(token(), "ticket")
                            .proofs(wallet.keyProofs(3))
                            .credentials())
                    .hasSize(3);
            var proofs = wallet.keyProofs(3);
            assertRefused(wallet.request(token(), "ticket").proofs(proofs).send(), 400, "credential_request_denied");
            // What was refused used neither the nonce nor the rest of the limit.
            assertThat(wallet.request(token(), "ticket")
                            .proofs(proofs.subList(0, 2))
                            .credentials())
                    .hasSize(2);
            assertRefused(wallet.request(token(), "ticket").send(), 400, "credential_request_denied");
            issuer.clock().advance(Duration.ofDays(1));
            assertThat(wallet.request(token(), "ticket").credentials()).hasSize(1);
        }

        @Test
        @Requirement({"CI-ERR-7", "CI-NONCE-7"})
        @DisplayName("limit: a replayed nonce counts for nothing")
        void replay() {
            var token = token();
            var proof = List.of(wallet.keyProof());
            wallet.request(token, "ticket").proofs(proof).credentials();
            for (int i = 0; i < 9; i++) {
                assertRefused(wallet.request(token, "ticket").proofs(proof).send(), 400, "invalid_nonce");
            }
            assertThat(wallet.request(token, "ticket").credentials()).hasSize(1);
        }

        @Test
        @DisplayName("limit: of fifty at once, five get one")
        void race() {
            var token = token();
            var requests = IntStream.range(0, Race.RUNNERS)
                    .mapToObj(i -> wallet.request(token, "ticket").proofs(wallet.keyProofs(1)))
                    .toList();
            var answers = Race.run(runner -> () -> requests.get(runner).send());
            assertThat(answers.stream().filter(Response::successful)).hasSize(5);
        }
    }

    @Nested
    @DisplayName("of a rate")
    class OfARate {
        private final AdjustableClock clock = AdjustableClock.at(TestIssuer.NOW);

        private TestIssuer issuer(RateLimits limits) {
            return TestIssuer.builder()
                    .clock(clock)
                    .credentialIssuerOptions(options -> options.rateLimits(limits))
                    .build();
        }

        private RateLimiter two() {
            return new TokenBuckets(2, Duration.ofMinutes(1), clock);
        }

        private void assertTooMany(Response response, String seconds) {
            assertRefused(response, 429, "temporarily_unavailable");
            assertThat(response.header("Retry-After")).contains(seconds);
        }

        @Test
        @DisplayName("are told to an access token that asks too often, before anything is verified, and pass")
        void perToken() {
            var issuer = issuer(new RateLimits(two(), RateLimiter.none(), RateLimiter.none()));
            var wallet = issuer.wallet();
            var token = wallet.redeem(issuer.offer(TestIssuer.PID).offer()).token();
            wallet.request(token, TestIssuer.PID).credentials();
            clock.advance(Duration.ofSeconds(10));
            wallet.request(token, TestIssuer.PID).credentials();
            var proofs = wallet.keyProofs(1);
            assertTooMany(wallet.request(token, TestIssuer.PID).proofs(proofs).send(), "20");
            var other = wallet.redeem(issuer.offer(TestIssuer.PID).offer()).token();
            assertThat(wallet.request(other, TestIssuer.PID).credentials()).hasSize(1);
            clock.advance(Duration.ofSeconds(20));
            assertThat(wallet.request(token, TestIssuer.PID).proofs(proofs).credentials())
                    .as("the nonce is still good")
                    .hasSize(1);
        }

        @Test
        @DisplayName("are told to an address, whatever it asks for")
        void perAddress() {
            var issuer = issuer(new RateLimits(RateLimiter.none(), RateLimiter.none(), two()));
            var nonce = Request.post(issuer.identifier().resolve("/nonce"));
            var here =
                    new Request(nonce.method(), nonce.uri(), nonce.headers(), nonce.body(), Optional.of("192.0.2.1"));
            var there =
                    new Request(nonce.method(), nonce.uri(), nonce.headers(), nonce.body(), Optional.of("192.0.2.2"));
            for (int i = 0; i < 2; i++) {
                assertThat(issuer.handler().handle(here).status()).isEqualTo(200);
            }
            assertTooMany(issuer.handler().handle(here), "30");
            assertThat(issuer.handler().handle(there).status()).isEqualTo(200);
        }

        @Test
        @DisplayName("are told to a client, whatever its tokens; anonymous wallets are none")
        void perClient() {
            var issuer = issuer(new RateLimits(RateLimiter.none(), two(), RateLimiter.none()));
            var named = issuer.wallet().withClientId("one-wallet");
            var anonymous = issuer.wallet();
            for (int i = 0; i < 2; i++) {
                var token = named.redeem(issuer.offer(TestIssuer.PID).offer()).token();
                named.request(token, TestIssuer.PID).credentials();
            }
            var token = named.redeem(issuer.offer(TestIssuer.PID).offer()).token();
            assertTooMany(named.request(token, TestIssuer.PID).send(), "30");
            for (int i = 0; i < 3; i++) {
                var other =
                        anonymous.redeem(issuer.offer(TestIssuer.PID).offer()).token();
                assertThat(anonymous.request(other, TestIssuer.PID).credentials())
                        .hasSize(1);
            }
        }
    }
}
