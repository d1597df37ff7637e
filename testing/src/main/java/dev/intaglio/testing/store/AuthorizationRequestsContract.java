package dev.intaglio.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.authorization.store.AuthorizationRequests;
import dev.intaglio.requirements.Requirement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What the authorization server's [AuthorizationRequests] must do.
@DisplayName("RFC 9126: authorization requests that wait")
public abstract class AuthorizationRequestsContract {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.250Z");
    private static final Instant USABLE_UNTIL = NOW.plusSeconds(90);
    private static final Instant FORGET_AT = NOW.plusSeconds(900);

    protected abstract AuthorizationRequests store();

    /// Several nodes over the same data; a request is used up for all of them at once.
    protected List<AuthorizationRequests> nodes() {
        return List.of(store());
    }

    @Test
    @DisplayName("a request comes back as it was, with all or little in it")
    void asItWas() {
        var small = Race.hash();
        store().save(small, CodeFlowValues.smallRequest(), USABLE_UNTIL, FORGET_AT);
        assertThat(store().find(saved(), NOW)).contains(CodeFlowValues.request());
        assertThat(store().find(small, NOW)).contains(CodeFlowValues.smallRequest());
    }

    @Test
    @Requirement("AS-PAR-5")
    @DisplayName("a request can be found again and again until it expires")
    void findsAgain() {
        var reference = saved();
        for (var node : nodes()) {
            assertThat(node.find(reference, NOW)).isPresent();
            assertThat(node.find(reference, USABLE_UNTIL.minusMillis(1))).isPresent();
            assertThat(node.find(reference, USABLE_UNTIL)).isEmpty();
            assertThat(node.find(Race.hash(), NOW)).isEmpty();
        }
    }

    @Test
    @DisplayName("an interaction can be completed after its request can no longer be found, until it expires itself")
    void interactionOutlivesReference() {
        var interaction = opened(saved(), FORGET_AT.minusSeconds(1));
        assertThat(store().waiting(interaction, USABLE_UNTIL)).contains(CodeFlowValues.request());
        assertThat(store().waiting(interaction, FORGET_AT.minusSeconds(1))).isEmpty();
        assertThat(store().complete(interaction, FORGET_AT.minusSeconds(1))).isEmpty();
        assertThat(store().complete(interaction, FORGET_AT.minusMillis(1001))).contains(CodeFlowValues.request());
    }

    @Test
    @DisplayName("an interaction does not outlive what it is about")
    void forgotten() {
        var interaction = opened(saved(), FORGET_AT.plusSeconds(60));
        assertThat(store().waiting(interaction, FORGET_AT)).isEmpty();
        assertThat(store().complete(interaction, FORGET_AT)).isEmpty();
    }

    @Test
    @Requirement("AS-PAR-5")
    @DisplayName("with the first interaction that is completed, the request and its other interactions are over")
    void completesOnce() {
        var reference = saved();
        var first = opened(reference, FORGET_AT);
        var second = opened(reference, FORGET_AT);
        assertThat(store().complete(second, NOW)).contains(CodeFlowValues.request());
        for (var node : nodes()) {
            assertThat(node.complete(second, NOW)).isEmpty();
            assertThat(node.complete(first, NOW)).isEmpty();
            assertThat(node.waiting(first, NOW)).isEmpty();
            assertThat(node.find(reference, NOW)).isEmpty();
        }
        assertThat(store().complete(opened(reference, FORGET_AT), NOW))
                .as("opened too late")
                .isEmpty();
    }

    @Test
    @DisplayName(
            "a request that was completed or not opened in time is remembered for a while, so that its client can be told")
    void over() {
        var completed = saved();
        assertThat(store().over(completed, NOW)).isEmpty();
        assertThat(store().complete(opened(completed, FORGET_AT), NOW)).isPresent();
        var late = saved();
        for (var node : nodes()) {
            assertThat(node.over(completed, NOW)).contains(CodeFlowValues.request());
            assertThat(node.over(late, USABLE_UNTIL.minusMillis(1))).isEmpty();
            assertThat(node.over(late, USABLE_UNTIL)).contains(CodeFlowValues.request());
            assertThat(node.over(late, FORGET_AT)).isEmpty();
            assertThat(node.over(Race.hash(), NOW)).isEmpty();
        }
    }

    @Test
    @DisplayName("interactions about different requests do not stand in each other's way")
    void independent() {
        var first = opened(saved(), FORGET_AT);
        var second = opened(saved(), FORGET_AT);
        assertThat(store().complete(first, NOW)).isPresent();
        assertThat(store().waiting(second, NOW)).isPresent();
        assertThat(store().complete(Race.hash(), NOW)).isEmpty();
    }

    @Test
    @Requirement("AS-PAR-5")
    @DisplayName("of fifty callers with interactions about one request, one completes it")
    void oneWins() {
        var nodes = nodes();
        for (int round = 0; round < Race.ROUNDS; round++) {
            var reference = saved();
            var shared = opened(reference, FORGET_AT);
            var came = Race.run(runner -> {
                var own = runner % 2 == 0 ? shared : opened(reference, FORGET_AT);
                return () -> Race.nodeOf(nodes, runner).complete(own, NOW);
            });
            assertThat(came).filteredOn(Optional::isPresent).containsExactly(Optional.of(CodeFlowValues.request()));
        }
    }

    private String saved() {
        var reference = Race.hash();
        store().save(reference, CodeFlowValues.request(), USABLE_UNTIL, FORGET_AT);
        return reference;
    }

    private String opened(String reference, Instant expiresAt) {
        var interaction = Race.hash();
        store().open(interaction, reference, expiresAt);
        return interaction;
    }
}
