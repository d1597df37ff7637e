package dev.intaglio.testing.flow;

import static dev.intaglio.testing.TestIssuer.DIPLOMA;
import static dev.intaglio.testing.TestIssuer.EMPLOYEE;
import static dev.intaglio.testing.TestIssuer.PID;
import static dev.intaglio.testing.flow.Refusals.assertChallenged;
import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.credential.Verification;
import dev.intaglio.credential.sdjwtvc.SdJwtVcVerifier;
import dev.intaglio.issuer.credential.DeferralPolicy;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup;
import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.issuer.spi.IssuanceListener;
import dev.intaglio.issuer.spi.IssuanceRule.Verdict;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.protocol.credential.CredentialResponse;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestWallet;
import dev.intaglio.testing.store.Race;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("§9 Deferred Credential Endpoint")
class DeferredFlowTest {
    private static final Duration INTERVAL = Duration.ofMillis(90_500);
    private static final Lookup LATER = Lookup.pending(INTERVAL);

    /// What the data source says next.
    private final AtomicReference<CredentialDatasets> source = new AtomicReference<>(entitlement -> LATER);

    private final AtomicReference<Verdict> verdict = new AtomicReference<>(Verdict.allow());
    private final List<String> heard = new ArrayList<>();
    private final TestIssuer issuer = TestIssuer.builder()
            .dpopNonces(false)
            .datasets(entitlement -> source.get().find(entitlement))
            .credentialIssuerOptions(options -> options.deferralPolicy(
                            DeferralPolicy.DEFAULT.with(entitlement -> verdict.get()))
                    .listener(new IssuanceListener() {
                        @Override
                        public void deferred(Entitlement entitlement) {
                            heard.add("deferred " + entitlement.configuration().id());
                        }

                        @Override
                        public void issued(Entitlement entitlement, IssuanceRecord issuance) {
                            heard.add("issued " + issuance.credentials());
                        }
                    }))
            .build();
    private final TestWallet wallet = issuer.wallet();

    private TokenResponse token(TestWallet by) {
        return by.redeem(issuer.offer(PID).offer()).token();
    }

    private void ready() {
        source.set(TestIssuer.sampleDatasets());
    }

    private static String transaction(Response response) {
        assertThat(response.status()).as(response.bodyText()).isEqualTo(202);
        return response.bodyObject().string("transaction_id");
    }

    private Verification.Verified verified(Object credential) {
        return (Verification.Verified) new SdJwtVcVerifier()
                .verify((String) credential, issuer.anchors(), issuer.clock().instant());
    }

    private static List<Object> credentials(Response response) {
        assertThat(response.status()).as(response.bodyText()).isEqualTo(200);
        return ((CredentialResponse.Issued) CredentialResponse.read(response.bodyObject())).credentials();
    }

    @Nested
    @DisplayName("A request that cannot be answered yet")
    class Waiting {
        @Test
        @Requirement({"CI-RESP-2", "CI-RESP-3", "CI-DEFER-1", "CI-SEC-5"})
        @DisplayName("is answered by 202 with a transaction_id and an interval of whole seconds, and nothing else")
        void accepted() {
            var response = wallet.request(token(wallet), PID).send();
            assertThat(response.status()).isEqualTo(202);
            assertThat(response.mediaType()).isEqualTo("application/json");
            assertThat(response.headers().all("Cache-Control")).containsExactly("no-store");
            assertThat(response.bodyObject().members()).containsOnlyKeys("transaction_id", "interval");
            assertThat(response.bodyObject().integer("interval")).isEqualTo(91);
            assertThat(response.bodyObject().string("transaction_id")).hasSizeGreaterThanOrEqualTo(43);
        }

        @Test
        @Requirement({"CI-DEFER-3", "CI-DEFER-6", "CI-RESP-3"})
        @DisplayName("is answered by 202 with the same transaction_id however often the wallet comes back too early")
        void sameTransaction() {
            var token = token(wallet);
            var transaction = transaction(wallet.request(token, PID).send());
            for (int again = 0; again < 3; again++) {
                var response = wallet.askAgain(token, transaction);
                assertThat(transaction(response)).isEqualTo(transaction);
                assertThat(response.bodyObject().members()).containsOnlyKeys("transaction_id", "interval");
                assertThat(response.headers().all("Cache-Control")).containsExactly("no-store");
            }
            assertThat(heard).containsExactly("deferred " + PID);
        }

