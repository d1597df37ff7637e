package dev.intaglio.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.issuer.store.DeferredTransaction;
import dev.intaglio.issuer.store.DeferredTransaction.Awaiting;
import dev.intaglio.issuer.store.DeferredTransaction.Decision;
import dev.intaglio.issuer.store.DeferredTransactions;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.UsedNonce;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.requirements.Requirement;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What [DeferredTransactions] must do.
@DisplayName("§9 Transactions that wait")
public abstract class DeferredTransactionsContract {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.250Z");
    private static final Instant EXPIRES_AT = NOW.plusSeconds(3600);
    private static final List<HolderKey> KEYS = List.of(
            new HolderKey(SigningKey.generate(JWSAlgorithm.ES256).publicJwk()),
            new HolderKey(SigningKey.generate(JWSAlgorithm.ES384).publicJwk(), Optional.of("did:example:1#key")));

    protected abstract DeferredTransactions store();

    /// Several nodes over the same data.
    protected List<DeferredTransactions> nodes() {
        return List.of(store());
    }

    @Test
    @DisplayName("are found as they were begun, keys in their order, until they expire")
    void keepsEverything() {
        var full = transaction();
        assertThat(store().begin(full, List.of(nonce()))).isTrue();
        var bare = new DeferredTransaction(
                Race.hash(),
                "authorization",
                "subject",
                Optional.empty(),
                "degree",
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Awaiting.DATA,
                Decision.NONE,
                NOW,
                EXPIRES_AT);
        assertThat(store().begin(bare, List.of())).isTrue();
        for (var node : nodes()) {
            for (var begun : List.of(full, bare)) {
                assertThat(node.find(begun.handle(), NOW)).contains(begun);
                assertThat(node.find(begun.handle(), EXPIRES_AT.minusMillis(1))).contains(begun);
                assertThat(node.find(begun.handle(), EXPIRES_AT)).isEmpty();
            }
            assertThat(node.find(Race.hash(), NOW)).isEmpty();
        }
    }

    @Test
    @Requirement("CI-NONCE-7")
    @DisplayName("are not begun with a nonce that was used, and then leave the other nonces good")
    void nonceOnce() {
        var used = nonce();
        var fresh = nonce();
        assertThat(store().begin(transaction(), List.of(used))).isTrue();
        var refused = transaction();
        for (var nonces : List.of(List.of(used, fresh), List.of(fresh, used))) {
            assertThat(store().begin(refused, nonces)).isFalse();
        }
        assertThat(store().find(refused.handle(), NOW)).isEmpty();
        assertThat(store().begin(refused, List.of(fresh))).isTrue();
    }

    @Test
    @Requirement({"CI-RESP-8", "CI-DEFER-7"})
    @DisplayName("are completed once, and then gone")
    void completedOnce() {
        var begun = begun();
        assertThat(store().complete(begun.handle(), issuance(), NOW)).isTrue();
        for (var node : nodes()) {
            assertThat(node.find(begun.handle(), NOW)).isEmpty();
            assertThat(node.complete(begun.handle(), issuance(), NOW)).isFalse();
            assertThat(node.decide(begun.handle(), Decision.APPROVED, NOW)).isFalse();
        }
    }

    @Test
    @DisplayName("are not completed after they expired, and what was not completed records nothing")
    void completedInTime() {
        var begun = begun();
        var issuance = issuance();
        assertThat(store().complete(begun.handle(), issuance, EXPIRES_AT)).isFalse();
        assertThat(store().complete(Race.hash(), issuance, NOW)).isFalse();
        // The same id again: it would clash if one of those had been kept.
        assertThat(store().complete(begun.handle(), issuance, NOW)).isTrue();
    }

    @Test
    @Requirement({"CI-RESP-8", "CI-DEFER-7"})
    @DisplayName("of fifty who complete the same one, one does")
    void oneCompletes() {
        var nodes = nodes();
        for (int round = 0; round < Race.ROUNDS; round++) {
            var begun = begun();
            var completed =
                    Race.run(runner -> () -> Race.nodeOf(nodes, runner).complete(begun.handle(), issuance(), NOW));
            assertThat(Collections.frequency(completed, true)).isOne();
        }
    }

