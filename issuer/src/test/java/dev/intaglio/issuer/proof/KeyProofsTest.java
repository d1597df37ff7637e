package dev.intaglio.issuer.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.credential.Proofs;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.metadata.ProofType;
import dev.intaglio.protocol.nonce.KeyedNonces;
import dev.intaglio.protocol.oauth.AccessToken;
import dev.intaglio.protocol.oauth.Refusal;
import dev.intaglio.protocol.proof.JwtKeyProof;
import dev.intaglio.requirements.Requirement;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("App. F.4 Verifying key proofs, as policy and configuration say")
class KeyProofsTest {
    private static final URI ISSUER = URI.create("https://issuer.example");
    private static final Instant NOW = Instant.parse("2026-11-03T10:15:30Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final AccessToken TOKEN = new AccessToken(
            "erika", Optional.empty(), Set.of(), List.of(), Set.of(), Optional.empty(), "a-1", NOW.plusSeconds(300));

    private final KeyedNonces nonces =
            new KeyedNonces("c_nonce", List.of(new byte[32]), Duration.ofMinutes(5), CLOCK, new SecureRandom());

    @Test
    @Requirement("CI-PROOF-6")
    @DisplayName("an algorithm that the configuration does not list is refused, though we know it")
    void algorithms() {
        var proofs = keyProofs(ProofPolicy.DEFAULT);
        var es256Only = configuration(Map.of("jwt", new ProofType(List.of("ES256"), Optional.empty())));
        assertThat(proofs.verify(jwt(JWSAlgorithm.ES256, NOW), es256Only, TOKEN).keys())
                .hasSize(1);
        assertRefused(proofs, jwt(JWSAlgorithm.ES384, NOW), es256Only, "invalid_proof");
        assertRefused(proofs, jwt(JWSAlgorithm.EdDSA, NOW), es256Only, "invalid_proof");
    }

    @Test
    @Requirement("CI-PROOF-7")
    @DisplayName("age and skew are the policy's")
    void freshness() {
        var strict = keyProofs(new ProofPolicy(List.of("ES256"), Duration.ofSeconds(10), Duration.ofSeconds(1)));
        var any = configuration(Map.of("jwt", new ProofType(List.of("ES256"), Optional.empty())));
        assertThat(strict.verify(jwt(JWSAlgorithm.ES256, NOW.minusSeconds(10)), any, TOKEN)
                        .keys())
                .hasSize(1);
        assertThat(strict.verify(jwt(JWSAlgorithm.ES256, NOW.plusSeconds(1)), any, TOKEN)
                        .keys())
                .hasSize(1);
        assertRefused(strict, jwt(JWSAlgorithm.ES256, NOW.minusSeconds(11)), any, "invalid_proof");
        assertRefused(strict, jwt(JWSAlgorithm.ES256, NOW.plusSeconds(2)), any, "invalid_proof");
    }

    @Test
    @Requirement("CI-CRED-6")
    @DisplayName("a type of proof that the configuration does not list is refused")
    void types() {
        var proofs = keyProofs(ProofPolicy.DEFAULT);
        var attestationOnly = configuration(Map.of("attestation", new ProofType(List.of("ES256"), Optional.empty())));
        assertRefused(proofs, jwt(JWSAlgorithm.ES256, NOW), attestationOnly, "invalid_proof");
        assertRefused(proofs, Optional.of(new Proofs.Other("cwt", List.of("a"))), attestationOnly, "invalid_proof");
        assertRefused(proofs, Optional.empty(), attestationOnly, "invalid_proof");
    }

    @Test
    @Requirement("CI-NONCE-7")
    @DisplayName("the nonces that are used up are told once each, as hashes, to be forgotten when they expire")
    void usedNonces() {
        var nonce = nonces.next();
        var some = JwtKeyProof.make(
                SigningKey.generate(JWSAlgorithm.ES256), ISSUER, NOW, Optional.of(nonce), Optional.empty());
        var other = JwtKeyProof.make(
                SigningKey.generate(JWSAlgorithm.ES256), ISSUER, NOW, Optional.of(nonce), Optional.empty());
        var configuration = configuration(Map.of("jwt", new ProofType(List.of("ES256"), Optional.empty())));
        var holderKeys = keyProofs(ProofPolicy.DEFAULT)
                .verify(Optional.of(new Proofs.Jwt(List.of(some, other))), configuration, TOKEN);
        assertThat(holderKeys.keys()).hasSize(2);
        assertThat(holderKeys.nonces()).singleElement().satisfies(used -> {
            assertThat(used.hash()).hasSize(43).doesNotContain(nonce);
            assertThat(used.forgetAt()).isEqualTo(NOW.plusSeconds(300));
        });
    }

    private KeyProofs keyProofs(ProofPolicy policy) {
        return new KeyProofs(ISSUER, nonces, policy, 10, CLOCK);
    }

    private Optional<Proofs> jwt(JWSAlgorithm algorithm, Instant issuedAt) {
        var proof = JwtKeyProof.make(
                SigningKey.generate(algorithm), ISSUER, issuedAt, Optional.of(nonces.next()), Optional.empty());
        return Optional.of(new Proofs.Jwt(List.of(proof)));
    }

    private static CredentialConfiguration configuration(Map<String, ProofType> types) {
        return new CredentialConfiguration(
                "dc+sd-jwt",
                JsonObject.empty(),
                Optional.empty(),
                List.of(),
                List.of("jwk"),
                types,
                List.of(),
                List.of());
    }

    private static void assertRefused(
            KeyProofs proofs, Optional<Proofs> given, CredentialConfiguration configuration, String error) {
        assertThatThrownBy(() -> proofs.verify(given, configuration, TOKEN))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.error()).isEqualTo(error));
    }
}
