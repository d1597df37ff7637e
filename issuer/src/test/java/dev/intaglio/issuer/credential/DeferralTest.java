package dev.intaglio.issuer.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.issuer.store.DeferredTransaction;
import dev.intaglio.issuer.store.DeferredTransaction.Awaiting;
import dev.intaglio.issuer.store.DeferredTransaction.Decision;
import dev.intaglio.issuer.store.DeferredTransactions;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.LogEvent;
import dev.intaglio.issuer.store.Page;
import dev.intaglio.issuer.store.Position;
import dev.intaglio.issuer.store.UsedNonce;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.credential.DeferredCredentialRequest;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.AccessToken;
import dev.intaglio.requirements.Requirement;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("§9 A transaction whose response was to be encrypted")
class DeferralTest {
    private static final Instant NOW = Instant.parse("2026-11-03T10:00:00Z");
    private static final Optional<String> DPOP_KEY = Optional.of("dpop-key");
    private static final Optional<String> NONE = Optional.empty();

    private final SigningKey first = SigningKey.generate(JWSAlgorithm.ES256);

    private static Optional<JsonObject> encryptionTo(SigningKey key) {
        return Optional.of(JsonObject.builder()
                .put("jwk", JsonObject.of(key.publicJwk().toJSONObject()).with("alg", "ECDH-ES"))
                .put("enc", "A256GCM")
                .build());
    }

    private DeferredTransaction find(Optional<String> dpopKey, Optional<JsonObject> responseEncryption) {
        var transaction = new DeferredTransaction(
                Deferral.handle("transaction"),
                "authorization",
                "erika",
                NONE,
                "degree",
                NONE,
                List.of(),
                dpopKey,
                Optional.of(DpopProof.thumbprint(first.publicJwk())),
                Awaiting.DATA,
                Decision.NONE,
                NOW,
                NOW.plusSeconds(60));
        var token = new AccessToken(
                "erika", NONE, Set.of(), List.of(), Set.of("degree"), dpopKey, "authorization", NOW.plusSeconds(60));
        return new Deferral(
                        Optional.of(new Holding(transaction)),
                        DeferralPolicy.DEFAULT,
                        Optional.empty(),
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        new SecureRandom())
                .find(token, new DeferredCredentialRequest("transaction", responseEncryption));
    }

    @Test
    @Requirement("CI-DEFER-9")
    @DisplayName("with a bearer token is not given to another key, nor in the clear")
    void bearer() {
        assertThat(find(NONE, encryptionTo(first)).subject()).isEqualTo("erika");
        for (var swapped : List.of(
                encryptionTo(SigningKey.generate(JWSAlgorithm.ES256)),
                Optional.<JsonObject>empty(),
                Optional.of(JsonObject.builder().put("enc", "A256GCM").build()),
                Optional.of(JsonObject.builder()
                        .put("jwk", JsonObject.builder().put("kty", "EC").build())
                        .build()))) {
            assertThatThrownBy(() -> find(NONE, swapped)).hasMessageContaining("invalid_encryption_parameters");
        }
    }

    @Test
    @Requirement("CI-DEFER-4")
    @DisplayName("with a DPoP-bound token is encrypted as the deferred request says, or not at all")
    void bound() {
        for (var wanted : List.of(
                encryptionTo(first),
                encryptionTo(SigningKey.generate(JWSAlgorithm.ES256)),
                Optional.<JsonObject>empty())) {
            assertThat(find(DPOP_KEY, wanted).subject()).isEqualTo("erika");
        }
    }

    private record Holding(DeferredTransaction transaction) implements DeferredTransactions {
        @Override
        public boolean begin(DeferredTransaction other, List<UsedNonce> nonces, Optional<LogEvent> event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<DeferredTransaction> find(String handle, Instant now) {
            return Optional.of(transaction).filter(held -> held.handle().equals(handle));
        }

        @Override
        public boolean complete(String handle, IssuanceRecord issuance, Instant now) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void awaitApproval(String handle) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean decide(String handle, Decision decision, Instant now) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Page<DeferredTransaction> awaitingApproval(Optional<Position> after, int atMost, Instant now) {
            throw new UnsupportedOperationException();
        }
    }
}
