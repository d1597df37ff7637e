package dev.intaglio.testing.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialDefinitions;
import dev.intaglio.issuer.encryption.EncryptionPolicy;
import dev.intaglio.issuer.encryption.EncryptionPolicy.Use;
import dev.intaglio.issuer.proof.ProofPolicy;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.proof.KeyAttestation;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.AdjustableClock;
import dev.intaglio.testing.TestAttester;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestJwt;
import dev.intaglio.wallet.KeyAttester;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.Wallet;
import dev.intaglio.wallet.WalletException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The wallet with encryption and key attestations")
class ProtectedWalletFlowTest {
    private final List<Request> requests = new ArrayList<>();
    private final List<Response> responses = new ArrayList<>();
    private final List<String> nonces = new ArrayList<>();

    /// Keeps what goes to and comes from the credential endpoint.
    private Handler watched(TestIssuer issuer) {
        return request -> {
            var response = issuer.handler().handle(request);
            if (request.uri().getPath().equals("/nonce")) {
                nonces.add(response.bodyObject().string("c_nonce"));
            }
            if (request.uri().getPath().equals("/credential")) {
                requests.add(request);
                responses.add(response);
            }
            return response;
        };
    }

    private static Outcome receive(Wallet wallet, TestIssuer issuer) {
        return wallet.receive(wallet.resolve(issuer.offer(TestIssuer.PID).linkByValue()), Optional.empty());
    }

    private Wallet.Builder wallet(TestIssuer issuer) {
        return Wallet.builder(watched(issuer), issuer.anchors()).clock(issuer.clock());
    }

    @Nested
    @DisplayName("§10 encryption")
    class Encryption {
        @ParameterizedTest
        @Requirement({"W-CRED-3", "W-CRED-4", "W-CRED-5"})
        @DisplayName("encrypts what the issuer offers or demands to have encrypted, both ways")
        @EnumSource(
                value = Use.class,
                names = {"OPTIONAL", "REQUIRED"})
        void encrypts(Use use) {
            var issuer = TestIssuer.builder()
                    .encryption(new EncryptionPolicy(use, use))
                    .build();
            assertThat(receive(wallet(issuer).build(), issuer)).isInstanceOf(Outcome.Received.class);
            assertThat(requests).allSatisfy(one -> assertThat(one.mediaType()).isEqualTo("application/jwt"));
            assertThat(responses).allSatisfy(one -> assertThat(one.mediaType()).isEqualTo("application/jwt"));
        }

        @Test
        @Requirement("W-CRED-6")
        @DisplayName(
                "the JWE names algorithm and key of the metadata's JWK, and an enc that the issuer supports; zip only where it is supported")
        void header() {
            var issuer =
                    TestIssuer.builder().encryption(EncryptionPolicy.OPTIONAL).build();
            assertThat(receive(wallet(issuer).build(), issuer)).isInstanceOf(Outcome.Received.class);
            var announced =
                    issuer.credentialIssuer().metadata().requestEncryption().orElseThrow();
            var key = announced.object("jwks").objects("keys").getFirst();
            var compact = new String(requests.getLast().body(), StandardCharsets.US_ASCII);
            var header = Json.readObject(Base64.getUrlDecoder().decode(compact.substring(0, compact.indexOf('.'))));
            assertThat(header.string("alg")).isEqualTo(key.string("alg"));
            assertThat(header.string("kid")).isEqualTo(key.string("kid"));
            assertThat(announced.strings("enc_values_supported")).contains(header.string("enc"));
            assertThat(announced.optionalStrings("zip_values_supported").orElse(List.of()))
                    .containsAll(header.optionalString("zip").stream().toList());
        }

