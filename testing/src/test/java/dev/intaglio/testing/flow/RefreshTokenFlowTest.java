package dev.intaglio.testing.flow;

import static dev.intaglio.testing.TestIssuer.DIPLOMA;
import static dev.intaglio.testing.TestIssuer.EMPLOYEE;
import static dev.intaglio.testing.TestIssuer.PID;
import static dev.intaglio.testing.flow.CodeFlowWallet.details;
import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.store.Race;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 6749, section 6: refresh tokens")
class RefreshTokenFlowTest {
    private static final Duration LIFETIME = Duration.ofDays(90);

    private final TestIssuer issuer =
            CodeFlowWallet.issuer(flow -> flow.withRefreshTokens(LIFETIME), UnaryOperator.identity());
    private final CodeFlowWallet bearer = CodeFlowWallet.at(issuer);
    private final CodeFlowWallet holder = bearer.withDpop();

    private static String refreshToken(TokenResponse token) {
        return token.refreshToken().orElseThrow();
    }

    @Test
    @Requirement({"AS-TOKEN-20", "HAIP-AS-6"})
    @DisplayName("give new access tokens until they expire, counted from the authorization")
    void refreshes() {
        var first = holder.tokens();
        issuer.clock().advance(LIFETIME.minusSeconds(1));
        assertThat(holder.good(first, PID)).as("the old access token").isFalse();
        var second = holder.tokens(holder.refreshing(refreshToken(first)));
        assertThat(second.scope()).contains(PID);
        assertThat(holder.good(second, PID)).isTrue();
        issuer.clock().advance(Duration.ofSeconds(1));
        assertRefused(holder.token(holder.refreshing(refreshToken(first))), 400, "invalid_grant");
    }

    @Test
    @Requirement({"AS-DPOP-4", "AS-TOKEN-21", "HAIP-AS-11"})
    @DisplayName("of a public client with DPoP are bound to its key, and stay the same")
    void boundToKey() {
        var token = refreshToken(holder.tokens());
        assertRefused(bearer.withDpop().token(bearer.refreshing(token)), 400, "invalid_grant");
        assertRefused(bearer.token(bearer.refreshing(token)), 400, "invalid_grant");
        for (int again = 0; again < 3; again++) {
            var refreshed = holder.tokens(holder.refreshing(token));
            assertThat(refreshed.refreshToken()).isEmpty();
            assertThat(refreshed.tokenType()).isEqualTo("DPoP");
        }
    }

    @Test
    @Requirement("AS-TOKEN-22")
    @DisplayName("of a public client without DPoP are replaced each time; who comes with an old one ends them all")
    void rotates() {
        var first = bearer.tokens();
        var second = bearer.tokens(bearer.refreshing(refreshToken(first)));
        assertThat(refreshToken(second)).isNotEqualTo(refreshToken(first));
        var third = bearer.tokens(bearer.refreshing(refreshToken(second)));
        assertThat(bearer.good(third, PID)).isTrue();
        assertRefused(bearer.token(bearer.refreshing(refreshToken(first))), 400, "invalid_grant");
        assertRefused(bearer.token(bearer.refreshing(refreshToken(third))), 400, "invalid_grant");
        assertThat(bearer.good(third, PID)).isFalse();
    }

    @Test
    @Requirement("AS-TOKEN-22")
    @DisplayName("replaced by fifty at once, one successor comes out, and nothing of it lasts")
    void race() {
        var token = refreshToken(bearer.tokens());
        var statuses =
                Race.run(runner -> () -> bearer.token(bearer.refreshing(token)).status());
        assertThat(statuses).filteredOn(status -> status == 200).hasSizeLessThanOrEqualTo(1);
        assertThat(statuses).containsOnly(200, 400);
        assertRefused(bearer.token(bearer.refreshing(token)), 400, "invalid_grant");
    }

    @Test
    @DisplayName("are good for the client they were given to")
    void otherClient() {
        var token = refreshToken(bearer.tokens());
        var other = bearer.named(CodeFlowWallet.OTHER);
        assertRefused(other.token(other.refreshing(token)), 400, "invalid_grant");
        assertRefused(bearer.token(bearer.refreshing(token).with("client_id", "")), 400, "invalid_grant");
        assertRefused(bearer.token(bearer.refreshing("unheard-of")), 400, "invalid_grant");
        assertThat(bearer.token(bearer.refreshing(token)).status()).isEqualTo(200);
    }

    @Test
    @Requirement("AS-AUTHZ-7")
    @DisplayName("end when the code they came of is used again")
    void codeReuse() {
        var code = holder.code();
        var token = holder.tokens(holder.redeeming(code));
        assertRefused(holder.token(holder.redeeming(code)), 400, "invalid_grant");
        assertRefused(holder.token(holder.refreshing(refreshToken(token))), 400, "invalid_grant");
    }

    @Test
    @DisplayName("end when the operator revokes the authorization, with their access tokens")
    void revoked() {
        var token = holder.tokens();
        var id = issuer.authorizationServer()
                .accessToken(token.accessToken())
                .orElseThrow()
                .authorizationId();
        assertThat(holder.good(token, PID)).isTrue();
        issuer.authorizationServer().revoke(id);
        assertThat(holder.good(token, PID)).isFalse();
        assertRefused(holder.token(holder.refreshing(refreshToken(token))), 400, "invalid_grant");
    }

    @Test
    @Requirement("AS-TOKEN-7")
    @DisplayName("give access to all that was granted, or to the part that is asked for")
    void parts() {
        var code = holder.code(holder.asking().with("scope", "diploma employee"));
        var token = refreshToken(holder.tokens(holder.redeeming(code).with("authorization_details", details(DIPLOMA))));
        assertThat(holder.tokens(holder.refreshing(token)).scope()).contains("diploma employee");
        var part = holder.tokens(holder.refreshing(token).with("scope", "employee openid"));
        assertThat(part.scope()).contains("employee");
        assertThat(holder.good(part, DIPLOMA)).isFalse();
        var byDetails = holder.tokens(holder.refreshing(token).with("authorization_details", details(EMPLOYEE)));
        assertThat(holder.good(byDetails, EMPLOYEE)).isTrue();
        assertRefused(holder.token(holder.refreshing(token).with("scope", "diploma " + PID)), 400, "invalid_scope");
        assertRefused(
                holder.token(holder.refreshing(token).with("authorization_details", details(PID))),
                400,
                "invalid_authorization_details");
    }

    @Test
    @Requirement("AS-META-4")
    @DisplayName("are in the metadata when they are given, and are not given otherwise")
    void metadata() {
        assertThat(issuer.authorizationServer().metadata().grantTypes()).contains("refresh_token");
        var without = CodeFlowWallet.at(CodeFlowWallet.anyIssuer());
        assertThat(without.tokens().refreshToken()).isEmpty();
        assertRefused(without.token(without.refreshing("token")), 400, "unsupported_grant_type");
    }
}
