package dev.intaglio.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.dataintegrity.Contexts;
import dev.intaglio.credential.dataintegrity.DataIntegrity;
import dev.intaglio.credential.dataintegrity.LdpVcVerifier;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.proof.DidKeys;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("node")
@DisplayName("The W3C library @digitalbazaar/ecdsa-sd-2023-cryptosuite")
class ForeignSelectiveProofTest {
    private static final List<String> ALWAYS = List.of("/issuer", "/validFrom", "/credentialSubject/degree/title");
    private static final String GRADE = "/credentialSubject/courses/1/grade";
    private static final DataIntegrity OURS = new DataIntegrity(Contexts.shipped());

    private static JsonObject document(String issuer) {
        return JsonObject.of(Map.of(
                "@context",
                List.of("https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2"),
                "type",
                List.of("VerifiableCredential", "Diploma"),
                "issuer",
                issuer,
                "validFrom",
                "2026-01-01T00:00:00Z",
                "credentialSubject",
                Map.of(
                        "family_name",
                        "Möbius",
                        "degree",
                        Map.of("title", "Physics", "level", 7L),
                        "courses",
                        List.of(
                                Map.of("title", "Statics", "grade", "1.0"),
                                Map.of("title", "Optics", "grade", "1.7")))));
    }

    private static JsonObject ask(String task, JsonObject credential, List<String> pointers) {
        return NodeScript.run(
                        "ecdsa-sd.mjs",
                        JsonObject.builder()
                                .put("task", task)
                                .put("credential", credential)
                                .put("pointers", pointers)
                                .build()
                                .text())
                .json();
    }

    private static Verification verify(JsonObject credential) {
        var issuer = DidKeys.resolve(credential.string("issuer"));
        return new LdpVcVerifier(Contexts.shipped())
                .verify(credential, TrustAnchors.none().with(List.of(issuer)), Instant.now());
    }

    private static JsonObject ours() {
        var key = SigningKey.generate(JWSAlgorithm.ES256);
        var did = DidKeys.didKey(key.publicJwk());
        var options = JsonObject.builder()
                .put("created", "2026-01-01T00:00:00Z")
                .put("verificationMethod", DidKeys.verificationMethod(did))
                .put("proofPurpose", "assertionMethod")
                .build();
        return OURS.signStatements(document(did), options, ALWAYS, key, new SecureRandom());
    }

    private static void assertShows(JsonObject derived) {
        assertThat(derived.text()).doesNotContain("Möbius", "1.0");
        var subject = derived.object("credentialSubject");
        assertThat(subject.object("degree").string("title")).isEqualTo("Physics");
        assertThat(subject.object("degree").has("level")).isFalse();
    }

    @Test
    @DisplayName("verifies what we derive, derives from what we issue, and refuses what was changed")
    void theyRead() {
        var base = ours();
        var derived = OURS.derive(base, List.of(GRADE));
        assertShows(derived);
        assertThat(ask("verify", derived, List.of()).flag("verified")).isTrue();
        assertThat(ask("verify", derived.with("validFrom", "2025-01-01T00:00:00Z"), List.of())
                        .flag("verified"))
                .isFalse();

        var theirs = ask("derive", base, List.of(GRADE)).object("derived");
        assertShows(theirs);
        assertThat(ask("verify", theirs, List.of()).flag("verified")).isTrue();
        assertThat(verify(theirs)).isInstanceOf(Verification.Verified.class);
    }

    @Test
    @DisplayName("issues what we verify and derive from, and derives what we verify")
    void weRead() {
        var base = ask("issue", document("did:example:nobody"), ALWAYS).object("issued");
        assertThat(verify(base)).isInstanceOf(Verification.Verified.class);

        var derived = OURS.derive(base, List.of(GRADE));
        assertShows(derived);
        assertThat(verify(derived)).isInstanceOf(Verification.Verified.class);
        assertThat(ask("verify", derived, List.of()).flag("verified")).isTrue();

        var theirs = ask("derive", base, List.of(GRADE)).object("derived");
        assertShows(theirs);
        assertThat(verify(theirs)).isInstanceOf(Verification.Verified.class);
        assertThat(verify(theirs.with("validFrom", "2025-01-01T00:00:00Z"))).isInstanceOf(Verification.Rejected.class);
        assertThat(theirs.object("proof").string("proofValue"))
                .isEqualTo(derived.object("proof").string("proofValue"));
    }
}