        @Test
        @Requirement({"AS-TOKEN-19", "CI-DEFER-2", "CI-DEFER-5", "CI-RESP-3", "CI-RESP-4", "CI-NOTIF-1"})
        @DisplayName("ends in the credentials, bound to the keys of the first request in the order of its proofs")
        void handedOut() {
            var keys = IntStream.range(0, 5).mapToObj(i -> wallet.newKey()).toList();
            var nonce = wallet.nonce();
            var token = token(wallet);
            var transaction = transaction(wallet.request(token, PID)
                    .proofs(keys.stream()
                            .map(key -> wallet.keyProof(nonce, proof -> proof.by(key)))
                            .toList())
                    .send());
            ready();
            var response = wallet.askAgain(token, transaction);
            assertThat(response.bodyObject().members()).containsOnlyKeys("credentials", "notification_id");
            assertThat(credentials(response))
                    .extracting(one ->
                            DpopProof.thumbprint(verified(one).holderKey().orElseThrow()))
                    .containsExactlyElementsOf(keys.stream()
                            .map(key -> DpopProof.thumbprint(key.publicJwk()))
                            .toList());
            assertThat(heard).containsExactly("deferred " + PID, "issued 5");
        }

        @Test
        @Requirement({"CI-RESP-8", "CI-DEFER-7"})
        @DisplayName("is forgotten with its transaction_id once the credentials were handed out")
        void usedUp() {
            var token = token(wallet);
            var transaction = transaction(wallet.request(token, PID).send());
            ready();
            assertThat(credentials(wallet.askAgain(token, transaction))).hasSize(1);
            assertRefused(wallet.askAgain(token, transaction), 400, "invalid_transaction_id");
            assertThat(issuer.stores().issued()).hasSize(1);
        }

        @Test
        @Requirement({"CI-RESP-8", "CI-DEFER-7"})
        @DisplayName("of fifty who come back at once, gives credentials to one")
        void oneGetsThem() {
            var token = token(wallet);
            var transaction = transaction(wallet.request(token, PID).send());
            ready();
            var answers = Race.run(runner -> () -> wallet.askAgain(token, transaction));
            assertThat(answers.stream().filter(Response::successful)).hasSize(1);
            answers.stream()
                    .filter(answer -> !answer.successful())
                    .forEach(answer -> assertRefused(answer, 400, "invalid_transaction_id"));
            assertThat(issuer.stores().issued()).hasSize(1);
        }

        @Test
        @Requirement("CI-DEFER-5")
        @DisplayName("survives a failure on the way: the wallet may ask again")
        void nothingIsLost() {
            var token = token(wallet);
            var transaction = transaction(wallet.request(token, PID).send());
            source.set(entitlement -> {
                throw new IllegalStateException("the registry is down");
            });
            assertRefused(wallet.askAgain(token, transaction), 500, "server_error");
            ready();
            assertThat(credentials(wallet.askAgain(token, transaction))).hasSize(1);
        }

        @Test
        @Requirement({"CI-NONCE-7", "CI-ERR-7"})
        @DisplayName("has used its nonce up")
        void nonceIsUsed() {
            var token = token(wallet);
            var proof = wallet.keyProof();
            transaction(wallet.request(token, PID).proofs(List.of(proof)).send());
            assertRefused(wallet.request(token, PID).proofs(List.of(proof)).send(), 400, "invalid_nonce");
            ready();
            assertRefused(wallet.request(token, PID).proofs(List.of(proof)).send(), 400, "invalid_nonce");
        }

        @Test
        @Requirement("CI-DEFER-8")
        @DisplayName("is credential_request_denied when there will be no credential")
        void denied() {
            var token = token(wallet);
            var transaction = transaction(wallet.request(token, PID).send());
            source.set(entitlement -> Lookup.denied("not entitled after all: secret reason"));
            var response = wallet.askAgain(token, transaction);
            assertRefused(response, 400, "credential_request_denied");
            assertThat(response.bodyText()).doesNotContain("secret");
        }

        @Test
        @Requirement("CI-DEFER-7")
        @DisplayName("is forgotten after thirty days")
        void expires() {
            var holder = wallet.withDpop();
            var begun = token(holder);
            var transaction = transaction(holder.request(begun, PID).send());
            ready();
            assertThat(issuer.stores().deferredTransactions().awaitingApproval(9, TestIssuer.NOW))
                    .isEmpty();
            issuer.clock().advance(Duration.ofDays(30));
            assertRefused(holder.askAgain(token(holder), transaction), 400, "invalid_transaction_id");
        }

