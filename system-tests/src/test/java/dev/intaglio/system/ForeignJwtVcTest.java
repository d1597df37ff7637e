package dev.intaglio.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.Verification;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.proof.DidKeys;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("node")
@DisplayName("The library did-jwt-vc, for credentials of data model 1.1 as JWT")
class ForeignJwtVcTest {
    private static final String SCRIPT = "did-jwt-vc.mjs";
    private static final CredentialFormats FORMATS = CredentialFormats.onClassPath(new SecureRandom());
    private static final CredentialDefinition CARD = CredentialDefinition.read("""
            id: card
            display: [{locale: en, name: Card}]
            claims:
              - {path: [given_name], mandatory: true}
              - {path: [degree], mandatory: true}
              - {path: [degree, title]}
            formats:
              jwt_vc_json: {issuer_key: "did:jwk", credential_definition: {type: [VerifiableCredential, Card]}}
              jwt_vc_json-ld: {issuer_key: "did:jwk", credential_definition: {type: [VerifiableCredential, Card]}}
            """, "card.yaml");
    private static final JsonObject CLAIMS =
            JsonObject.of(Map.of("given_name", "Amélie", "degree", Map.of("title", "Physics")));

    private static String issue(String format, SigningKey key, SigningKey holder) {
        var configuration = CARD.configurations().stream()
                .filter(one -> one.format().equals(format))
                .findFirst()
                .orElseThrow();
        return (String) FORMATS.check(CARD, configuration)
                .issue(new Issuance(
                        CARD,
                        configuration,
                        new CredentialDataset(CLAIMS),
                        Optional.of(new HolderKey(holder.publicJwk())),
                        Optional.empty(),
                        key,
                        URI.create("https://issuer.example"),
                        Instant.now()));
    }

    private static NodeScript.Result shown(String credential) {
        return NodeScript.run(
                SCRIPT,
                JsonObject.builder().put("credential", credential).build().text());
    }

    @ParameterizedTest
    @CsvSource({"jwt_vc_json, ES256", "jwt_vc_json, EdDSA", "jwt_vc_json-ld, ES256"})
    @DisplayName("verifies what we issue, reads the claims where we put them, and nothing that was changed")
    void verifiesOurs(String format, String algorithm) {
        var key = SigningKey.generate(JWSAlgorithm.parse(algorithm));
        var holder = SigningKey.generate(JWSAlgorithm.ES256);
        var credential = issue(format, key, holder);
        var shown = shown(credential).json();

        assertThat(shown.flag("verified")).isTrue();
        assertThat(shown.string("issuer")).isEqualTo(DidKeys.didJwk(key.publicJwk()));
        var read = shown.object("claims");
        assertThat(read.strings("type")).containsExactly("VerifiableCredential", "Card");
        assertThat(read.object("issuer").string("id")).isEqualTo(DidKeys.didJwk(key.publicJwk()));
        assertThat(read.object("credentialSubject").string("id")).isEqualTo(DidKeys.didJwk(holder.publicJwk()));
        assertThat(read.object("credentialSubject").object("degree").string("title"))
                .isEqualTo("Physics");
        assertThat(read.has("issuanceDate")).isTrue();
        assertThat(read.has("expirationDate")).isTrue();

        var middle = credential.length() / 2;
        var changed = credential.substring(0, middle)
                + (credential.charAt(middle) == 'A' ? 'B' : 'A')
                + credential.substring(middle + 1);
        assertThat(shown(changed).exitCode()).isNotZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "EdDSA"})
    @DisplayName("issues what we verify")
    void weVerifyTheirs(String algorithm) {
        var subject = SigningKey.generate(JWSAlgorithm.ES256);
        var unsigned = JsonObject.of(Map.of(
                "sub",
                DidKeys.didJwk(subject.publicJwk()),
                "nbf",
                Instant.now().minusSeconds(60).getEpochSecond(),
                "exp",
                Instant.now().plusSeconds(3_600).getEpochSecond(),
                "vc",
                Map.of(
                        "@context",
                        List.of("https://www.w3.org/2018/credentials/v1"),
                        "type",
                        List.of("VerifiableCredential", "Card"),
                        "credentialSubject",
                        Map.of("degree", Map.of("title", "Physics")))));
        var made = NodeScript.run(
                        SCRIPT,
                        JsonObject.builder()
                                .put("unsigned", unsigned)
                                .put("algorithm", algorithm)
                                .build()
                                .text())
                .json();
        var believing = TrustAnchors.none().with(List.of(SignedJwt.publicKey(made.object("issuerJwk"))));

        var outcome = CredentialVerifiers.onClassPath().verify(made.string("issued"), believing, Instant.now());
        assertThat(outcome).as("%s", outcome).isInstanceOf(Verification.Verified.class);
        var verified = (Verification.Verified) outcome;
        assertThat(verified.type()).isEqualTo("Card");
        assertThat(verified.holderKey().orElseThrow().toPublicJWK().getRequiredParams())
                .isEqualTo(subject.publicJwk().toPublicJWK().getRequiredParams());
        assertThat(CredentialVerifiers.onClassPath().verify(made.string("issued"), TrustAnchors.none(), Instant.now()))
                .isInstanceOf(Verification.Rejected.class);
    }
}
