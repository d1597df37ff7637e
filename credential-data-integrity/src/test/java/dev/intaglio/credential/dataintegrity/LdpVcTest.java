package dev.intaglio.credential.dataintegrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.Verification.Reason;
import dev.intaglio.credential.Verification.Rejected;
import dev.intaglio.credential.Verification.Verified;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.proof.DidKeys;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Credentials of ldp_vc")
class LdpVcTest {
    private static final Instant NOW = Instant.parse("2026-11-17T13:45:12Z");
    private static final JsonObject CLAIMS = JsonObject.of(Map.of(
            "given_name",
            "Amélie",
            "degree",
            Map.of("title", "Physics", "level", 7L),
            "nicknames",
            List.of("Am", "Mi")));

    private final HolderKey holder =
            new HolderKey(SigningKey.generate(JWSAlgorithm.ES256).publicJwk());
    private final LdpVcFormat format = new LdpVcFormat(new SecureRandom(), Contexts.shipped());

    private static CredentialDefinition definition(String context, String more) {
        return CredentialDefinition.read("""
                id: degree
                display: [{locale: en, name: Degree}]
                validity: P1Y
                claims:
                  - {path: [given_name], mandatory: true}
                  - {path: [degree], mandatory: true}
                  - {path: [nicknames]}
                formats:
                  ldp_vc:
                    credential_definition:
                      "@context": %s
                      type: [VerifiableCredential, Degree]
                    %s
                """.formatted(context, more), "degree.yaml");
    }

    private static CredentialDefinition degree() {
        return definition(
                "[\"https://www.w3.org/ns/credentials/v2\", \"https://www.w3.org/ns/credentials/undefined-terms/v2\"]",
                "");
    }

    private JsonObject issue(CredentialDefinition definition, SigningKey key) {
        return format.issue(new Issuance(
                definition,
                definition.configurations().getFirst(),
                new CredentialDataset(CLAIMS),
                Optional.of(holder),
                Optional.empty(),
                key,
                URI.create("https://issuer.example.com"),
                NOW));
    }

    private final LdpVcVerifier verifier = new LdpVcVerifier(Contexts.shipped());

    private static TrustAnchors believing(SigningKey key) {
        return TrustAnchors.none().with(List.of(key.publicJwk()));
    }

    private static Reason reason(Verification outcome) {
        assertThat(outcome).isInstanceOf(Rejected.class);
        return ((Rejected) outcome).reason();
    }

    @ParameterizedTest
    @CsvSource({"ES256, ecdsa-rdfc-2019", "ES384, ecdsa-rdfc-2019", "EdDSA, eddsa-rdfc-2022"})
    void are_secured_by_the_suite_of_the_key_and_say_what_the_dataset_says(String algorithm, String suite) {
        var key = SigningKey.generate(JWSAlgorithm.parse(algorithm));
        var credential = issue(degree(), key);
        var outcome = verifier.verify(credential, believing(key), NOW);

        assertThat(credential.object("proof").string("cryptosuite")).isEqualTo(suite);
        assertThat(credential.string("issuer")).isEqualTo(DidKeys.didKey(key.publicJwk()));
        assertThat(outcome).as("%s", outcome).isInstanceOfSatisfying(Verified.class, verified -> {
            assertThat(verified.type()).isEqualTo("Degree");
            assertThat(verified.claims().object("credentialSubject").without("id"))
                    .isEqualTo(CLAIMS);
            assertThat(verified.holderKey().orElseThrow().getRequiredParams())
                    .isEqualTo(holder.jwk().getRequiredParams());
            assertThat(verified.expires()).contains(Instant.parse("2027-11-18T00:00:00Z"));
        });
    }

    @Test
    void leave_out_what_says_nothing_and_could_not_be_signed() {
        var key = SigningKey.generate(JWSAlgorithm.ES256);
        var definition = degree();
        var credential = format.issue(new Issuance(
                definition,
                definition.configurations().getFirst(),
                new CredentialDataset(CLAIMS.with("nicknames", List.of())
                        .with("degree", Map.of("title", "Physics", "honours", List.of(), "parts", List.of(Map.of())))),
                Optional.of(holder),
                Optional.empty(),
                key,
                URI.create("https://issuer.example.com"),
                NOW));

        assertThat(verifier.verify(credential, believing(key), NOW)).isInstanceOf(Verified.class);
        var subject = credential.object("credentialSubject");
        assertThat(subject.has("nicknames")).isFalse();
        assertThat(subject.object("degree").members()).containsOnlyKeys("title", "parts");
    }

