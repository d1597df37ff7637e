package dev.intaglio.protocol.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.Examples;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.proof.JwtKeyProof.KeyReference;
import dev.intaglio.requirements.Requirement;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("App. F.1 Key proofs of type jwt")
class JwtKeyProofTest {
    private static final URI ISSUER = URI.create("https://credential-issuer.example.com");
    private static final Instant NOW = Instant.parse("2026-11-03T10:15:30Z");
    private static final SigningKey KEY = SigningKey.generate(JWSAlgorithm.ES256);

    @Test
    @Requirement({"CI-PROOF-2", "CI-PROOF-3", "CI-PROOF-4"})
    @DisplayName("the example of the standard is read, and verifies by the key in its header")
    void example() {
        var proof = JwtKeyProof.read(Examples.read().string("proof_jwt"));
        assertThat(proof.audience()).isEqualTo("https://credential-issuer.example.com");
        assertThat(proof.issuedAt()).isEqualTo(Instant.ofEpochSecond(1_701_960_444));
        assertThat(proof.nonce()).contains("LarRGSbmUPYtRYO6BQ4yn8");
        assertThat(proof.issuer()).isEmpty();
        assertThat(proof.keyAttestation()).isEmpty();
        assertThat(proof.keyReference())
                .isInstanceOfSatisfying(
                        KeyReference.Jwk.class,
                        jwk -> assertThat(proof.jwt().verifies(jwk.key())).isTrue());
    }

    @Test
    @DisplayName("what is made is read again, with a client identifier and without")
    void roundTrip() {
        for (var clientId : new String[] {"", "wallet"}) {
            var iss = Optional.of(clientId).filter(id -> !id.isEmpty());
            var proof = JwtKeyProof.read(JwtKeyProof.make(KEY, ISSUER, NOW, Optional.of("n"), iss));
            assertThat(proof.audience()).isEqualTo(ISSUER.toString());
            assertThat(proof.issuer()).isEqualTo(iss);
            assertThat(proof.nonce()).contains("n");
            assertThat(proof.issuedAt()).isEqualTo(NOW);
            assertThat(proof.jwt().header().object("jwk").members()).doesNotContainKeys("d", "kid", "use");
        }
    }

    @Test
    @Requirement("CI-PROOF-2")
    @DisplayName("the key is named in one way: none, two or three are refused")
    void oneReference() {
        var kid = JsonObject.builder().put("kid", "did:key:z6Mk").build();
        var jwk =
                JsonObject.builder().put("jwk", SignedJwt.jwk(KEY.publicJwk())).build();
        var x5c = JsonObject.builder().put("x5c", List.of("AAAA")).build();
        assertThat(read(kid).keyReference()).isEqualTo(new KeyReference.Kid("did:key:z6Mk"));
        assertThat(read(x5c).keyReference()).isEqualTo(new KeyReference.X5c(List.of("AAAA")));
        for (var header : List.of(
                JsonObject.empty(), both(kid, jwk), both(jwk, x5c), both(kid, x5c), both(kid, both(jwk, x5c)))) {
            assertThatThrownBy(() -> read(header))
                    .isInstanceOf(JsonException.class)
                    .hasMessageContaining("exactly one");
        }
    }

    @Test
    @DisplayName("a key attestation in the header is handed on")
    void keyAttestation() {
        var header = JsonObject.builder()
                .put("jwk", SignedJwt.jwk(KEY.publicJwk()))
                .put("key_attestation", "a.b.c")
                .build();
        assertThat(read(header).keyAttestation()).contains("a.b.c");
    }

    @Test
    @DisplayName("says nothing of itself that could be used")
    void toStringIsShort() {
        assertThat(JwtKeyProof.read(JwtKeyProof.make(KEY, ISSUER, NOW, Optional.of("s3cret"), Optional.empty()))
                        .toString())
                .doesNotContain("s3cret");
    }

    private static JwtKeyProof read(JsonObject header) {
        return JwtKeyProof.read(JwtKeyProof.make(header, KEY, ISSUER, NOW, Optional.of("n"), Optional.empty()));
    }

    private static JsonObject both(JsonObject one, JsonObject other) {
        return JsonObject.builder().putAll(one).putAll(other).build();
    }
}
