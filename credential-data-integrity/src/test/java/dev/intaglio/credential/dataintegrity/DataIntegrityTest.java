package dev.intaglio.credential.dataintegrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.proof.Base58;
import dev.intaglio.protocol.proof.DidKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Data Integrity proofs")
class DataIntegrityTest {
    /// The context of the examples in the W3C's specifications.
    private static final Contexts CONTEXTS = Contexts.shipped()
            .with(
                    "https://www.w3.org/ns/credentials/examples/v2",
                    "{\"@context\": {\"@vocab\": \"https://www.w3.org/ns/credentials/examples#\"}}"
                            .getBytes(StandardCharsets.UTF_8))
            .with("https://w3id.org/citizenship/v4rc1", citizenship());

    private static final JsonObject VECTORS = vectors("w3c");
    private static final JsonObject VECTORS_P384 = vectors("w3c-p384");
    private static final JsonObject EMPLOYMENT = vectors("w3c-employment");

    private final DataIntegrity dataIntegrity = new DataIntegrity(CONTEXTS);

    private static JsonObject vectors(String name) {
        try (var stream = Objects.requireNonNull(
                DataIntegrityTest.class.getResourceAsStream("/dataintegrity/" + name + ".json"))) {
            return Json.readObject(stream.readAllBytes(), JsonLimits.DOCUMENT);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// What the vectors about an employment authorization use of that context.
    private static byte[] citizenship() {
        try (var stream = Objects.requireNonNull(
                DataIntegrityTest.class.getResourceAsStream("/dataintegrity/citizenship.jsonld"))) {
            return stream.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @ParameterizedTest
    @CsvSource({"p256, ECDSA_RDFC_2019, SHA-256", "p384, ECDSA_RDFC_2019, SHA-384", "ed25519, EDDSA_RDFC_2022, SHA-256"
    })
    void canonicalizes_and_verifies_the_larger_test_vector_of_its_suite(String key, Cryptosuite suite, String hash)
            throws Exception {
        assertVerifies(EMPLOYMENT.object(key), suite, hash);
    }

    /// Ed25519 signatures are the same each time; those of ECDSA here are not.
    @ParameterizedTest
    @EnumSource(names = {"EDDSA_RDFC_2022", "EDDSA_JCS_2022"})
    void makes_the_test_vector_of_its_suite_byte_for_byte(Cryptosuite suite) {
        var expected = VECTORS.object("suites").object(suite.identifier()).object("signed");
        var proof = expected.object("proof");
        var options = proof.without("type")
                .without("cryptosuite")
                .without("proofValue")
                .without("@context");

        assertThat(dataIntegrity
                        .sign(expected.without("proof"), options, suite, vectorKey())
                        .object("proof")
                        .members())
                .isEqualTo(proof.members());
    }

    @Test
    void makes_the_larger_test_vector_byte_for_byte() {
        var expected = EMPLOYMENT
                .object("ed25519")
                .object("suites")
                .object("eddsa-rdfc-2022")
                .object("signed");
        var options =
                expected.object("proof").without("type").without("cryptosuite").without("proofValue");

        assertThat(dataIntegrity
                        .sign(expected.without("proof"), options, Cryptosuite.EDDSA_RDFC_2022, vectorKey())
                        .object("proof")
                        .string("proofValue"))
                .isEqualTo(expected.object("proof").string("proofValue"));
    }

    /// The Ed25519 key of the vectors: two bytes say what it is (Multikey), 32 are the seed.
    private static SigningKey vectorKey() {
        var secret = Base58.decode(
                VECTORS.object("keys")
                        .object("ed25519")
                        .string("privateKeyMultibase")
                        .substring(1),
                64);
        var publicKey = (OctetKeyPair) DidKeys.resolve(
                "did:key:" + VECTORS.object("keys").object("ed25519").string("publicKeyMultibase"));
        return SigningKey.of(new OctetKeyPair.Builder(publicKey.getCurve(), publicKey.getX())
                .d(Base64URL.encode(Arrays.copyOfRange(secret, 2, 34)))
                .build());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ECDSA_SD_2023")
    void canonicalizes_and_verifies_the_test_vector_of_its_suite(Cryptosuite suite) throws Exception {
        assertVerifies(VECTORS, suite, "SHA-256");
    }

    @ParameterizedTest
    @EnumSource(names = {"ECDSA_RDFC_2019", "ECDSA_JCS_2019"})
    void canonicalizes_and_verifies_the_test_vector_for_P_384(Cryptosuite suite) throws Exception {
        assertVerifies(VECTORS_P384, suite, "SHA-384");
    }

    private void assertVerifies(JsonObject vectors, Cryptosuite suite, String hash) throws Exception {
        var vector = vectors.object("suites").object(suite.identifier());
        var signed = vector.object("signed");
        var document = signed.without("proof");
        var form = suite.form() == Cryptosuite.Form.RDFC ? Rdfc.strict(CONTEXTS) : canonicalText();
        var canonical = form.canonical(document, hash);

        assertThat(new String(canonical, StandardCharsets.UTF_8)).isEqualTo(vector.string("canonicalDocument"));
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance(hash).digest(canonical)))
                .isEqualTo(vector.string("documentHash"));
        var configuration = signed.object("proof").without("proofValue");
        var contextual = configuration.with(
                "@context", Objects.requireNonNull(document.members().get("@context")));
        assertThat(new String(form.canonical(contextual, hash), StandardCharsets.UTF_8))
                .isEqualTo(vector.string("canonicalProofConfig"));
        if (vector.has("combinedHash")) {
            var configurationHash = MessageDigest.getInstance(hash).digest(form.canonical(contextual, hash));
            assertThat(HexFormat.of().formatHex(configurationHash) + vector.string("documentHash"))
                    .isEqualTo(vector.string("combinedHash"));
        }
        var key = DidKeys.resolve(signed.object("proof").string("verificationMethod"));
        assertThat(dataIntegrity.verifies(document, signed.object("proof"), key))
                .isTrue();
        assertThat(dataIntegrity.verifies(document.with("name", "Another name"), signed.object("proof"), key))
                .isFalse();
    }

    private static Canonicalization canonicalText() {
        return (document, hash) -> Jcs.canonical(document);
    }

    @ParameterizedTest
    @CsvSource({
        "ECDSA_RDFC_2019, ES256",
        "ECDSA_RDFC_2019, ES384",
        "EDDSA_RDFC_2022, EdDSA",
        "ECDSA_JCS_2019, ES256",
        "ECDSA_JCS_2019, ES384",
        "EDDSA_JCS_2022, EdDSA"
    })
    void are_made_by_every_key_of_the_suite(Cryptosuite suite, String algorithm) {
        var key = SigningKey.generate(JWSAlgorithm.parse(algorithm));
        var document = VECTORS.object("unsigned");
        var options = JsonObject.builder()
                .put("verificationMethod", "did:example:issuer#key")
                .put("proofPurpose", "assertionMethod")
                .build();
        var proof = dataIntegrity.sign(document, options, suite, key).object("proof");

        assertThat(dataIntegrity.verifies(document, proof, key.publicJwk())).isTrue();
        assertThat(dataIntegrity.verifies(document, proof.with("proofPurpose", "authentication"), key.publicJwk()))
                .isFalse();
        assertThat(dataIntegrity.verifies(
                        document, proof, SigningKey.generate(key.algorithm()).publicJwk()))
                .isFalse();
    }

    @Test
    void are_not_made_over_terms_that_no_context_defines() {
        var document = VECTORS.object("unsigned").with("@context", List.of("https://www.w3.org/ns/credentials/v2"));
        var key = SigningKey.generate(JWSAlgorithm.ES256);

        assertThatThrownBy(() -> dataIntegrity.sign(document, JsonObject.empty(), Cryptosuite.ECDSA_RDFC_2019, key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("JSON-LD");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alumniOf | null",
                "alumniOf | []",
                "id       | \"no iri\"",
                "id       | \"relative\"",
                "alumniOf | {\"id\": \"did:example:^\"}",
            })
    void are_not_made_over_what_the_way_to_rdf_would_drop(String member, String value) {
        var subject = Json.read(
                ("{\"" + member.strip() + "\": " + value + "}").getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT);
        var document = VECTORS.object("unsigned").with("credentialSubject", subject);

        assertThatThrownBy(() -> Rdfc.strict(CONTEXTS).canonical(document, "SHA-256"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fetch_no_context() {
        var document = VECTORS.object("unsigned")
                .with("@context", List.of("https://www.w3.org/ns/credentials/v2", "https://unknown.example/context"));

        assertThatThrownBy(() -> Rdfc.strict(CONTEXTS).canonical(document, "SHA-256"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https://unknown.example/context");
    }

    /// RDFC-1.0, section 7.1: many blank nodes that look alike.
    @Test
    void are_not_checked_over_a_dataset_made_to_take_forever() {
        var nodes = new java.util.ArrayList<Object>();
        for (var i = 0; i < 12; i++) {
            for (var j = 0; j < 12; j++) {
                nodes.add(Map.of("@id", "_:n" + i, "https://x.example/p", Map.of("@id", "_:n" + j)));
            }
        }
        var poison = JsonObject.of(Map.of("@graph", nodes));

        assertThatThrownBy(() -> Rdfc.strict(CONTEXTS).canonical(poison, "SHA-256"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333"
    })
    void write_numbers_as_rfc_8785_appendix_b_does(String bits, String text) {
        assertThat(Jcs.number(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16))))
                .isEqualTo(text);
    }

    @Test
    void sort_members_as_rfc_8785_section_3_2_3_does() {
        var members = new java.util.LinkedHashMap<String, Object>();
        for (var name : List.of("\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6")) {
            members.put(name, 1L);
        }
        assertThat(new String(Jcs.canonical(JsonObject.of(members)), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"\\r\":1,\"1\":1,\"\u0080\":1,\"\u00f6\":1,\"\u20ac\":1,\"\ud83d\ude00\":1,\"\ufb33\":1}");
    }
}