    @Test
    @Requirement("CI-NONCE-7")
    @DisplayName("of fifty begun with the same nonce, one is kept")
    void oneBegins() {
        var nodes = nodes();
        for (int round = 0; round < Race.ROUNDS; round++) {
            var nonce = nonce();
            var begun = Race.run(runner -> () -> Race.nodeOf(nodes, runner).begin(transaction(), List.of(nonce)));
            assertThat(Collections.frequency(begun, true)).isOne();
        }
    }

    @Test
    @DisplayName("of fifty decisions, approvals and denials mixed, one stands")
    void oneDecides() {
        var nodes = nodes();
        for (int round = 0; round < Race.ROUNDS; round++) {
            var begun = begun();
            var decided = Race.run(runner -> () -> Race.nodeOf(nodes, runner)
                    .decide(begun.handle(), runner % 4 < 2 ? Decision.APPROVED : Decision.DENIED, NOW));
            assertThat(Collections.frequency(decided, true)).isOne();
            var winner = decided.indexOf(true) % 4 < 2 ? Decision.APPROVED : Decision.DENIED;
            assertThat(store().find(begun.handle(), NOW).orElseThrow().decision())
                    .isEqualTo(winner);
        }
    }

    @Test
    @DisplayName("are listed for the operator, the oldest first, while they wait for him and he has not decided")
    void listed() {
        var second = begunAt(NOW.minusSeconds(9));
        var first = begunAt(NOW.minusSeconds(10));
        var waitsForData = transaction(NOW.minusSeconds(8), Awaiting.DATA);
        store().begin(waitsForData, List.of());
        assertThat(listedAmong(first, second, waitsForData)).containsExactly(first, second);

        assertThat(store().decide(waitsForData.handle(), Decision.APPROVED, NOW))
                .isFalse();
        store().awaitApproval(waitsForData.handle());
        assertThat(listedAmong(first, second, waitsForData))
                .containsExactly(first, second, waitsForData.with(Awaiting.APPROVAL));

        assertThat(store().decide(first.handle(), Decision.DENIED, NOW)).isTrue();
        assertThat(store().decide(second.handle(), Decision.APPROVED, EXPIRES_AT))
                .isFalse();
        assertThat(listedAmong(first, second)).containsExactly(second);
        assertThat(store().awaitingApproval(1, NOW)).hasSize(1);
        assertThat(store().awaitingApproval(1000, EXPIRES_AT)).doesNotContain(second);
        store().awaitApproval(Race.hash());
    }

    private List<DeferredTransaction> listedAmong(DeferredTransaction... these) {
        var handles = Arrays.stream(these).map(DeferredTransaction::handle).toList();
        return store().awaitingApproval(1000, NOW).stream()
                .filter(found -> handles.contains(found.handle()))
                .toList();
    }

    private DeferredTransaction begun() {
        return begunAt(NOW);
    }

    private DeferredTransaction begunAt(Instant createdAt) {
        var transaction = transaction(createdAt, Awaiting.APPROVAL);
        store().begin(transaction, List.of());
        return transaction;
    }

    private static DeferredTransaction transaction() {
        return transaction(NOW, Awaiting.APPROVAL);
    }

    private static DeferredTransaction transaction(Instant createdAt, Awaiting awaiting) {
        return new DeferredTransaction(
                Race.hash(),
                "authorization",
                "subject",
                Optional.of("wallet"),
                "degree",
                Optional.of("degree-of-alice"),
                KEYS,
                Optional.of("dpop-key"),
                Optional.of("encryption-key"),
                awaiting,
                Decision.NONE,
                createdAt,
                EXPIRES_AT);
    }

    private static UsedNonce nonce() {
        return new UsedNonce(Race.hash(), EXPIRES_AT);
    }

    private static IssuanceRecord issuance() {
        return new IssuanceRecord(Race.hash(), "authorization", "degree", "subject", 2, NOW);
    }
}