    @Test
    void are_of_data_model_1_1_where_the_definition_says_so() {
        var key = SigningKey.generate(JWSAlgorithm.ES256);
        var definition = definition(
                "[\"https://www.w3.org/2018/credentials/v1\", {\"@vocab\": \"https://x.example/terms#\"}]", "");
        var credential = issue(definition, key);

        assertThat(credential.has("issuanceDate")).isTrue();
        assertThat(verifier.verify(credential, believing(key), NOW)).isInstanceOf(Verified.class);
    }

    @Test
    void are_secured_by_the_suite_the_definition_names() {
        var key = SigningKey.generate(JWSAlgorithm.ES256);
        var named = definition("[\"https://www.w3.org/ns/credentials/v2\"]", "cryptosuite: ecdsa-jcs-2019");
        var credential = issue(named, key);

        assertThat(credential.object("proof").string("cryptosuite")).isEqualTo("ecdsa-jcs-2019");
        assertThat(verifier.verify(credential, believing(key), NOW)).isInstanceOf(Verified.class);
        var ofOtherKeys = definition("[\"https://www.w3.org/ns/credentials/v2\"]", "cryptosuite: eddsa-rdfc-2022");
        assertThatThrownBy(() -> format.configuration(
                        ofOtherKeys, ofOtherKeys.configurations().getFirst(), List.of("ES256"), JWSAlgorithm.ES256))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("eddsa-rdfc-2022");
    }

    @Test
    void announce_their_suite() {
        var definition = degree();
        var metadata = format.configuration(
                definition, definition.configurations().getFirst(), List.of("ES256"), JWSAlgorithm.ES256);

        assertThat(metadata.signingAlgorithms()).containsExactly("ecdsa-rdfc-2019");
        assertThat(metadata.formatParameters().object("credential_definition").strings("@context"))
                .hasSize(2);
    }

    @Test
    void are_refused_with_a_reason_wherever_a_bit_is_flipped() {
        var key = SigningKey.generate(JWSAlgorithm.ES256);
        var text = issue(degree(), key).text();
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var anchors = believing(key);
        var flips = new Random(4711);
        for (var i = 0; i < 1_000; i++) {
            var flipped = bytes.clone();
            var at = flips.nextInt(flipped.length);
            flipped[at] ^= (byte) (1 << flips.nextInt(8));
            JsonObject read;
            try {
                read = Json.readObject(flipped, JsonLimits.DOCUMENT);
            } catch (IllegalArgumentException noJson) {
                continue;
            }
            var outcome = verifier.verify(read, anchors, NOW);
            assertThat(outcome)
                    .as("byte %d: %s", at, new String(flipped, StandardCharsets.UTF_8))
                    .isInstanceOf(Rejected.class);
        }
    }

    @Test
    void are_refused_from_anybody_else_and_at_any_other_time() {
        var key = SigningKey.generate(JWSAlgorithm.ES256);
        var credential = issue(degree(), key);
        var anchors = believing(key);

        assertThat(reason(verifier.verify(credential, believing(SigningKey.generate(JWSAlgorithm.ES256)), NOW)))
                .isEqualTo(Reason.UNTRUSTED_ISSUER);
        assertThat(reason(verifier.verify(credential, anchors, NOW.minus(Duration.ofDays(2)))))
                .isEqualTo(Reason.NOT_YET_VALID);
        assertThat(reason(verifier.verify(credential, anchors, NOW.plus(Duration.ofDays(367)))))
                .isEqualTo(Reason.EXPIRED);
    }

    @Test
    void are_refused_if_the_key_is_not_the_issuers_or_the_proof_not_an_assertion() {
        var key = SigningKey.generate(JWSAlgorithm.ES256);
        var credential = issue(degree(), key);
        var document = credential.without("proof");
        var dataIntegrity = new DataIntegrity(Contexts.shipped());
        var options = JsonObject.builder()
                .put("verificationMethod", credential.object("proof").string("verificationMethod"))
                .put("proofPurpose", "authentication")
                .build();
        var suite = Cryptosuite.ECDSA_RDFC_2019;

        assertThat(reason(verifier.verify(dataIntegrity.sign(document, options, suite, key), believing(key), NOW)))
                .isEqualTo(Reason.SIGNATURE);
        var another = document.with("issuer", "https://issuer.example.com");
        assertThat(reason(verifier.verify(
                        dataIntegrity.sign(another, options.with("proofPurpose", "assertionMethod"), suite, key),
                        believing(key),
                        NOW)))
                .isEqualTo(Reason.UNTRUSTED_ISSUER);
        assertThat(reason(verifier.verify(document, believing(key), NOW))).isEqualTo(Reason.MALFORMED);
    }
}
