package dev.intaglio.credential.dataintegrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.FormatContents;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.Verification.Rejected;
import dev.intaglio.credential.Verification.Verified;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.proof.DidKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("ecdsa-sd-2023 (Data Integrity ECDSA §3.6)")
class EcdsaSd2023Test {
    private static final JsonObject VECTORS = Json.readObject(resource("ecdsa-sd-2023.json"), JsonLimits.DOCUMENT);
    private static final Contexts CONTEXTS =
            Contexts.shipped().with("https://w3id.org/citizenship/v4rc1", resource("citizenship.jsonld"));
    private static final Rdfc RDFC = Rdfc.strict(CONTEXTS);

    private final DataIntegrity dataIntegrity = new DataIntegrity(CONTEXTS);

    private static byte[] resource(String name) {
        try (var stream = Objects.requireNonNull(EcdsaSd2023Test.class.getResourceAsStream("/dataintegrity/" + name))) {
            return stream.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Nested
    @DisplayName("Test vectors of the W3C")
    class TestVectors {
        private final byte[] hmacKey = HexFormat.of()
                .parseHex(VECTORS.object("keys").string("hmacKeyString").toLowerCase());

        private static JsonObject vector(String name) {
            return VECTORS.object("cases").object(name);
        }

        @ParameterizedTest
        @ValueSource(strings = {"prc", "employ"})
        @DisplayName("have these statements under these labels, and of them these are always shown")
        void statements(String name) {
            var vector = vector(name);
            var quads = SelectiveQuads.of(RDFC, vector.object("base").without("proof"), SelectiveProofs.hmac(hmacKey));

            assertThat(quads.quads()).isEqualTo(vector.strings("quads"));
            var always = quads.made(vector.strings("mandatoryPointers"));
            assertThat(List.copyOf(always)).isEqualTo(numbers(vector, "mandatoryIndexes"));
            assertThat(HexFormat.of().formatHex(SelectiveProofs.mandatoryHash(quads.quads(), always)))
                    .isEqualTo(vector.string("mandatoryHash"));
            var all = new ArrayList<>(vector.strings("mandatoryPointers"));
            all.addAll(vector.strings("selectivePointers"));
            assertThat(List.copyOf(quads.made(all))).isEqualTo(numbers(vector, "combinedIndexes"));
            assertThat(quads.labelsWithin(all))
                    .isEqualTo(vector.object("labelMap").members());
        }

        @ParameterizedTest
        @ValueSource(strings = {"prc", "employ"})
        @DisplayName("verify as base proof and as derived proof, and not for another document")
        void verify(String name) {
            for (var signed : List.of(vector(name).object("base"), vector(name).object("revealDocument"))) {
                var document = signed.without("proof");
                var proof = signed.object("proof");
                var key = DidKeys.resolve(proof.string("verificationMethod"));

                assertThat(dataIntegrity.verifies(document, proof, key)).isTrue();
                assertThat(dataIntegrity.verifies(document, proof.with("created", "2023-08-15T23:36:39Z"), key))
                        .isFalse();
                assertThat(dataIntegrity.verifies(document.with("validFrom", "2001-01-01T00:00:00Z"), proof, key))
                        .isFalse();
                assertThat(dataIntegrity.verifies(
                                document,
                                proof,
                                SigningKey.generate(JWSAlgorithm.ES256).publicJwk()))
                        .isFalse();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"prc", "employ"})
        @DisplayName("derive byte for byte")
        void derive(String name) {
            var vector = vector(name);
            var base = vector.object("base");

            assertThat(SelectiveProofValue.read(base.object("proof").string("proofValue"))
                            .text())
                    .isEqualTo(base.object("proof").string("proofValue"));
            var derived = dataIntegrity.derive(base, vector.strings("selectivePointers"));
            assertThat(derived.without("proof")).isEqualTo(vector.object("reveal"));
            assertThat(derived.object("proof"))
                    .isEqualTo(vector.object("revealDocument").object("proof"));
        }

        private static List<Integer> numbers(JsonObject vector, String name) {
            return vector.optionalArray(name).orElseThrow().stream()
                    .map(number -> ((Number) Objects.requireNonNull(number)).intValue())
                    .toList();
        }
    }

    @Nested
    @DisplayName("Credentials of ldp_vc")
    class Credentials {
        private static final Instant NOW = Instant.parse("2026-11-17T13:45:12Z");
        private static final CredentialDefinition CARD = CredentialDefinition.read("""
                id: card
                display: [{locale: en, name: Card}]
                claims:
                  - {path: [family_name], mandatory: true}
                  - {path: [institution], sd: never}
                  - {path: [institution, name], sd: never}
                  - {path: [courses], sd: never}
                  - {path: [courses, null], sd: never}
                  - {path: [courses, null, title], sd: never}
                  - {path: [courses, null, grade], sd: always}
                  - {path: [nicknames]}
                formats:
                  ldp_vc:
                    cryptosuite: ecdsa-sd-2023
                    credential_definition:
                      "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2"]
                      type: [VerifiableCredential, Card]
                """, "card.yaml");

        private final SigningKey key = SigningKey.generate(JWSAlgorithm.ES256);
        private final LdpVcFormat format = new LdpVcFormat(new SecureRandom(), Contexts.shipped());
        private final LdpVcVerifier verifier = new LdpVcVerifier(Contexts.shipped());
        private final DataIntegrity holder = new DataIntegrity(Contexts.shipped());

        private JsonObject issue(Map<String, Object> claims) {
            var configuration = CARD.configurations().getFirst();
            format.check(CARD, configuration);
            return format.issue(new Issuance(
                    CARD,
                    configuration,
                    new CredentialDataset(JsonObject.of(claims)),
                    Optional.of(new HolderKey(
                            SigningKey.generate(JWSAlgorithm.ES256).publicJwk())),
                    Optional.empty(),
                    key,
                    URI.create("https://issuer.example"),
                    NOW));
        }

        private JsonObject card() {
            return issue(Map.of(
                    "family_name",
                    "Möbius",
                    "institution",
                    Map.of("name", "Leipzig"),
                    "courses",
                    List.of(Map.of("title", "Statics", "grade", "1.0"), Map.of("title", "Optics", "grade", "1.7")),
                    "nicknames",
                    List.of("Mo", "Bius")));
        }

        private Verification verify(JsonObject credential) {
            return verifier.verify(credential, TrustAnchors.none().with(List.of(key.publicJwk())), NOW);
        }

        @Test
        @DisplayName("verify as they are issued, say so in the metadata, and have claims to keep back")
        void issued() {
            var verified = (Verified) verify(card());
            assertThat(verified.claims().object("proof").string("cryptosuite")).isEqualTo("ecdsa-sd-2023");
            assertThat(verified.holderKey()).isPresent();
            assertThat(format.configuration(
                                    CARD, CARD.configurations().getFirst(), List.of("ES256"), JWSAlgorithm.ES256)
                            .signingAlgorithms())
                    .containsExactly("ecdsa-sd-2023");
            assertThat(format.contents(CARD, CARD.configurations().getFirst()).claims())
                    .filteredOn(FormatContents.Carried::selective)
                    .extracting(carried -> carried.claim().toString())
                    .contains("family_name", "nicknames");
        }

        @Test
        @DisplayName("show what never is kept back and what the holder chooses, and not a word more")
        void shown() {
            var derived = holder.derive(card(), List.of("/credentialSubject/courses/1/grade"));

            var verified = (Verified) verify(derived);
            assertThat(verified.type()).isEqualTo("Card");
            assertThat(verified.holderKey()).isPresent();
            assertThat(verified.expires()).isPresent();
            assertThat(verified.claims().text()).doesNotContain("Möbius", "1.0", "Mo", "Bius");
            var courses = verified.claims().object("credentialSubject").objects("courses");
            assertThat(courses).extracting(course -> course.string("title")).containsExactly("Statics", "Optics");
            assertThat(courses.get(0).has("grade")).isFalse();
            assertThat(courses.get(1).string("grade")).isEqualTo("1.7");
            assertThat(verified.claims()
                            .object("credentialSubject")
                            .object("institution")
                            .string("name"))
                    .isEqualTo("Leipzig");
            assertThat(((Verified) verify(holder.derive(card(), List.of())))
                            .claims()
                            .object("credentialSubject")
                            .has("family_name"))
                    .isFalse();
        }

        @Test
        @DisplayName("may have arrays of one, and claims with nothing in them")
        void odd() {
            var one = issue(Map.of(
                    "family_name", "M", "courses", List.of(Map.of("title", "Statics")), "nicknames", List.of("Mo")));
            assertThat(verify(one)).isInstanceOf(Verified.class);
            var derived = holder.derive(one, List.of("/credentialSubject/nicknames/0"));
            assertThat(((Verified) verify(derived))
                            .claims()
                            .object("credentialSubject")
                            .strings("nicknames"))
                    .containsExactly("Mo");
        }

        @Test
        @DisplayName("are refused with more, less or something else than was shown, and with parts of two")
        void refused() {
            var derived = holder.derive(card(), List.of("/credentialSubject/family_name"));
            var subject = derived.object("credentialSubject");
            var other = holder.derive(card(), List.of("/credentialSubject/family_name"));
            for (var changed : List.of(
                    derived.with("credentialSubject", subject.with("family_name", "Moebius")),
                    derived.with("credentialSubject", subject.without("family_name")),
                    derived.with("credentialSubject", subject.without("institution")),
                    derived.with("credentialSubject", subject.with("nicknames", List.of("Mo"))),
                    derived.without("validUntil"),
                    derived.with("proof", other.object("proof")),
                    derived.with("proof", card().object("proof")),
                    derived.with("proof", derived.object("proof").with("cryptosuite", "ecdsa-rdfc-2019")))) {
                assertThat(verify(changed)).isInstanceOf(Rejected.class);
            }
        }

        @Test
        @DisplayName("are not derived from what is derived, from another suite, or for what is not there")
        void notDerived() {
            var card = card();
            var derived = holder.derive(card, List.of());
            assertThatThrownBy(() -> holder.derive(derived, List.of())).isInstanceOf(IllegalArgumentException.class);
            for (var pointer : List.of("/credentialSubject/crown", "family_name", "", "/credentialSubject/courses/2")) {
                assertThatThrownBy(() -> holder.derive(card, List.of(pointer)))
                        .as(pointer)
                        .isInstanceOf(IllegalArgumentException.class);
            }
            var whole = holder.sign(
                    card.without("proof"),
                    card.object("proof").without("proofValue").without("cryptosuite"),
                    Cryptosuite.ECDSA_RDFC_2019,
                    key);
            assertThatThrownBy(() -> holder.derive(whole, List.of())).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> holder.sign(card, JsonObject.empty(), Cryptosuite.ECDSA_SD_2023, key))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @ParameterizedTest
        @CsvSource({"u2V0A", "u2V0AgA", "uAA", "zAA", "u", "u2V0BhUD_AICA"})
        @DisplayName("with a proof value that is none are refused with a reason")
        void proofValue(String value) {
            var card = card();
            assertThat(verify(card.with("proof", card.object("proof").with("proofValue", value))))
                    .isInstanceOf(Rejected.class);
        }
    }

    @Test
    @DisplayName("pointers are those of RFC 6901")
    void pointers() {
        assertThat(JsonSelection.path("/a~1b/~0/0")).containsExactly("a/b", "~", "0");
        assertThat(JsonSelection.pointer("/x", "a/~b")).isEqualTo("/x/a~1~0b");
        assertThat(JsonSelection.path(JsonSelection.pointer("", "~1"))).containsExactly("~1");
        assertThat(JsonSelection.path("/")).containsExactly("");
        assertThat(Collections.emptyList()).isEqualTo(JsonSelection.path(""));
    }
}
