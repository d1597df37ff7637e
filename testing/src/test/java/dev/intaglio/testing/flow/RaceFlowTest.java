package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.offer.TxCode;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestWallet;
import dev.intaglio.testing.store.Race;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Fifty at once")
class RaceFlowTest {
    private final TestIssuer issuer = TestIssuer.create();
    private final TestWallet wallet = issuer.wallet();

    @Test
    @Requirement({"CI-OFFER-9", "CI-OFFER-19"})
    @DisplayName("redeem one code: one gets a token, the others invalid_grant")
    void oneToken() {
        for (var round = 0; round < Race.ROUNDS; round++) {
            var offer = issuer.offer(TestIssuer.PID).offer();
            assertOneServed(Race.run(runner -> () -> wallet.redeem(offer).send()), "invalid_grant");
        }
    }

    @Test
    @Requirement({"CI-NONCE-7", "CI-ERR-7"})
    @DisplayName("use one c_nonce, each for a key of its own: one gets a credential, the others invalid_nonce")
    void oneNonce() {
        var token = wallet.redeem(issuer.offer(TestIssuer.PID).offer()).token();
        for (var round = 0; round < 3; round++) {
            var nonce = wallet.nonce();
            var requests = IntStream.range(0, Race.RUNNERS)
                    .mapToObj(i -> wallet.keyProof(nonce, UnaryOperator.identity()))
                    .map(proof -> wallet.request(token, TestIssuer.PID).proofs(List.of(proof)))
                    .toList();
            assertOneServed(Race.run(runner -> () -> requests.get(runner).send()), "invalid_nonce");
            assertThat(issuer.stores().issued()).hasSize(round + 1);
        }
    }

    @Test
    @Requirement("AS-TOKEN-16")
    @DisplayName("guess a Transaction Code: five are told it is wrong, and then it is too late for the right one")
    void guesses() {
        var created = issuer.offer(TxCode.numeric(6, "In the letter"), TestIssuer.PID);
        var wrong = created.txCode().orElseThrow().equals("000000") ? "111111" : "000000";
        var answers = Race.run(
                runner -> () -> wallet.redeem(created.offer()).txCode(wrong).send());
        assertThat(answers).allSatisfy(answer -> assertRefused(answer, 400, "invalid_grant"));
        assertThat(answers)
                .filteredOn(answer ->
                        answer.bodyObject().string("error_description").contains("tx_code"))
                .hasSize(5);
        assertRefused(
                wallet.redeem(created.offer())
                        .txCode(created.txCode().orElseThrow())
                        .send(),
                400,
                "invalid_grant");
    }

    @Test
    @Requirement("AS-DPOP-1")
    @DisplayName("send one DPoP proof: one is served, the others are invalid_dpop_proof")
    void oneDpopProof() {
        var bound = issuer.wallet().withDpop();
        var token = bound.redeem(issuer.offer(TestIssuer.PID).offer()).token();
        bound.request(token, TestIssuer.PID).credential();
        var proofs =
                IntStream.range(0, Race.RUNNERS).mapToObj(i -> bound.keyProof()).toList();
        var answers = Race.run(runner -> () -> bound.request(token, TestIssuer.PID)
                .proofs(List.of(proofs.get(runner)))
                .dpop(proof -> proof.claim("jti", "the same"))
                .send());
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allSatisfy(answer -> assertRefused(answer, 401, "invalid_dpop_proof"));
    }

    private static void assertOneServed(List<Response> answers, String error) {
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .hasSize(Race.RUNNERS - 1)
                .allSatisfy(answer -> assertRefused(answer, 400, error));
    }
}
