package dev.intaglio.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.UsedNonce;
import dev.intaglio.requirements.Requirement;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What [Issuances] must do.
@DisplayName("§13.8 Use of nonces, with the issuance they were used for")
public abstract class IssuancesContract {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.250Z");
    private static final Instant FORGET_AT = NOW.plusSeconds(300);

    protected abstract Issuances store();

    /// Several nodes over the same data; a nonce is used up for all of them at once.
    protected List<Issuances> nodes() {
        return List.of(store());
    }

    @Test
    @DisplayName("issuances whose proofs carry no nonce are recorded, any number of them")
    void withoutNonce() {
        assertThat(store().record(issuance(), List.of())).isTrue();
        assertThat(store().record(issuance(), List.of())).isTrue();
    }

    @Test
    @Requirement("CI-NONCE-7")
    @DisplayName("one nonce serves all credentials of a response, and no second response")
    void onceForAWholeResponse() {
        var nonce = nonce();
        assertThat(store().record(issuanceOf(5), List.of(nonce))).isTrue();
        for (var node : nodes()) {
            assertThat(node.record(issuance(), List.of(nonce))).isFalse();
        }
    }

    @Test
    @DisplayName("another expiry does not make it another nonce")
    void expiryIsNoPartOfTheNonce() {
        var nonce = nonce();
        assertThat(store().record(issuance(), List.of(nonce))).isTrue();
        assertThat(store().record(issuance(), List.of(new UsedNonce(nonce.hash(), FORGET_AT.plusSeconds(60)))))
                .isFalse();
    }

    @Test
    @DisplayName("where one of several nonces was used before, nothing is recorded: the others stay good")
    void allOrNothing() {
        for (int place = 0; place < 3; place++) {
            var used = nonce();
            var fresh = nonce();
            var fresher = nonce();
            assertThat(store().record(issuance(), List.of(used))).isTrue();

            var refused = issuance();
            var nonces = switch (place) {
                case 0 -> List.of(used, fresh, fresher);
                case 1 -> List.of(fresh, used, fresher);
                default -> List.of(fresh, fresher, used);
            };
            assertThat(store().record(refused, nonces)).isFalse();

            // The same id again: it would clash if the refused issuance had been kept.
            assertThat(store().record(refused, List.of(fresh, fresher))).isTrue();
        }
    }

    @Test
    @Requirement("CI-NONCE-7")
    @DisplayName("of fifty requests with the same nonce, one is recorded")
    void oneWins() {
        var nodes = nodes();
        for (int round = 0; round < Race.ROUNDS; round++) {
            var nonce = nonce();
            var recorded = Race.run(runner -> () -> Race.nodeOf(nodes, runner).record(issuance(), List.of(nonce)));
            assertThat(Collections.frequency(recorded, true))
                    .as("requests recorded")
                    .isOne();
        }
    }

    @Test
    @DisplayName("of fifty requests with the same nonces in any order, one is recorded and none waits for ever")
    void noDeadlock() {
        var nodes = nodes();
        for (int round = 0; round < Race.ROUNDS; round++) {
            var nonces = Stream.generate(IssuancesContract::nonce).limit(4).toList();
            var recorded = Race.run(runner ->
                    () -> Race.nodeOf(nodes, runner).record(issuance(), runner % 4 < 2 ? nonces : nonces.reversed()));
            assertThat(Collections.frequency(recorded, true))
                    .as("requests recorded")
                    .isOne();
        }
    }

    @Test
    @DisplayName("of fifty requests with nonces of their own, all are recorded")
    void noneLoses() {
        var nodes = nodes();
        var recorded =
                Race.run(runner -> () -> Race.nodeOf(nodes, runner).record(issuance(), List.of(nonce(), nonce())));
        assertThat(recorded).containsOnly(true);
    }

    private static UsedNonce nonce() {
        return new UsedNonce(Race.hash(), FORGET_AT);
    }

    private static IssuanceRecord issuance() {
        return issuanceOf(1);
    }

    private static IssuanceRecord issuanceOf(int credentials) {
        return new IssuanceRecord(Race.hash(), Race.hash(), "degree", "subject-1", credentials, NOW);
    }
}
