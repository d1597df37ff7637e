package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialDefinitionException;
import dev.intaglio.issuer.CredentialIssuer;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.Wallet;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A credential type says by which key proofs it is given out, and with which key it is signed")
class ProofTypesOfTypeFlowTest {
    private static CredentialDefinition card(String id, String more) {
        return card(id, "", more);
    }

    private static CredentialDefinition card(String id, String parameters, String more) {
        return CredentialDefinition.read("""
                id: %s
                display: [{locale: en, name: Card}]
                claims: [{path: [given_name], mandatory: true}]
                formats: {dc+sd-jwt: {configuration_id: %s, vct: "urn:example:card" %s}}
                %s
                """.formatted(id, id, parameters, more), "card.yaml");
    }

    private static TestIssuer issuer(CredentialDefinition... definitions) {
        var erika = new CredentialDataset(
                JsonObject.builder().put("given_name", "Erika").build());
        return TestIssuer.builder()
                .definitions(List.of(definitions))
                .datasets(entitlement -> new CredentialDatasets.Lookup.Ready(erika))
                .build();
    }

    private static Outcome receive(TestIssuer issuer, String configuration) {
        var wallet = Wallet.builder(issuer.handler(), issuer.anchors())
                .clock(issuer.clock())
                .build();
        return wallet.receive(wallet.resolve(issuer.offer(configuration).linkByValue()), Optional.empty());
    }

    @Test
    @Requirement({"CI-PROOF-1", "CI-PROOF-10"})
    @DisplayName("each type has its own in the metadata, and another is refused")
    void each() {
        var issuer =
                issuer(card("any", ""), card("jwt", "proof_types: [jwt]"), card("presented", "proof_types: [di_vp]"));

        var configurations = issuer.credentialIssuer().metadata().configurations();
        assertThat(configurations.get("any").proofTypes()).containsOnlyKeys("jwt", "di_vp");
        assertThat(configurations.get("jwt").proofTypes()).containsOnlyKeys("jwt");
        assertThat(configurations.get("presented").proofTypes()).containsOnlyKeys("di_vp");

        for (var configuration : List.of("any", "jwt", "presented")) {
            assertThat(receive(issuer, configuration)).as(configuration).isInstanceOf(Outcome.Received.class);
        }
        var wallet = issuer.wallet();
        var token = wallet.redeem(issuer.offer("presented").offer()).token();
        assertRefused(wallet.request(token, "presented").send(), 400, "invalid_proof");
    }

    @ParameterizedTest
    @CsvSource({"cwt, key-proof.types", "attestation, attesters", "telepathy, this issuer takes"})
    @DisplayName("a type the issuer does not take stops the start")
    void unknown(String type, String said) {
        assertThatThrownBy(() -> issuer(card("card", "proof_types: [jwt, " + type + "]")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("card")
                .hasMessageContaining(type)
                .hasMessageContaining(said);
    }

    @Test
    @DisplayName("an empty list, and a list for credentials bound to nothing, are mistakes with a line")
    void mistakes() {
        assertThatThrownBy(() -> card("card", "proof_types: []"))
                .isInstanceOf(CredentialDefinitionException.class)
                .hasMessageStartingWith("card.yaml:5:");
        assertThatThrownBy(() -> card("card", "proof_types: [jwt]\nbinding: false"))
                .isInstanceOf(CredentialDefinitionException.class)
                .hasMessageContaining("proof_types");
    }

    @Test
    @DisplayName("issuer_key: x5c stops the start where the key has no certificate, with the line")
    void withoutCertificate() {
        var keys = KeyRing.of(SigningKey.generate(JWSAlgorithm.ES256));
        var identifier = URI.create("https://issuer.example");

        assertThatThrownBy(() -> CredentialIssuer.builder(
                                identifier, List.of(card("card", ", issuer_key: x5c", "")), keys, new byte[32])
                        .build())
                .isInstanceOf(CredentialDefinitionException.class)
                .hasMessageStartingWith("card.yaml:4:")
                .hasMessageContaining("x5c")
                .hasMessageContaining("certificate");
        // With another way, what is missing next is said.
        assertThatThrownBy(() -> CredentialIssuer.builder(
                                identifier, List.of(card("card", ", issuer_key: jwks", "")), keys, new byte[32])
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("x5c");
    }
}