        @Test
        @Requirement({"W-CRED-3", "W-CRED-5"})
        @DisplayName("stays in the clear where the issuer offers nothing, and half so where it offers half")
        void asOffered() {
            var plain = TestIssuer.create();
            assertThat(receive(wallet(plain).build(), plain)).isInstanceOf(Outcome.Received.class);
            assertThat(requests.getLast().mediaType()).isEqualTo("application/json");
            var half = TestIssuer.builder()
                    .encryption(new EncryptionPolicy(Use.OPTIONAL, Use.OFF))
                    .build();
            assertThat(receive(wallet(half).build(), half)).isInstanceOf(Outcome.Received.class);
            assertThat(requests.getLast().mediaType()).isEqualTo("application/jwt");
            assertThat(responses.getLast().mediaType()).isEqualTo("application/json");
        }

        @Test
        @Requirement("W-RESP-2")
        @DisplayName("does not take in the clear what was to be encrypted")
        void notInTheClear() {
            var issuer =
                    TestIssuer.builder().encryption(EncryptionPolicy.OPTIONAL).build();
            Handler stripping = request -> {
                var response = issuer.handler().handle(request);
                return response.mediaType().equals("application/jwt")
                        ? Response.json(200, Json.readObject("{\"credentials\":[{\"credential\":\"e30.e30.\"}]}"))
                        : response;
            };
            var wallet = Wallet.builder(stripping, issuer.anchors())
                    .clock(issuer.clock())
                    .build();
            assertThatThrownBy(() -> receive(wallet, issuer))
                    .isInstanceOf(WalletException.class)
                    .hasMessageContaining("in the clear");
        }
    }

    @Nested
    @DisplayName("§12.2.3 signed metadata")
    class Signed {
        private final TestIssuer issuer = TestIssuer.builder().signedMetadata().build();

        private Outcome receiveFrom(UnaryOperator<Response> change) {
            Handler changing = request -> {
                var response = issuer.handler().handle(request);
                return response.mediaType().equals("application/jwt") ? change.apply(response) : response;
            };
            return receive(
                    Wallet.builder(changing, issuer.anchors())
                            .signedMetadata(issuer.anchors())
                            .clock(issuer.clock())
                            .build(),
                    issuer);
        }

        private Response signed(UnaryOperator<TestJwt> change) {
            var key = issuer.certificationAuthority().issue("Metadata", issuer.identifier(), JWSAlgorithm.ES256);
            var claims = issuer.credentialIssuer()
                    .metadata()
                    .write()
                    .with("sub", issuer.identifier().toString())
                    .with("iat", TestIssuer.NOW.getEpochSecond());
            var jwt = TestJwt.of("openidvci-issuer-metadata+jwt", key, claims).certifiedBy(key.chain());
            return Response.text(200, "application/jwt", change.apply(jwt).compact());
        }

        @Test
        @Requirement({"W-META-2", "W-META-4", "HAIP-W-7"})
        @DisplayName("is asked for and believed, by a wallet that wants it and trusts the signer")
        void believed() {
            assertThat(receiveFrom(UnaryOperator.identity())).isInstanceOf(Outcome.Received.class);
            assertThat(receiveFrom(response -> signed(UnaryOperator.identity())))
                    .isInstanceOf(Outcome.Received.class);
        }

        @Test
        @Requirement("W-META-4")
        @DisplayName(
                "is not believed if it is unsigned, by a stranger, altered, about somebody else, untyped or out of date")
        void notBelieved() {
            var stranger = TestAttester.create(issuer.clock()).key();
            for (UnaryOperator<Response> change : List.<UnaryOperator<Response>>of(
                    response -> Response.json(
                            200, issuer.credentialIssuer().metadata().write()),
                    response -> signed(jwt -> jwt.by(stranger).certifiedBy(stranger.chain())),
                    response -> signed(jwt -> jwt.signedBy(stranger)),
                    response -> signed(jwt -> jwt.withoutHeader("x5c")),
                    response -> signed(jwt -> jwt.type("JWT")),
                    response -> signed(jwt -> jwt.claim("sub", "https://other.example")),
                    response -> signed(jwt -> jwt.claim("sub", "https://other.example")
                            .claim("credential_issuer", "https://other.example")),
                    response -> signed(jwt -> jwt.withoutClaim("iat")),
                    response -> signed(jwt -> jwt.claim("exp", TestIssuer.NOW.getEpochSecond())))) {
                assertThatThrownBy(() -> receiveFrom(change)).isInstanceOf(WalletException.class);
            }
        }
    }

