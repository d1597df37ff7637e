package dev.intaglio.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.authorization.store.PreAuthorization;
import dev.intaglio.authorization.store.PreAuthorizedCodes;
import dev.intaglio.authorization.store.PreAuthorizedCodes.Redemption;
import dev.intaglio.authorization.store.PreAuthorizedCodes.Redemption.Redeemed;
import dev.intaglio.authorization.store.PreAuthorizedCodes.Redemption.TxCodeMissing;
import dev.intaglio.authorization.store.PreAuthorizedCodes.Redemption.TxCodeUnexpected;
import dev.intaglio.authorization.store.PreAuthorizedCodes.Redemption.Unknown;
import dev.intaglio.authorization.store.PreAuthorizedCodes.Redemption.WrongTxCode;
import dev.intaglio.requirements.Requirement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What the authorization server's [PreAuthorizedCodes] must do.
@DisplayName("§4.1.1, §6.1 Pre-authorized codes")
public abstract class PreAuthorizedCodesContract {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.250Z");
    private static final Instant LATER = NOW.plusSeconds(300);
    private static final Optional<String> NONE = Optional.empty();
    private static final Optional<String> RIGHT = Optional.of(Race.hash());
    private static final Optional<String> WRONG = Optional.of(Race.hash());
    private static final int ATTEMPTS = 5;

    private final PreAuthorization authorization =
            new PreAuthorization(Race.hash(), "Zoë \"Q\" O'Neill", List.of("degree", "diplôme, with a comma"));

    protected abstract PreAuthorizedCodes store();

    /// Several nodes over the same data; a code is used up for all of them at once.
    protected List<PreAuthorizedCodes> nodes() {
        return List.of(store());
    }

    @Test
    @Requirement("CI-OFFER-9")
    @DisplayName("a code is redeemed once, for what it was made for")
    void once() {
        var code = saved(NONE);
        assertThat(store().redeem(code, NONE, NOW)).isEqualTo(new Redeemed(authorization));
        for (var node : nodes()) {
            assertThat(node.redeem(code, NONE, NOW)).isEqualTo(new Unknown());
        }
    }

    @Test
    @DisplayName("a code that was never made is unknown, with or without a Transaction Code")
    void neverMade() {
        saved(NONE);
        assertThat(store().redeem(Race.hash(), NONE, NOW)).isEqualTo(new Unknown());
        assertThat(store().redeem(Race.hash(), RIGHT, NOW)).isEqualTo(new Unknown());
    }

    @Test
    @Requirement("CI-OFFER-9")
    @DisplayName("from the moment it expires a code is unknown, whatever Transaction Code comes with it")
    void expires() {
        var open = saved(NONE);
        var guarded = saved(RIGHT);
        assertThat(store().redeem(open, NONE, LATER)).isEqualTo(new Unknown());
        assertThat(store().redeem(guarded, RIGHT, LATER)).isEqualTo(new Unknown());
        assertThat(store().redeem(guarded, WRONG, LATER)).isEqualTo(new Unknown());
        assertThat(store().redeem(guarded, NONE, LATER)).isEqualTo(new Unknown());
        assertThat(store().redeem(open, NONE, LATER.minusMillis(1))).isEqualTo(new Redeemed(authorization));
        assertThat(store().redeem(guarded, RIGHT, LATER.minusMillis(1))).isEqualTo(new Redeemed(authorization));
    }

    @Test
    @Requirement("AS-TOKEN-17")
    @DisplayName("a wrong Transaction Code does not burn the code; after success the right one is not taken again")
    void wrongThenRight() {
        var code = saved(RIGHT);
        assertThat(store().redeem(code, WRONG, NOW)).isEqualTo(new WrongTxCode(ATTEMPTS - 1));
        assertThat(store().redeem(code, RIGHT, NOW)).isEqualTo(new Redeemed(authorization));
        assertThat(store().redeem(code, RIGHT, NOW)).isEqualTo(new Unknown());
        assertThat(store().redeem(code, WRONG, NOW)).isEqualTo(new Unknown());
    }

    @Test
    @Requirement("AS-TOKEN-16")
    @DisplayName("wrong Transaction Codes are counted down; with the last one the code is no longer good")
    void attemptsRunOut() {
        var code = saved(RIGHT);
        for (int left = ATTEMPTS - 1; left >= 0; left--) {
            assertThat(store().pending(code, NOW)).isTrue();
            assertThat(store().redeem(code, WRONG, NOW)).isEqualTo(new WrongTxCode(left));
        }
        assertThat(store().pending(code, NOW)).isFalse();
        assertThat(store().redeem(code, RIGHT, NOW)).isEqualTo(new Unknown());
        assertThat(store().redeem(code, WRONG, NOW)).isEqualTo(new Unknown());
        assertThat(store().redeem(code, NONE, NOW)).isEqualTo(new Unknown());
    }

    @Test
    @Requirement("AS-TOKEN-16")
    @DisplayName("where one attempt is granted, the first wrong Transaction Code is the last")
    void oneAttempt() {
        var code = Race.hash();
        store().save(code, authorization, RIGHT, 1, LATER);
        assertThat(store().redeem(code, WRONG, NOW)).isEqualTo(new WrongTxCode(0));
        assertThat(store().redeem(code, RIGHT, NOW)).isEqualTo(new Unknown());
    }