        @Test
        @Requirement({"CI-DEFER-3", "CI-CRED-10"})
        @DisplayName("is found though the deferred request has members nobody knows")
        void unknownMembers() {
            var token = token(wallet);
            var transaction = transaction(wallet.request(token, PID).send());
            var body = JsonObject.builder()
                    .put("transaction_id", transaction)
                    .put("acceptance_token", 7)
                    .put("credential_configuration_id", DIPLOMA)
                    .build();
            assertThat(transaction(wallet.askAgain(token, body))).isEqualTo(transaction);
        }
    }

    @Nested
    @DisplayName("A deferred request")
    class Malformed {
        @Test
        @Requirement({"CI-DEFER-3", "CI-ERR-2", "CI-ERR-3"})
        @DisplayName("without a transaction_id, or not as JSON, is invalid_credential_request and loses nothing")
        void malformed() {
            var token = token(wallet);
            var transaction = transaction(wallet.request(token, PID).send());
            var endpoint = wallet.issuerMetadata().deferredCredentialEndpoint().orElseThrow();
            var good = Request.post(
                    endpoint,
                    JsonObject.builder().put("transaction_id", transaction).build());
            for (var bad : List.of(
                    Request.post(endpoint, JsonObject.empty()),
                    Request.post(
                            endpoint,
                            JsonObject.builder().put("transaction_id", 17).build()),
                    good.withBody("text/plain", good.body()),
                    good.withBody("application/json", "[".getBytes(StandardCharsets.UTF_8)))) {
                assertRefused(wallet.send(token, bad), 400, "invalid_credential_request");
            }
            ready();
            assertThat(credentials(wallet.send(token, good))).hasSize(1);
        }

        @Test
        @Requirement({"CI-DEFER-2", "CI-ERR-1"})
        @DisplayName("without an access token, with an unknown or an expired one, is refused as RFC 6750 says")
        void withoutToken() {
            var token = token(wallet);
            var transaction = transaction(wallet.request(token, PID).send());
            var request = Request.post(
                    wallet.issuerMetadata().deferredCredentialEndpoint().orElseThrow(),
                    JsonObject.builder().put("transaction_id", transaction).build());
            assertThat(wallet.send(request).status()).isEqualTo(401);
            assertChallenged(
                    wallet.send(request.with("Authorization", "Bearer nonsense")), 401, "Bearer", "invalid_token");
            issuer.clock().advance(Duration.ofMinutes(6));
            assertChallenged(wallet.send(token, request), 401, "Bearer", "invalid_token");
        }

        @Test
        @Requirement("CI-DEFER-7")
        @DisplayName("with a transaction_id that nobody made is invalid_transaction_id")
        void unknown() {
            assertRefused(wallet.askAgain(token(wallet), "8xLOxBtZp8"), 400, "invalid_transaction_id");
        }
    }

    @Nested
    @DisplayName("Somebody at the issuer")
    class Operator {
        private final TokenResponse token = token(wallet);

        @Test
        @Requirement({"CI-DEFER-5", "CI-DEFER-6"})
        @DisplayName("approves, and the credentials can be had, whatever the rule says by then")
        void approves() {
            ready();
            verdict.set(Verdict.askOperator());
            var transaction = transaction(wallet.request(token, PID).send());
            transaction(wallet.askAgain(token, transaction));
            var open = issuer.credentialIssuer().approvals().open(10);
            assertThat(open).singleElement().satisfies(waiting -> {
                assertThat(waiting.subject()).isEqualTo(TestIssuer.ERIKA);
                assertThat(waiting.configurationId()).isEqualTo(PID);
                assertThat(waiting.handle()).isNotEqualTo(transaction);
            });
            assertRefused(wallet.askAgain(token, open.getFirst().handle()), 400, "invalid_transaction_id");
            assertThat(issuer.credentialIssuer()
                            .approvals()
                            .approve(open.getFirst().handle()))
                    .isTrue();
            assertThat(issuer.credentialIssuer()
                            .approvals()
                            .deny(open.getFirst().handle()))
                    .isFalse();
            assertThat(issuer.credentialIssuer().approvals().open(10)).isEmpty();
            assertThat(credentials(wallet.askAgain(token, transaction))).hasSize(1);
        }

        @Test
        @Requirement("CI-DEFER-8")
        @DisplayName("denies, and the wallet is told so each time it asks")
        void denies() {
            ready();
            verdict.set(Verdict.askOperator());
            var transaction = transaction(wallet.request(token, PID).send());
            var handle =
                    issuer.credentialIssuer().approvals().open(10).getFirst().handle();
            assertThat(issuer.credentialIssuer().approvals().deny(handle)).isTrue();
            verdict.set(Verdict.allow());
            for (int again = 0; again < 2; again++) {
                assertRefused(wallet.askAgain(token, transaction), 400, "credential_request_denied");
            }
        }