    @Nested
    @DisplayName("App. D key attestations")
    class Attestations {
        private final AdjustableClock clock = AdjustableClock.at(TestIssuer.NOW);
        private final TestAttester attester = TestAttester.create(clock);
        private final TestIssuer issuer = TestIssuer.builder()
                .clock(clock)
                .definitions(CredentialDefinitions.shipped().stream()
                        .map(Attestations::demanding)
                        .toList())
                .credentialIssuerOptions(
                        options -> options.proofs(ProofPolicy.DEFAULT.withKeyAttestations(attester.trusted())))
                .build();
        private final KeyAttester provider = (keys, nonce) -> KeyAttestation.make(
                attester.key(),
                keys,
                clock.instant(),
                JsonObject.builder()
                        .put("exp", clock.instant().plusSeconds(600).getEpochSecond())
                        .putIf("nonce", nonce)
                        .put("key_storage", List.of("iso_18045_high"))
                        .build());

        private static CredentialDefinition demanding(CredentialDefinition definition) {
            return new CredentialDefinition(
                    definition.id(),
                    definition.display(),
                    definition.claims(),
                    definition.configurations(),
                    definition.validity(),
                    definition.binding(),
                    definition.decoys(),
                    definition.source(),
                    definition.status(),
                    Optional.of(new dev.intaglio.protocol.metadata.KeyAttestationsRequired(
                            List.of("iso_18045_high"), List.of())));
        }

        @Test
        @Requirement({"W-PROOF-9", "W-PROOF-6", "HAIP-W-3", "HAIP-W-4"})
        @DisplayName("go into each proof of a batch, and there is a credential for each key")
        void inProofs() {
            var outcome = receive(wallet(issuer).copies(3).keyAttester(provider).build(), issuer);
            assertThat(((Outcome.Received) outcome).credentials()).hasSize(3);
            var proofs = Json.readObject(requests.getLast().body()).object("proofs");
            assertThat(proofs.strings("jwt")).hasSize(3);
            assertThat(proofs.strings("jwt")).allSatisfy(compact -> {
                var proof = SignedJwt.parse(compact);
                var attestation = KeyAttestation.read(proof.header().string("key_attestation"));
                assertThat(attestation.nonce()).contains(proof.claims().string("nonce"));
                assertThat(attestation.expiresAt()).isPresent();
                assertThat(attestation.attestedKeys()).hasSize(3).anyMatch(proof::verifies);
            });
        }

        @Test
        @Requirement({"W-PROOF-9", "W-PROOF-7", "HAIP-W-3", "HAIP-W-4"})
        @DisplayName("can stand for all keys of a batch")
        void alone() {
            var outcome = receive(
                    wallet(issuer)
                            .copies(3)
                            .keyAttester(provider)
                            .attestationPreferred()
                            .build(),
                    issuer);
            assertThat(((Outcome.Received) outcome).credentials()).hasSize(3);
            var proofs = Json.readObject(requests.getLast().body()).object("proofs");
            assertThat(proofs.strings("attestation")).hasSize(1);
            var attestation = KeyAttestation.read(proofs.strings("attestation").getFirst());
            assertThat(nonces).containsExactly(attestation.nonce().orElseThrow());
            assertThat(attestation.attestedKeys()).hasSize(3);
            assertThat(requests).as("one request for the whole batch").hasSize(1);
        }

        @Test
        @Requirement("W-PROOF-9")
        @DisplayName("are not made by a wallet that has nobody to make them: the offer is left alone")
        void nobody() {
            var wallet = Wallet.builder(issuer.handler(), TrustAnchors.none())
                    .clock(clock)
                    .build();
            assertThatThrownBy(() -> receive(wallet, issuer))
                    .isInstanceOf(WalletException.class)
                    .hasMessageContaining("key attestation");
        }
    }
}
