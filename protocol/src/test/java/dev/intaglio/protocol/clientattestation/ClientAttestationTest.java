package dev.intaglio.protocol.clientattestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.requirements.Requirement;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Attestation-based client authentication, draft -07: the two JWTs")
class ClientAttestationTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final URI SERVER = URI.create("https://as.example");

    private final SigningKey attester = SigningKey.generate(JWSAlgorithm.ES256);
    private final SigningKey instance = SigningKey.generate(JWSAlgorithm.ES256);

    @Test
    @Requirement({"AS-ABCA-3", "AS-ABCA-1", "HAIP-CI-6"})
    @DisplayName("the Wallet Attestation of OpenID4VCI Appendix I.2 is read, and verifies by its x5c")
    void example() throws IOException {
        try (var resource =
                ClientAttestationTest.class.getResourceAsStream("openid4vci-1.0-i.2-wallet-attestation.jwt")) {
            var attestation =
                    ClientAttestation.read(new String(resource.readAllBytes(), StandardCharsets.US_ASCII).strip());
            assertThat(attestation.clientId()).isEqualTo("https://wallet.example.com");
            assertThat(attestation.issuer()).contains("https://wallet-provider.example.com");
            assertThat(attestation.expiresAt()).isEqualTo(Instant.ofEpochSecond(1755102745));
            assertThat(attestation.notBefore()).contains(Instant.ofEpochSecond(1755023547));
            assertThat(attestation.issuedAt()).isEmpty();
            var leaf = X5c.parse(attestation.jwt().headerChain().orElseThrow()).getFirst();
            assertThat(attestation.jwt().verifies(X5c.publicJwk(leaf))).isTrue();
        }
    }

    @Test
    @DisplayName("an attestation read is what was made")
    void attestation() {
        var compact = ClientAttestation.make(
                attester, "https://p.example", "wallet", instance.publicJwk(), NOW, NOW.plusSeconds(60));
        var attestation = ClientAttestation.read(compact);
        assertThat(attestation.clientId()).isEqualTo("wallet");
        assertThat(attestation.issuer()).contains("https://p.example");
        assertThat(attestation.issuedAt()).contains(NOW);
        assertThat(attestation.expiresAt()).isEqualTo(NOW.plusSeconds(60));
        assertThat(attestation.instanceKey().toPublicJWK().getRequiredParams())
                .isEqualTo(instance.publicJwk().getRequiredParams());
        assertThat(attestation.jwt().verifies(attester.publicJwk())).isTrue();
        assertThat(attestation.jwt().verifies(instance.publicJwk())).isFalse();
    }

    @Test
    @Requirement("AS-ABCA-4")
    @DisplayName("a PoP read is what was made, and verifies by the instance's key alone")
    void pop() {
        var compact = ClientAttestationPop.make(instance, "wallet", SERVER, "id", NOW, Optional.of("challenge"));
        assertThat(ClientAttestationPop.verify(compact, instance.publicJwk()))
                .isEqualTo(new ClientAttestationPop(
                        Optional.of("wallet"), "https://as.example", "id", NOW, Optional.of("challenge")));
        assertThatThrownBy(() -> ClientAttestationPop.verify(compact, attester.publicJwk()))
                .isInstanceOf(JsonException.class);
    }

    @Test
    @DisplayName("one is not taken for the other")
    void types() {
        var attestation = ClientAttestation.make(
                attester, "https://p.example", "wallet", instance.publicJwk(), NOW, NOW.plusSeconds(60));
        var pop = ClientAttestationPop.make(instance, "wallet", SERVER, "id", NOW, Optional.empty());
        assertThatThrownBy(() -> ClientAttestation.read(pop)).hasMessageContaining("typ");
        assertThatThrownBy(() -> ClientAttestationPop.verify(attestation, attester.publicJwk()))
                .hasMessageContaining("typ");
    }

    @Test
    @Requirement("AS-ABCA-9")
    @DisplayName("a challenge read is what was written, and is not cached")
    void challenge() {
        var response = new ChallengeResponse("c").write();
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Cache-Control")).contains("no-store");
        assertThat(ChallengeResponse.read(response.bodyObject())).isEqualTo(new ChallengeResponse("c"));
        assertThatThrownBy(() -> new ChallengeResponse("")).isInstanceOf(IllegalArgumentException.class);
    }
}
