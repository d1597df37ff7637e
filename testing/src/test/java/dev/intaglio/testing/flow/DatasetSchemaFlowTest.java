package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.testing.TestIssuer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Datasets that have to keep a JSON Schema")
class DatasetSchemaFlowTest {
    private final AtomicReference<String> born = new AtomicReference<>("yesterday");
    private final TestIssuer issuer = TestIssuer.builder()
            .dpopNonces(false)
            .definitions(List.of(CredentialDefinition.read("""
                    id: card
                    display: [{locale: en, name: Card}]
                    claims: [{path: [born]}]
                    formats: {dc+sd-jwt: {configuration_id: card, vct: "urn:example:card"}}
                    schema: {properties: {born: {type: string, format: date}}}
                    """, "card.yaml")))
            .datasets(entitlement -> Lookup.ready(new CredentialDataset(
                    JsonObject.builder().put("born", born.get()).build())))
            .build();

    @Test
    @DisplayName(
            "nothing is signed of one that does not; nonce, proof and token are as good as before once the data are put right")
    void denied() {
        var wallet = issuer.wallet();
        var token = wallet.redeem(issuer.offer("card").offer()).token();
        var request = wallet.request(token, "card").proofs(List.of(wallet.keyProof()));
        var refused = request.send();
        assertRefused(refused, 400, "credential_request_denied");
        assertThat(refused.bodyText()).doesNotContain("yesterday", "born", "schema");
        assertThat(issuer.stores().issued()).isEmpty();
        born.set("1998-04-01");
        assertThat(request.credentials()).hasSize(1);
        assertThat(issuer.stores().issued()).hasSize(1);
    }
}
