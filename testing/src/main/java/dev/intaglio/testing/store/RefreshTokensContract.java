package dev.intaglio.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.authorization.store.RefreshGrant;
import dev.intaglio.authorization.store.RefreshTokens;
import dev.intaglio.authorization.store.RefreshTokens.Rotation;
import dev.intaglio.requirements.Requirement;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What the authorization server's [RefreshTokens] must do.
@DisplayName("RFC 6749, section 6: refresh tokens")
public abstract class RefreshTokensContract {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.250Z");
    private static final Instant EXPIRES_AT = NOW.plusSeconds(86400);

    protected abstract RefreshTokens store();

    /// Several nodes over the same data; a token is replaced for all of them at once.
    protected List<RefreshTokens> nodes() {
        return List.of(store());
    }

    @Test
    @DisplayName("a token stands for what it was given for, again and again until it expires")
    void asItWas() {
        var full = CodeFlowValues.refresh();
        var small = CodeFlowValues.smallRefresh();
        var fullToken = saved(full);
        var smallToken = saved(small);
        for (var node : nodes()) {
            assertThat(node.find(fullToken, NOW)).contains(full);
            assertThat(node.find(smallToken, EXPIRES_AT.minusMillis(1))).contains(small);
            assertThat(node.find(smallToken, EXPIRES_AT)).isEmpty();
            assertThat(node.find(Race.hash(), NOW)).isEmpty();
        }
    }

    @Test
    @Requirement("AS-TOKEN-22")
    @DisplayName(
            "a successor stands for the same and expires at the same time; who replaces the old one again is noticed")
    void rotates() {
        var grant = CodeFlowValues.refresh();
        var token = saved(grant);
        var successor = Race.hash();
        assertThat(store().rotate(token, successor, NOW)).isEqualTo(Rotation.ROTATED);
        for (var node : nodes()) {
            var another = Race.hash();
            assertThat(node.rotate(token, another, NOW)).isEqualTo(Rotation.REUSED);
            assertThat(node.find(another, NOW)).isEmpty();
            assertThat(node.find(successor, NOW)).contains(grant);
            assertThat(node.find(token, NOW))
                    .as("found, so that its reuse is seen")
                    .contains(grant);
        }
        assertThat(store().find(successor, EXPIRES_AT)).isEmpty();
        assertThat(store().rotate(successor, Race.hash(), NOW)).isEqualTo(Rotation.ROTATED);
    }

    @Test
    @DisplayName("a token that was never made, or has expired, is not replaced")
    void unknown() {
        var token = saved(CodeFlowValues.refresh());
        var successor = Race.hash();
        assertThat(store().rotate(token, successor, EXPIRES_AT)).isEqualTo(Rotation.UNKNOWN);
        assertThat(store().rotate(Race.hash(), successor, NOW)).isEqualTo(Rotation.UNKNOWN);
        assertThat(store().find(successor, NOW)).isEmpty();
        assertThat(store().rotate(token, successor, NOW)).isEqualTo(Rotation.ROTATED);
    }

    @Test
    @Requirement("AS-TOKEN-22")
    @DisplayName("of fifty callers with the same token, one gets a successor")
    void oneWins() {
        var nodes = nodes();
        for (int round = 0; round < Race.ROUNDS; round++) {
            var token = saved(CodeFlowValues.refresh());
            var successors = IntStream.range(0, Race.RUNNERS)
                    .mapToObj(runner -> Race.hash())
                    .toList();
            var came = Race.run(runner -> () -> Race.nodeOf(nodes, runner).rotate(token, successors.get(runner), NOW));
            assertThat(came).filteredOn(Rotation.ROTATED::equals).hasSize(1);
            assertThat(came).filteredOn(Rotation.REUSED::equals).hasSize(Race.RUNNERS - 1);
            assertThat(successors)
                    .filteredOn(successor -> store().find(successor, NOW).isPresent())
                    .containsExactly(successors.get(came.indexOf(Rotation.ROTATED)));
        }
    }

    private String saved(RefreshGrant grant) {
        var hash = Race.hash();
        store().save(hash, grant, EXPIRES_AT);
        return hash;
    }
}
