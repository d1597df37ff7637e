package dev.intaglio.drafts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.intaglio.drafts.wallet.DraftInterpreters;
import dev.intaglio.issuer.store.DialectUse;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.Wallet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Every issuance is counted by its dialect and its wallet")
class UsageTest {
    private static void receive(HouseOfDrafts house, String link, String agent) {
        Handler transport = request -> house.handler().handle(request.with("User-Agent", agent));
        var interpreter = new DraftInterpreters().around(transport);
        var wallet = Wallet.builder(interpreter.transport(), house.issuer().anchors())
                .clock(house.issuer().clock())
                .build();
        var outcome = wallet.receive(wallet.resolve(interpreter.link(link)), Optional.empty());
        assertThat(outcome).isInstanceOf(Outcome.Received.class);
    }

    @Test
    @DisplayName("by draft, by 1.0 and by user agent, deferred ones when they are handed out")
    void counted() {
        var house = HouseOfDrafts.of("tolerant");
        for (var i = 0; i < 3; i++) {
            receive(house, house.link(Draft.DRAFT_13, house.issuer().offer(TestIssuer.PID)), "okhttp/4.12.0");
        }
        receive(house, house.issuer().offer(TestIssuer.PID).linkByValue(), "Wallet/1 (x)");

        assertThat(house.dialects().uses())
                .extracting(DialectUse::dialect, DialectUse::clientId, DialectUse::agent, DialectUse::issuances)
                .containsExactlyInAnyOrder(tuple("draft-13", "", "okhttp", 3L), tuple("1.0", "", "Wallet", 1L));
        house.dialects().close();
        assertThat(house.issuer().stores().dialectUses().all()).hasSize(2);
    }

    @Test
    @DisplayName("refusals are counted, too, for the operator to see whom he turns away")
    void refused() {
        var house = HouseOfDrafts.of("strict");
        var client = FieldClient.at(house);
        var offer = house.issuer().offer(TestIssuer.DIPLOMA).offer();
        var token = client.redeem(offer, Map.of());
        client.ask(
                "/credential",
                token,
                JsonObject.builder()
                        .put("types", List.of("VerifiableCredential"))
                        .put("format", "jwt_vc_json")
                        .build());

        assertThat(house.dialects().uses())
                .extracting(DialectUse::dialect, DialectUse::issuances, DialectUse::refusals)
                .containsExactly(tuple("draft-12", 0L, 1L));
    }
}
