package dev.intaglio.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.authorization.store.Revocations;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What the authorization server's [Revocations] must do.
@DisplayName("Revoked authorizations")
public abstract class RevocationsContract {
    private static final Instant FORGET_AT = Instant.parse("2026-11-01T12:05:00Z");

    protected abstract Revocations store();

    /// Several nodes over the same data.
    protected List<Revocations> nodes() {
        return List.of(store());
    }

    @Test
    @DisplayName("an authorization is good until it is revoked, and then for no node")
    void revokes() {
        var id = Race.hash();
        assertThat(store().revoked(id)).isFalse();
        store().revoke(id, FORGET_AT);
        for (var node : nodes()) {
            assertThat(node.revoked(id)).isTrue();
            assertThat(node.revoked(Race.hash())).isFalse();
        }
    }

    @Test
    @DisplayName("revoking again, also at the same moment, does nothing")
    void again() {
        var nodes = nodes();
        var id = Race.hash();
        Race.run(runner -> () -> {
            Race.nodeOf(nodes, runner).revoke(id, FORGET_AT);
            return true;
        });
        assertThat(store().revoked(id)).isTrue();
    }
}
