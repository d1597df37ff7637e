package dev.intaglio.drafts;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.issuer.proof.ProofPolicy;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.testing.TestAttester;
import dev.intaglio.testing.TestIssuer;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Draft 15 has key attestations typed `keyattestation+jwt`; 1.0 has a dash more.
@DisplayName("A key attestation")
class KeyAttestationTest {
    private final TestAttester attester = TestAttester.create(Clock.fixed(TestIssuer.NOW, ZoneOffset.UTC));
    private final HouseOfDrafts house = HouseOfDrafts.of(
            "draft-15",
            options -> options.dpopNonces(false)
                    .credentialIssuerOptions(
                            issuer -> issuer.proofs(ProofPolicy.DEFAULT.withKeyAttestations(attester.trusted()))));
    private final FieldClient client = FieldClient.at(house);

    private Response ask(URI identifier, String type) {
        var token = client.redeem(house.issuer().offer(TestIssuer.PID).offer(), Map.of());
        var nonce = house.handler()
                .handle(Request.post(URI.create(identifier + "/nonce")))
                .bodyObject()
                .string("c_nonce");
        var attestation = attester.attest(List.of(SigningKey.generate(JWSAlgorithm.ES256)), nonce)
                .type(type)
                .compact();
        var body = JsonObject.builder()
                .put("credential_configuration_id", TestIssuer.PID)
                .put("proofs", Map.of("attestation", List.of(attestation)))
                .build();
        return client.send(
                Request.post(URI.create(identifier + "/credential"), body)
                        .with("Authorization", "Bearer " + token.string("access_token")),
                Optional.empty());
    }

    @Test
    @DisplayName("is of the draft's type at the draft's identifier, and of the standard's at the issuer's own")
    void typed() {
        var draft = house.identifier(Draft.DRAFT_15);
        assertThat(ask(draft, "keyattestation+jwt").status()).isEqualTo(200);
        assertThat(ask(draft, "key-attestation+jwt").status()).isEqualTo(400);
        var own = house.issuer().identifier();
        assertThat(ask(own, "key-attestation+jwt").status()).isEqualTo(200);
        assertThat(ask(own, "keyattestation+jwt").status()).isEqualTo(400);
    }
}