        @Test
        @Requirement("CI-DEFER-6")
        @DisplayName("is asked when the rule wants it after it wanted the wallet to wait")
        void askedLater() {
            ready();
            verdict.set(Verdict.wait(Duration.ofHours(1)));
            var response = wallet.request(token, PID).send();
            assertThat(response.bodyObject().integer("interval")).isEqualTo(3600);
            assertThat(issuer.credentialIssuer().approvals().open(10)).isEmpty();
            verdict.set(Verdict.askOperator());
            var transaction = transaction(wallet.askAgain(token, transaction(response)));
            var open = issuer.credentialIssuer().approvals().open(10);
            assertThat(open).hasSize(1);
            issuer.credentialIssuer().approvals().approve(open.getFirst().handle());
            assertThat(credentials(wallet.askAgain(token, transaction))).hasSize(1);
        }

        @Test
        @Requirement("CI-ERR-9")
        @DisplayName("need not be asked where a rule refuses")
        void ruleRefuses() {
            ready();
            verdict.set(Verdict.refuse("under age"));
            var response = wallet.request(token, PID).send();
            assertRefused(response, 400, "credential_request_denied");
            assertThat(response.bodyText()).doesNotContain("age");
        }
    }

    @Nested
    @DisplayName("An access token that has expired meanwhile")
    class Refreshed {
        private final CredentialDatasets sample = TestIssuer.sampleDatasets();
        private final AtomicReference<CredentialDatasets> now = new AtomicReference<>(entitlement -> LATER);

        private TestWallet walletOf(CodeFlowWallet code) {
            var plain = code.issuer().wallet().withClientId(CodeFlowWallet.ID);
            return code.dpop().map(plain::withDpop).orElse(plain);
        }

        private CodeFlowWallet bearer() {
            return CodeFlowWallet.at(CodeFlowWallet.issuer(
                    flow -> flow.withRefreshTokens(Duration.ofDays(60)),
                    UnaryOperator.identity(),
                    entitlement -> now.get().find(entitlement)));
        }

        @Test
        @Requirement({"CI-DEFER-2", "CI-DEFER-5", "CI-DEFER-9"})
        @DisplayName("is refreshed, and the new one gets the credentials; one for another credential does not")
        void refreshed() {
            var code = bearer().withDpop();
            var holder = walletOf(code);
            var first = code.tokens();
            var transaction = transaction(holder.request(first, PID).send());
            code.issuer().clock().advance(Duration.ofDays(20));
            now.set(sample);
            assertChallenged(holder.askAgain(first, transaction), 401, "DPoP", "invalid_token");
            var second = code.tokens(code.refreshing(first.refreshToken().orElseThrow()));
            assertThat(credentials(holder.askAgain(second, transaction))).hasSize(1);
        }

        @Test
        @Requirement("CI-DEFER-9")
        @DisplayName("and is refreshed with another DPoP key does not get what the first one began")
        void anotherKey() {
            var plain = bearer();
            var code = plain.withDpop();
            var first = code.tokens();
            var transaction = transaction(walletOf(code).request(first, PID).send());
            now.set(sample);
            // The same person at the same wallet, through the login once more.
            var other = plain.withDpop();
            var theirs = other.tokens();
            assertRefused(walletOf(other).askAgain(theirs, transaction), 400, "invalid_transaction_id");
            assertThat(credentials(walletOf(code).askAgain(first, transaction))).hasSize(1);
        }
    }

    @Test
    @Requirement({"CI-DEFER-2", "CI-CRED-12"})
    @DisplayName("does not mix up transactions of one token: each ends in its own credential")
    void severalOfOneToken() {
        var token = wallet.redeem(issuer.offer(PID, EMPLOYEE).offer()).token();
        var pid = transaction(wallet.request(token, PID).send());
        var employee = transaction(wallet.request(token, EMPLOYEE).send());
        assertThat(pid).isNotEqualTo(employee);
        ready();
        assertThat(verified(credentials(wallet.askAgain(token, employee)).getFirst())
                        .claims()
                        .string("vct"))
                .contains("employee");
        assertThat(verified(credentials(wallet.askAgain(token, pid)).getFirst())
                        .claims()
                        .string("vct"))
                .contains("pid");
    }
}
