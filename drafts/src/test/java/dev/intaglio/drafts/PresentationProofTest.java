package dev.intaglio.drafts;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.KeyProofTypes;
import dev.intaglio.issuer.proof.ProofPolicy;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.proof.KeyProofOrder;
import dev.intaglio.testing.TestIssuer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `ldp_vp`, as `di_vp` is called in drafts 13 to 15.
@DisplayName("A key proof that is a presentation")
class PresentationProofTest {
    private static final KeyProofTypes TYPES = KeyProofTypes.onClassPath();

    private final HouseOfDrafts house = HouseOfDrafts.of(
            "draft-13,draft-14,draft-15",
            options -> options.dpopNonces(false)
                    .credentialIssuerOptions(
                            issuer -> issuer.proofs(ProofPolicy.DEFAULT.withTypes(TYPES.named(List.of("ldp_vp"))))));
    private final FieldClient client = FieldClient.at(house);

    private Object presentation(URI audience, String nonce) {
        var configuration =
                house.issuer().credentialIssuer().metadata().configurations().get(TestIssuer.PID);
        return TYPES.find("ldp_vp")
                .orElseThrow()
                .make(
                        SigningKey.generate(JWSAlgorithm.ES256),
                        new KeyProofOrder(
                                audience,
                                TestIssuer.NOW,
                                Optional.of(nonce),
                                Optional.empty(),
                                configuration.proofTypes().get("ldp_vp").signingAlgorithms(),
                                configuration.bindingMethods()));
    }

    private Response ask(Draft draft, JsonObject token, Object presentation) {
        var body = JsonObject.builder()
                .put("proof", Map.of("proof_type", "ldp_vp", "ldp_vp", presentation))
                .build();
        return client.send(
                Request.post(
                                URI.create(house.identifier(draft) + "/credential"),
                                draft == Draft.DRAFT_15
                                        ? body.with("credential_configuration_id", TestIssuer.PID)
                                        : body.with("format", "vc+sd-jwt").with("vct", "urn:eudi:pid:1"))
                        .with("Authorization", "Bearer " + token.string("access_token")),
                Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(names = {"DRAFT_13", "DRAFT_14", "DRAFT_15"})
    @DisplayName("is taken at a draft's identifier, made out to it, and refused when made out to another")
    void taken(Draft draft) {
        var token = client.redeem(house.issuer().offer(TestIssuer.PID).offer(), Map.of());
        var nonce = token.string("c_nonce");

        var other = ask(draft, token, presentation(house.issuer().identifier(), nonce));
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.bodyObject().string("error")).isEqualTo("invalid_proof");

        var body = FieldClient.success(ask(draft, token, presentation(house.identifier(draft), nonce)));
        assertThat(body.has("credential")).isEqualTo(draft != Draft.DRAFT_15);
        assertThat(body.has("credentials")).isEqualTo(draft == Draft.DRAFT_15);
    }
}
