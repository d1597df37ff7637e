package dev.intaglio.drafts;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.offer.CredentialOffer;
import dev.intaglio.protocol.offer.CredentialOfferUri;
import dev.intaglio.protocol.offer.TxCode;
import dev.intaglio.testing.TestIssuer;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("1.0 stays 1.0, whatever drafts are understood beside it")
class StrictTest {
    private static CredentialOffer offer(HouseOfDrafts house, String configuration) {
        var link = house.issuer().offer(configuration).linkByValue();
        return ((CredentialOfferUri.ByValue) CredentialOfferUri.read(link)).offer();
    }

    private static String nonce(HouseOfDrafts house) {
        return house.issuer().wallet().nonce();
    }

    private static JsonObject complete(String proof) {
        return JsonObject.builder()
                .put("credential_configuration_id", TestIssuer.DIPLOMA)
                .put("proofs", FieldClient.several(proof))
                .build();
    }

    private static Response ask(HouseOfDrafts house, JsonObject request) {
        var client = FieldClient.at(house);
        return client.ask("/credential", client.redeem(offer(house, TestIssuer.DIPLOMA), Map.of()), request);
    }

    @Test
    @DisplayName("strict: a complete request is answered as ever, and with nothing more")
    void strict() {
        var house = HouseOfDrafts.of("strict");
        var client = FieldClient.at(house);
        var token = client.redeem(offer(house, TestIssuer.DIPLOMA), Map.of());
        assertThat(token.has("c_nonce")).isFalse();

        var answer = FieldClient.success(client.ask("/credential", token, complete(client.proof(nonce(house)))));

        assertThat(answer.members().keySet()).containsExactlyInAnyOrder("credentials", "notification_id");
        assertThat(client.get("/.well-known/openid-credential-issuer").has("credentials_supported"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"draft-11,draft-12,draft-13,draft-14,draft-15", "draft-14"})
    @DisplayName("with drafts beside it, nobody can push a complete request into a draft by adding members")
    void noDowngrade(String accepted) {
        var house = HouseOfDrafts.of(accepted);
        var client = FieldClient.at(house);
        var request = complete(client.proof(nonce(house)))
                .with("format", "vc+sd-jwt")
                .with("vct", "urn:intaglio:diploma:1")
                .with("types", List.of("VerifiableCredential"))
                .with("proof", FieldClient.one(client.proof("of somebody else")));

        var answer = FieldClient.success(ask(house, request));

        assertThat(answer.members().keySet()).containsExactlyInAnyOrder("credentials", "notification_id");
        assertThat(answer.objects("credentials").getFirst().has("credential")).isTrue();
    }

    @Test
    @DisplayName("strict: a request of a draft is refused, and told what 1.0 would have it be")
    void advice() {
        var house = HouseOfDrafts.of("strict");
        var client = FieldClient.at(house);
        var refused = ask(
                house,
                JsonObject.builder()
                        .put("format", "vc+sd-jwt")
                        .put("vct", "urn:intaglio:diploma:1")
                        .put("proof", FieldClient.one(client.proof(nonce(house))))
                        .build());

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.bodyObject().string("error")).isEqualTo("invalid_credential_request");
        assertThat(refused.bodyObject().string("error_description"))
                .contains(
                        "format, vct, proof",
                        "draft-12 to draft-14",
                        "credential_configuration_id",
                        "proofs",
                        "nonce_endpoint");
    }

    @Test
    @DisplayName("strict: a PIN is refused, and told where the transaction code goes")
    void pin() {
        var house = HouseOfDrafts.of("strict");
        var made = house.issuer().offer(TxCode.numeric(6, "by post"), TestIssuer.DIPLOMA);
        var offer = ((CredentialOfferUri.ByValue) CredentialOfferUri.read(made.linkByValue())).offer();
        var refused = FieldClient.at(house)
                .tryToRedeem(offer, Map.of("user_pin", made.txCode().orElseThrow()));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.bodyObject().string("error_description")).contains("tx_code", "1.0");
    }

    @Test
    @DisplayName("a draft that is not in the list is not understood, at no identifier")
    void notListed() {
        var house = HouseOfDrafts.of("draft-15");
        var client = FieldClient.at(house);
        assertThat(house.dialects().serves("/draft-13/credential")).isFalse();

        var refused = ask(
                house,
                JsonObject.builder()
                        .put("format", "dc+sd-jwt")
                        .put("vct", "urn:intaglio:diploma:1")
                        .put("proof", FieldClient.one(client.proof(nonce(house))))
                        .build());

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.bodyObject().string("error_description")).contains("1.0");
    }

    @Test
    @DisplayName("after its last day a draft is refused everywhere, with the day and what to do")
    void sunset() {
        var house = HouseOfDrafts.until("tolerant", Draft.DRAFT_14, LocalDate.parse("2026-11-02"));
        var client = FieldClient.at(house);
        var metadata = house.handler()
                .handle(Request.get(
                        URI.create(house.identifier(Draft.DRAFT_14) + "/.well-known/openid-credential-issuer")));
        assertThat(metadata.status()).isEqualTo(400);
        assertThat(metadata.bodyObject().string("error_description")).contains("draft-14", "2026-11-02", "1.0");

        var refused = ask(
                house,
                JsonObject.builder()
                        .put("format", "dc+sd-jwt")
                        .put("vct", "urn:intaglio:diploma:1")
                        .put("proofs", FieldClient.several(client.proof(nonce(house))))
                        .build());
        assertThat(refused.bodyObject().string("error_description")).contains("draft-14", "2026-11-02");

        assertThat(ask(house, complete(client.proof(nonce(house)))).status()).isEqualTo(200);
        var lastDay = HouseOfDrafts.until("tolerant", Draft.DRAFT_14, LocalDate.parse("2026-11-03"));
        assertThat(lastDay.handler()
                        .handle(Request.get(URI.create(
                                lastDay.identifier(Draft.DRAFT_14) + "/.well-known/openid-credential-issuer")))
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("a proof for the issuer is none for an identifier of its own, nor the other way")
    void audience() {
        var house = HouseOfDrafts.of("draft-13");
        var client = FieldClient.at(house);
        var token = client.redeem(offer(house, TestIssuer.DIPLOMA), Map.of());
        var request = JsonObject.builder()
                .put("format", "vc+sd-jwt")
                .put("vct", "urn:intaglio:diploma:1")
                .build();
        var wrong = client.ask(
                "/draft-13/credential",
                token,
                request.with("proof", FieldClient.one(client.proof(token.string("c_nonce")))));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.bodyObject().string("error")).isEqualTo("invalid_proof");

        var right = client.proof(
                wrong.bodyObject().string("c_nonce"),
                SigningKey.generate(JWSAlgorithm.ES256),
                jwt -> jwt.audience(house.identifier(Draft.DRAFT_13).toString()));
        assertThat(client.ask("/draft-13/credential", token, request.with("proof", FieldClient.one(right)))
                        .status())
                .isEqualTo(200);
        assertThat(client.ask("/credential", token, complete(right)).status()).isEqualTo(400);
    }
}
