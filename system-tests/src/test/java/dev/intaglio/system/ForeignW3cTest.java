package dev.intaglio.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialDefinitions;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.KeyProofTypes;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.dataintegrity.Contexts;
import dev.intaglio.credential.dataintegrity.LdpVcVerifier;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.proof.DidKeys;
import dev.intaglio.protocol.proof.DidResolver;
import dev.intaglio.protocol.proof.KeyProofOrder;
import dev.intaglio.protocol.proof.KeyProofType;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("node")
@DisplayName("The W3C libraries @digitalbazaar/vc and jose")
class ForeignW3cTest {
    private static final URI ISSUER = URI.create("https://issuer.example");
    private static final KeyProofType DI_VP =
            KeyProofTypes.onClassPath().find("di_vp").orElseThrow();
    private static final CredentialFormats FORMATS = CredentialFormats.onClassPath(new SecureRandom());

    @ParameterizedTest
    @CsvSource({
        "ldp_vc, ES256",
        "ldp_vc, ES384",
        "ldp_vc, EdDSA",
        "jwt_vc_json, ES256",
        "jwt_vc_json-ld, ES256",
        "vc+jwt, ES256",
        "vc+sd-jwt, ES256"
    })
    @DisplayName("verify what we issue")
    void verifyOurs(String format, String algorithm) throws Exception {
        var key = SigningKey.generate(JWSAlgorithm.parse(algorithm));
        var shown = NodeScript.run(
                        "verify-w3c.mjs",
                        JsonObject.builder()
                                .put("format", format)
                                .put("credential", issue(format, key))
                                .put("issuerJwk", JsonObject.of(key.publicJwk().toJSONObject()))
                                .build()
                                .text())
                .json();

        assertThat(shown.flag("verified")).isTrue();
        var claims = shown.object("claims");
        var subject = claims.optionalObject("vc").orElse(claims).object("credentialSubject");
        assertThat(subject.object("degree").string("title")).isEqualTo(degree());
    }

    @Test
    @DisplayName("issue what we verify")
    void weVerifyTheirs() throws Exception {
        var made = NodeScript.run(
                        "verify-w3c.mjs",
                        JsonObject.builder()
                                .put("format", "ldp_vc")
                                .put("credential", Map.of("unsigned", unsigned()))
                                .build()
                                .text())
                .json();
        var issuerKey = DidKeys.resolve(made.string("issuerDid"));
        var credential = made.object("issued");
        var verifier = new LdpVcVerifier(Contexts.shipped());
        var believing = TrustAnchors.none().with(List.of(issuerKey));

        assertThat(verifier.verify(credential, believing, Instant.now()))
                .isInstanceOfSatisfying(
                        Verification.Verified.class,
                        verified -> assertThat(verified.type()).isEqualTo("AlumniCredential"));
        var another = credential.with("credentialSubject", Map.of("alumniOf", "Another school"));
        assertThat(verifier.verify(another, believing, Instant.now())).isInstanceOf(Verification.Rejected.class);
    }

    @ParameterizedTest
    @CsvSource({"ES256, ecdsa-rdfc-2019", "ES384, ecdsa-rdfc-2019", "EdDSA, eddsa-rdfc-2022"})
    @DisplayName("verify the key proofs we make by presentation, for their issuer and nonce only")
    void verifyOurProofs(String algorithm, String suite) {
        var order = new KeyProofOrder(
                ISSUER, Instant.now(), Optional.of("n-0S6"), Optional.empty(), List.of(suite), List.of("did:key"));
        var proof = DI_VP.make(SigningKey.generate(JWSAlgorithm.parse(algorithm)), order);

        assertThat(shown(proof, ISSUER.toString(), "n-0S6").flag("verified")).isTrue();
        assertThat(shown(proof, "https://other.example", "n-0S6").flag("verified"))
                .isFalse();
        assertThat(shown(proof, ISSUER.toString(), "another").flag("verified")).isFalse();
    }

    private static JsonObject shown(Object proof, String domain, String challenge) {
        return NodeScript.run(
                        "verify-w3c.mjs",
                        JsonObject.builder()
                                .put("format", "di_vp")
                                .put("presentation", proof)
                                .put("domain", domain)
                                .put("challenge", challenge)
                                .build()
                                .text())
                .json();
    }

    @Test
    @DisplayName("make key proofs by presentation that we take")
    void weTakeTheirProofs() {
        var made = NodeScript.run(
                        "verify-w3c.mjs",
                        JsonObject.builder()
                                .put("format", "di_vp")
                                .put("domain", ISSUER.toString())
                                .put("challenge", "n-0S6")
                                .build()
                                .text())
                .json()
                .object("presentation");
        var read = DI_VP.read(made, DidResolver.SELF_CONTAINED);
        assertThat(read.audience()).isEqualTo(ISSUER.toString());
        assertThat(read.nonce()).contains("n-0S6");
        assertThat(read.algorithm()).isEqualTo("ecdsa-rdfc-2019");
        assertThat(read.keyIdentifier().orElseThrow()).startsWith(made.string("holder") + "#");
    }

    private static JsonObject unsigned() {
        return JsonObject.of(Map.of(
                "@context",
                List.of("https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2"),
                "type",
                List.of("VerifiableCredential", "AlumniCredential"),
                "credentialSubject",
                Map.of("alumniOf", "The school")));
    }

    private static Object issue(String format, SigningKey key) throws IOException {
        var definition = diploma();
        var configuration = definition.configurations().stream()
                .filter(one -> one.format().equals(format))
                .findFirst()
                .orElseThrow();
        return FORMATS.of(configuration)
                .issue(new Issuance(
                        definition,
                        configuration,
                        new CredentialDataset(amelie()),
                        Optional.of(new HolderKey(
                                SigningKey.generate(JWSAlgorithm.ES256).publicJwk())),
                        Optional.empty(),
                        key,
                        ISSUER,
                        Instant.now()));
    }

    private static CredentialDefinition diploma() {
        return CredentialDefinitions.shipped().stream()
                .filter(one -> one.id().equals("diploma"))
                .findFirst()
                .orElseThrow();
    }

    private static String degree() throws IOException {
        return amelie().object("degree").string("title");
    }

    private static JsonObject amelie() throws IOException {
        try (var people = Objects.requireNonNull(
                CredentialDefinitions.class.getResourceAsStream("/intaglio/sample-people.json"))) {
            return Json.readObject(people.readAllBytes()).object("amelie").object("diploma");
        }
    }
}
