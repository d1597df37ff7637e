package dev.intaglio.drafts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.offer.CredentialOffer;
import dev.intaglio.protocol.offer.CredentialOfferUri;
import dev.intaglio.protocol.offer.TxCode;
import dev.intaglio.testing.TestIssuer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// At the issuer's own identifier, where a request can look like one of 1.0 and be one of a draft.
@DisplayName("A token that a wallet asked for in the words of a draft")
class PinnedTest {
    private final HouseOfDrafts house =
            HouseOfDrafts.of("draft-11,draft-12,draft-13,draft-14,draft-15", options -> options.dpopNonces(false));
    private final FieldClient client = FieldClient.at(house);

    private static CredentialOffer offered(String link) {
        return ((CredentialOfferUri.ByValue) CredentialOfferUri.read(link)).offer();
    }

    private CredentialOffer offer(String configuration) {
        return offered(house.issuer().offer(configuration).linkByValue());
    }

    private JsonObject redeem(CredentialOffer offer, Map<String, ?> detail) {
        return client.redeem(offer, Map.of("authorization_details", Json.writeString(List.of(detail))));
    }

    private static String identifier(JsonObject token) {
        return token.objects("authorization_details")
                .getFirst()
                .strings("credential_identifiers")
                .getFirst();
    }

    private Response ask(JsonObject token, String nonce) {
        return client.ask(
                "/credential",
                token,
                JsonObject.builder()
                        .put("credential_identifier", identifier(token))
                        .put("proofs", FieldClient.several(client.proof(nonce)))
                        .build());
    }

    private String nonce() {
        return house.handler()
                .handle(Request.post(URI.create(house.issuer().identifier() + "/nonce")))
                .bodyObject()
                .string("c_nonce");
    }

    @Test
    @DisplayName("has an identifier and proofs, complete by 1.0, answered in draft 14")
    void draft14() {
        var token = redeem(
                offer(TestIssuer.MDL),
                Map.of("type", "openid_credential", "format", "mso_mdoc", "doctype", "org.iso.18013.5.1.mDL"));
        assertThat(token.string("token_type")).isEqualTo("bearer");
        var detail = token.objects("authorization_details").getFirst();
        assertThat(detail.members())
                .containsOnlyKeys("type", "format", "doctype", "credential_identifiers")
                .containsEntry("doctype", "org.iso.18013.5.1.mDL");

        var body = FieldClient.success(ask(token, token.string("c_nonce")));

        assertThat(body.strings("credentials")).hasSize(1); // bare, as the draft has several proofs answered
        assertThat(body.has("c_nonce")).isTrue();
        var again = ask(token, "not-a-nonce");
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.bodyObject().string("error")).isEqualTo("invalid_proof");
        assertThat(again.bodyObject().has("c_nonce")).isTrue();
    }

    @Test
    @DisplayName("stays one of 1.0 if the wallet named the configuration, however many drafts are understood")
    void standard() {
        var token = redeem(
                offer(TestIssuer.MDL),
                Map.of("type", "openid_credential", "credential_configuration_id", TestIssuer.MDL));

        var body = FieldClient.success(ask(token, nonce()));

        assertThat(body.objects("credentials").getFirst().has("credential")).isTrue();
        assertThat(body.has("c_nonce")).isFalse();
        var again = ask(token, "not-a-nonce");
        assertThat(again.bodyObject().string("error")).isEqualTo("invalid_nonce");
        assertThat(again.bodyObject().has("c_nonce")).isFalse();
    }

    /// Anybody can write an offer, and put a mark at its code.
    @ParameterizedTest
    @CsvSource({"draft-11", "draft-12", "draft-13", "draft-14", "draft-15"})
    @DisplayName("is not to be had by an offer that somebody marked: the wallet is answered in 1.0")
    void noDowngrade(String draft) {
        var created = house.issuer().offer(TestIssuer.MDL);
        var code = offered(created.linkByValue())
                .grants()
                .preAuthorizedCode()
                .orElseThrow()
                .code();
        var forged = offered(created.linkByValue().replace(code, draft + "~" + code));
        var token = redeem(forged, Map.of("type", "openid_credential", "credential_configuration_id", TestIssuer.MDL));

        var body = FieldClient.success(ask(token, nonce()));

        assertThat(body.objects("credentials").getFirst().has("credential")).isTrue();
        assertThat(body.has("c_nonce")).isFalse();
    }

    @Test
    @DisplayName("by a PIN is of draft 12 afterwards, though drafts up to 15 ask the same")
    void draft12() {
        var created = house.issuer().offer(TxCode.numeric(6, "by post"), TestIssuer.MDL);
        var token = client.redeem(
                offered(created.linkByValue()),
                Map.of("user_pin", created.txCode().orElseThrow()));
        var body = FieldClient.success(client.ask(
                "/credential",
                token,
                JsonObject.builder()
                        .put("format", "mso_mdoc")
                        .put("doctype", "org.iso.18013.5.1.mDL")
                        .put("proof", FieldClient.one(client.proof(token.string("c_nonce"))))
                        .build()));

        assertThat(body.members()).containsKeys("format", "credential", "c_nonce", "c_nonce_expires_in");
    }

    @Test
    @DisplayName("asks in 1.0 what the draft has no word for, and is answered in 1.0")
    void beyondTheDraft() {
        var created = house.issuer().offer(TxCode.numeric(6, "by post"), TestIssuer.MDL);
        var token = client.redeem(
                offered(created.linkByValue()),
                Map.of("user_pin", created.txCode().orElseThrow()));
        var body = FieldClient.success(client.ask(
                "/credential",
                token,
                JsonObject.builder()
                        .put("credential_configuration_id", TestIssuer.MDL)
                        .put("proofs", FieldClient.several(client.proof(nonce())))
                        .build()));

        assertThat(body.objects("credentials").getFirst().has("credential")).isTrue();
    }
}
