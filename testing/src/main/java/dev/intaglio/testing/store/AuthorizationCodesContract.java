package dev.intaglio.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.authorization.store.AuthorizationCodes;
import dev.intaglio.authorization.store.AuthorizationCodes.Redemption;
import dev.intaglio.authorization.store.AuthorizedCode;
import dev.intaglio.requirements.Requirement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What the authorization server's [AuthorizationCodes] must do.
@DisplayName("RFC 6749, section 4.1.2: authorization codes")
public abstract class AuthorizationCodesContract {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.250Z");
    private static final Instant EXPIRES_AT = NOW.plusSeconds(60);
    private static final Instant FORGET_AT = NOW.plusSeconds(3600);

    protected abstract AuthorizationCodes store();

    /// Several nodes over the same data; a code is used up for all of them at once.
    protected List<AuthorizationCodes> nodes() {
        return List.of(store());
    }

    @Test
    @DisplayName("a code stands for what it was made for, with all or little in it")
    void asItWas() {
        var full = CodeFlowValues.code();
        var small = CodeFlowValues.smallCode();
        assertThat(store().find(saved(full), NOW)).contains(full);
        assertThat(store().find(saved(small), NOW)).contains(small);
        assertThat(store().find(Race.hash(), NOW)).isEmpty();
    }

    @Test
    @Requirement("AS-AUTHZ-7")
    @DisplayName("a code is redeemed once; after that every node knows that it was")
    void once() {
        var code = saved(CodeFlowValues.code());
        assertThat(store().redeem(code, NOW)).isEqualTo(Redemption.REDEEMED);
        for (var node : nodes()) {
            assertThat(node.redeem(code, NOW)).isEqualTo(Redemption.REUSED);
            assertThat(node.redeem(code, EXPIRES_AT)).as("after its time").isEqualTo(Redemption.REUSED);
            assertThat(node.find(code, EXPIRES_AT)).isPresent();
        }
    }

    @Test
    @Requirement("AS-AUTHZ-7")
    @DisplayName("from the moment it expires a code cannot be redeemed")
    void expires() {
        var code = saved(CodeFlowValues.code());
        assertThat(store().redeem(code, EXPIRES_AT)).isEqualTo(Redemption.UNKNOWN);
        assertThat(store().redeem(code, EXPIRES_AT.minusMillis(1))).isEqualTo(Redemption.REDEEMED);
    }

    @Test
    @DisplayName("a code that was never made, or is forgotten, is unknown")
    void unknown() {
        var code = saved(CodeFlowValues.code());
        store().redeem(code, NOW);
        assertThat(store().redeem(code, FORGET_AT)).isEqualTo(Redemption.UNKNOWN);
        assertThat(store().find(code, FORGET_AT)).isEmpty();
        assertThat(store().redeem(Race.hash(), NOW)).isEqualTo(Redemption.UNKNOWN);
    }

    @Test
    @Requirement("AS-AUTHZ-7")
    @DisplayName("of fifty callers with the same code, one redeems it and all others learn that it is used")
    void oneWins() {
        var nodes = nodes();
        for (int round = 0; round < Race.ROUNDS; round++) {
            var code = saved(CodeFlowValues.code());
            var came = Race.run(runner -> () -> Race.nodeOf(nodes, runner).redeem(code, NOW));
            assertThat(came).filteredOn(Redemption.REDEEMED::equals).hasSize(1);
            assertThat(came).filteredOn(Redemption.REUSED::equals).hasSize(Race.RUNNERS - 1);
        }
    }

    private String saved(AuthorizedCode code) {
        var hash = Race.hash();
        store().save(hash, code, EXPIRES_AT, FORGET_AT);
        return hash;
    }
}