    @Test
    @DisplayName("a missing Transaction Code counts nothing")
    void missingTxCode() {
        var code = saved(RIGHT);
        for (int i = 0; i < 2 * ATTEMPTS; i++) {
            assertThat(store().redeem(code, NONE, NOW)).isEqualTo(new TxCodeMissing());
        }
        assertThat(store().redeem(code, WRONG, NOW)).isEqualTo(new WrongTxCode(ATTEMPTS - 1));
        assertThat(store().redeem(code, RIGHT, NOW)).isEqualTo(new Redeemed(authorization));
    }

    @Test
    @DisplayName("a Transaction Code nobody asked for counts nothing")
    void unexpectedTxCode() {
        var code = saved(NONE);
        for (int i = 0; i < 2 * ATTEMPTS; i++) {
            assertThat(store().redeem(code, RIGHT, NOW)).isEqualTo(new TxCodeUnexpected());
        }
        assertThat(store().redeem(code, NONE, NOW)).isEqualTo(new Redeemed(authorization));
    }

    @Test
    @DisplayName("a code is pending until it is redeemed or expires")
    void pending() {
        var redeemed = saved(NONE);
        var expiring = saved(RIGHT);
        assertThat(store().pending(redeemed, NOW)).isTrue();
        assertThat(store().find(redeemed, NOW)).contains(authorization);
        assertThat(store().find(expiring, LATER.minusMillis(1))).contains(authorization);
        assertThat(store().find(expiring, LATER)).isEmpty();
        assertThat(store().pending(expiring, LATER.minusMillis(1))).isTrue();
        assertThat(store().pending(expiring, LATER)).isFalse();
        assertThat(store().pending(Race.hash(), NOW)).isFalse();
        store().redeem(redeemed, NONE, NOW);
        for (var node : nodes()) {
            assertThat(node.pending(redeemed, NOW)).isFalse();
        }
    }

    @Test
    @Requirement("CI-OFFER-9")
    @DisplayName("of fifty callers with the same code, one redeems it")
    void oneWins() {
        var nodes = nodes();
        for (int round = 0; round < Race.ROUNDS; round++) {
            var txCode = round % 2 == 0 ? NONE : RIGHT;
            var code = saved(txCode);
            var came = Race.run(runner -> () -> Race.nodeOf(nodes, runner).redeem(code, txCode, NOW));
            assertThat(came).filteredOn(Redeemed.class::isInstance).containsExactly(new Redeemed(authorization));
            assertThat(came)
                    .filteredOn(redemption -> !(redemption instanceof Redeemed))
                    .containsOnly(new Unknown());
        }
    }

    @Test
    @Requirement("AS-TOKEN-16")
    @DisplayName("of fifty wrong Transaction Codes at once, exactly the granted attempts are answered")
    void guessesInParallel() {
        var nodes = nodes();
        for (int round = 0; round < Race.ROUNDS; round++) {
            var code = saved(RIGHT);
            var came = Race.run(runner -> () -> Race.nodeOf(nodes, runner).redeem(code, Optional.of(Race.hash()), NOW));
            assertThat(attemptsLeft(came)).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
            assertThat(came).filteredOn(Unknown.class::isInstance).hasSize(Race.RUNNERS - ATTEMPTS);
            assertThat(store().redeem(code, RIGHT, NOW)).isEqualTo(new Unknown());
        }
    }

    @Test
    @Requirement({"CI-OFFER-9", "AS-TOKEN-16", "AS-TOKEN-17"})
    @DisplayName("wrong Transaction Codes racing with right ones: at most one redeems, no attempt is answered twice")
    void wrongAgainstRight() {
        var nodes = nodes();
        for (int round = 0; round < 2 * Race.ROUNDS; round++) {
            var code = saved(RIGHT);
            var came = Race.run(runner ->
                    () -> Race.nodeOf(nodes, runner).redeem(code, runner % 10 < 2 ? RIGHT : WRONG, NOW));
            var redeemed = came.stream().filter(Redeemed.class::isInstance).count();
            var answered = attemptsLeft(came);
            if (redeemed == 1) {
                // Counted down from the top without a gap, and never to the end: the code was still good when it was
                // redeemed.
                assertThat(answered)
                        .containsExactlyInAnyOrderElementsOf(countdown(answered.size()))
                        .doesNotContain(0);
            } else {
                assertThat(redeemed).as("redemptions").isZero();
                assertThat(answered).containsExactlyInAnyOrderElementsOf(countdown(ATTEMPTS));
            }
            assertThat(came)
                    .filteredOn(Unknown.class::isInstance)
                    .hasSize(Race.RUNNERS - answered.size() - (int) redeemed);
            assertThat(store().pending(code, NOW)).isFalse();
        }
    }

    private String saved(Optional<String> txCode) {
        var code = Race.hash();
        store().save(code, authorization, txCode, ATTEMPTS, LATER);
        return code;
    }

    private static List<Integer> attemptsLeft(List<Redemption> came) {
        return came.stream()
                .filter(WrongTxCode.class::isInstance)
                .map(redemption -> ((WrongTxCode) redemption).attemptsLeft())
                .toList();
    }

    private static List<Integer> countdown(int steps) {
        return IntStream.rangeClosed(1, steps).mapToObj(step -> ATTEMPTS - step).toList();
    }
}
