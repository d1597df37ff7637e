package dev.intaglio.testing.flow;

import static dev.intaglio.testing.TestIssuer.DIPLOMA;
import static dev.intaglio.testing.TestIssuer.EMPLOYEE;
import static dev.intaglio.testing.TestIssuer.PID;
import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.sdjwtvc.SdJwtVcVerifier;
import dev.intaglio.issuer.credential.DeferralPolicy;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup;
import dev.intaglio.issuer.spi.IssuanceRule;
import dev.intaglio.issuer.spi.SelfService;
import dev.intaglio.issuer.spi.SelfService.Allowance;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestWallet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Self-service: clients that may ask for some credentials and see some claims")
class SelfServiceFlowTest {
    private final SelfService selfService = new SelfService(Map.of(
            "portal",
                    new Allowance(
                            Set.of(PID),
                            Set.of(
                                    "family_name",
                                    "given_name",
                                    "birthdate",
                                    "nationalities",
                                    "place_of_birth",
                                    "issuing_authority",
                                    "issuing_country",
                                    "date_of_expiry")),
            "office", new Allowance(Set.of(), Set.of())));
    private final TestIssuer issuer = TestIssuer.builder()
            .datasets(selfService.datasets(TestIssuer.sampleDatasets()))
            .credentialIssuerOptions(options ->
                    options.deferralPolicy(DeferralPolicy.DEFAULT.with(selfService.rule(IssuanceRule.byDefinition()))))
            .build();

    private JsonObject claims(TestWallet wallet, String configuration) {
        var token = wallet.redeem(issuer.offer(configuration).offer()).token();
        var credential = wallet.request(token, configuration).credential();
        return ((Verification.Verified) new SdJwtVcVerifier().verify(credential, issuer.anchors(), TestIssuer.NOW))
                .claims();
    }

    @Test
    @DisplayName("a client gets what it may ask for, and in it the claims it may see")
    void allowed() {
        var portal = claims(issuer.wallet().withClientId("portal"), PID);
        var office = claims(issuer.wallet().withClientId("office"), PID);
        assertThat(portal.has("family_name")).isTrue();
        assertThat(portal.has("address")).isFalse();
        assertThat(office.has("address")).isTrue();
        assertThat(claims(issuer.wallet().withClientId("office"), DIPLOMA).has("degree"))
                .isTrue();
    }

    @Test
    @DisplayName(
            "a client that asks for one purpose gets credentials that are for it, and 403 access_denied for any other, and for one with none")
    void purposes() {
        var purposes = new SelfService(Map.of("gate", new Allowance(Set.of(), Set.of(), Set.of("access", "visit"))));
        var there = TestIssuer.builder()
                .definitions(List.of(
                        card("pass", "purposes: [access, payment]"),
                        card("coin", "purposes: [payment]"),
                        card("plain", "")))
                .datasets(purposes.datasets(entitlement -> Lookup.ready(new CredentialDataset(
                        JsonObject.builder().put("name", "Erika").build()))))
                .credentialIssuerOptions(options ->
                        options.deferralPolicy(DeferralPolicy.DEFAULT.with(purposes.rule(IssuanceRule.byDefinition()))))
                .build();
        var gate = there.wallet().withClientId("gate");
        var pass = gate.redeem(there.offer("pass").offer()).token();
        assertThat(gate.request(pass, "pass").credential()).isNotEmpty();
        for (var other : List.of("coin", "plain")) {
            var token = gate.redeem(there.offer(other).offer()).token();
            assertRefused(gate.request(token, other).send(), 403, "access_denied");
        }
    }

    private static CredentialDefinition card(String id, String more) {
        return CredentialDefinition.read("""
                id: %s
                display: [{locale: en, name: Card}]
                claims: [{path: [name]}]
                formats: {dc+sd-jwt: {configuration_id: %s, vct: "urn:example:%s"}}
                %s
                """.formatted(id, id, id, more), id + ".yaml");
    }

    @Test
    @DisplayName(
            "anything else is 403 access_denied, and loses nothing; so is any other client, and a wallet without a name")
    void forbidden() {
        for (var wallet : new TestWallet[] {
            issuer.wallet().withClientId("portal"), issuer.wallet().withClientId("stranger"), issuer.wallet()
        }) {
            var token = wallet.redeem(issuer.offer(EMPLOYEE).offer()).token();
            assertRefused(wallet.request(token, EMPLOYEE).send(), 403, "access_denied");
        }
        assertThat(issuer.stores().issued()).isEmpty();
    }
}
