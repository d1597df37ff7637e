package dev.intaglio.testing.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.credential.IdentifierReference;
import dev.intaglio.credential.Verification.Verified;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup;
import dev.intaglio.issuer.status.CredentialStatuses.Order;
import dev.intaglio.issuer.store.StatusSelector;
import dev.intaglio.issuer.store.StatusVerb;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.statuslist.IdentifierListToken;
import dev.intaglio.statuslist.Standing;
import dev.intaglio.statuslist.StatusReader;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.Wallet;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The status of an mdoc in an identifier list")
class IdentifierListFlowTest {
    private static TestIssuer issuer(String mechanisms) {
        var definition = """
                id: badge
                display: [{locale: en, name: Badge}]
                claims: [{path: [given_name]}]
                formats:
                  mso_mdoc: {doctype: org.example.badge, namespace: org.example.badge}
                status: {mechanisms: [%s]}
                """.formatted(mechanisms);
        return TestIssuer.builder()
                .definitions(List.of(CredentialDefinition.read(definition, "badge.yaml")))
                .datasets(entitlement -> Lookup.ready(new CredentialDataset(
                        JsonObject.builder().put("given_name", "Erika").build())))
                .build();
    }

    private static Verified receive(TestIssuer issuer) {
        var wallet = Wallet.builder(issuer.handler(), issuer.anchors())
                .clock(issuer.clock())
                .build();
        var outcome =
                wallet.receive(wallet.resolve(issuer.offer("badge_mso_mdoc").linkByValue()), Optional.empty());
        assertThat(outcome).isInstanceOf(Outcome.Received.class);
        return ((Outcome.Received) outcome).credentials().getFirst().verified();
    }

    private static StatusReader reader(TestIssuer issuer) {
        return new StatusReader(issuer.handler(), issuer.anchors(), CredentialVerifiers.onClassPath(), issuer.clock());
    }

    private static void change(TestIssuer issuer, StatusVerb verb, Verified credential) {
        var place = StatusSelector.read(JsonObject.builder()
                .put("list", reference(credential).uri().toString())
                .put("index", Long.parseLong(reference(credential).id(), 16))
                .build());
        issuer.credentialIssuer().statuses().change(Order.of(verb, place, "a reason", "a test"));
    }

    private static IdentifierReference reference(Verified credential) {
        return credential.status().orElseThrow().identifierList().orElseThrow();
    }

    private static Response list(TestIssuer issuer, Verified credential) {
        return issuer.handler().handle(Request.get(reference(credential).uri()));
    }

    @Test
    @DisplayName("is followed: the list holds what is revoked or suspended and nothing else")
    void followed() {
        var issuer = issuer("identifier-list");
        var kept = receive(issuer);
        var credential = receive(issuer);
        assertThat(credential.status().orElseThrow().statusList()).isEmpty();
        assertThat(reader(issuer).read(credential)).isEqualTo(new Standing.Valid());

        change(issuer, StatusVerb.SUSPEND, credential);
        assertThat(reader(issuer).read(credential)).isEqualTo(new Standing.Revoked());
        change(issuer, StatusVerb.REINSTATE, credential);
        assertThat(reader(issuer).read(credential)).isEqualTo(new Standing.Valid());
        change(issuer, StatusVerb.REVOKE, credential);
        assertThat(reader(issuer).read(credential)).isEqualTo(new Standing.Revoked());
        assertThat(reader(issuer).read(kept)).isEqualTo(new Standing.Valid());

        var answer = list(issuer, credential);
        assertThat(answer.mediaType()).isEqualTo("application/identifierlist+cwt");
        assertThat(answer.header("ETag")).isPresent();
        assertThat(IdentifierListToken.verify(
                                answer.body(),
                                reference(credential).uri(),
                                issuer.anchors(),
                                issuer.clock().instant())
                        .identifiers())
                .hasSize(1);
    }

    @Test
    @DisplayName("can stand beside one in a status list, and both say the same")
    void both() {
        var issuer = issuer("identifier-list, token-status-list");
        var credential = receive(issuer);
        assertThat(credential.status().orElseThrow().statusList()).isPresent();
        assertThat(reader(issuer).read(credential)).isEqualTo(new Standing.Valid());
        change(issuer, StatusVerb.REVOKE, credential);
        assertThat(reader(issuer).read(credential)).isEqualTo(new Standing.Revoked());
    }

    @Test
    @DisplayName("is not to be had from an issuer that uses none")
    void none() {
        var issuer = issuer("token-status-list");
        var list = receive(issuer).status().orElseThrow().uri().toString();
        var answer =
                issuer.handler().handle(Request.get(URI.create(list.replace("/statuslists/", "/identifierlists/"))));
        assertThat(answer.status()).isEqualTo(404);
    }
}
