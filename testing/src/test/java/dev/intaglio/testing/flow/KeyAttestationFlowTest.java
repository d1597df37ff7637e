package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.issuer.proof.KeyAttestationPolicy;
import dev.intaglio.issuer.proof.ProofPolicy;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.issuer.spi.KeyAttestationStatus;
import dev.intaglio.issuer.spi.KeyAttestationStatus.Standing;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.AdjustableClock;
import dev.intaglio.testing.TestAttester;
import dev.intaglio.testing.TestCredentialRequest;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestJwt;
import dev.intaglio.testing.TestWallet;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("App. D Key Attestations")
class KeyAttestationFlowTest {
    private static final String CARD = "card_dc_sd_jwt";
    private static final String DEFINITION = """
            id: card
            display: [{locale: en, name: Card}]
            claims: [{path: [given_name]}]
            formats: {dc+sd-jwt: {vct: "urn:example:card:1"}}
            """;
    private static final String REQUIRED = """
            key_attestations_required:
              key_storage: [iso_18045_high, "https://levels.example/good"]
              user_authentication: [iso_18045_high, iso_18045_moderate]
            """;

    private final AdjustableClock clock = AdjustableClock.at(TestIssuer.NOW);
    private final TestAttester attester = TestAttester.create(clock);
    private TestIssuer issuer = issuer(REQUIRED, attester.trusted());
    private TestWallet wallet = issuer.wallet();

    private TestIssuer issuer(String requirement, KeyAttestationPolicy policy) {
        return cards().definitions(List.of(CredentialDefinition.read(DEFINITION + requirement, "card.yaml")))
                .credentialIssuerOptions(
                        options -> options.batchSize(4).proofs(ProofPolicy.DEFAULT.withKeyAttestations(policy)))
                .build();
    }

    private void use(TestIssuer other) {
        issuer = other;
        wallet = issuer.wallet();
    }

    private TestIssuer.Builder cards() {
        var erika = new CredentialDataset(
                JsonObject.builder().put("given_name", "Erika").build());
        return TestIssuer.builder().clock(clock).datasets(entitlement -> new CredentialDatasets.Lookup.Ready(erika));
    }

    private TestCredentialRequest request() {
        return wallet.request(wallet.redeem(issuer.offer(CARD).offer()).token(), CARD);
    }

    private static List<SigningKey> newKeys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> SigningKey.generate(JWSAlgorithm.ES256))
                .toList();
    }

    private static JsonObject attestation(TestJwt attestation) {
        return JsonObject.builder()
                .put("attestation", List.of(attestation.compact()))
                .build();
    }

    private static UnaryOperator<TestJwt> with(TestJwt attestation, SigningKey key) {
        return proof -> proof.by(key).header("key_attestation", attestation.compact());
    }

    private static List<String> boundTo(List<Object> credentials) {
        return credentials.stream()
                .map(credential -> {
                    var jwt = credential.toString();
                    return SignedJwt.parse(jwt.substring(0, jwt.indexOf('~')))
                            .claims()
                            .object("cnf")
                            .object("jwk");
                })
                .map(jwk -> DpopProof.thumbprint(SignedJwt.publicKey(jwk)))
                .toList();
    }

    private static List<String> thumbprints(List<SigningKey> keys) {
        return keys.stream().map(key -> DpopProof.thumbprint(key.publicJwk())).toList();
    }

    @Nested
    @DisplayName("the metadata")
    class InMetadata {
        @Test
        @Requirement({"CI-META-26", "CI-META-27", "CI-META-28", "CI-KA-4"})
        @DisplayName("says which attestations are required, for both types of proof that can carry one")
        void required() {
            var types = wallet.issuerMetadata()
                    .write()
                    .object("credential_configurations_supported")
                    .object(CARD)
                    .object("proof_types_supported");
            assertThat(types.members()).containsOnlyKeys("jwt", "attestation");
            for (var type : types.members().keySet()) {
                assertThat(types.object(type).strings("proof_signing_alg_values_supported"))
                        .contains("ES256");
                assertThat(types.object(type)
                                .object("key_attestations_required")
                                .members())
                        .isEqualTo(Map.of(
                                "key_storage",
                                List.of("iso_18045_high", "https://levels.example/good"),
                                "user_authentication",
                                List.of("iso_18045_high", "iso_18045_moderate")));
            }
        }

        @Test
        @Requirement("CI-META-27")
        @DisplayName("says {} where any attestation will do, and nothing where none is required")
        void anyOrNone() {
            assertThat(type(issuer("key_attestations_required: {}", attester.trusted()), "jwt")
                            .object("key_attestations_required")
                            .members())
                    .isEmpty();
            var optional = issuer("", attester.trusted());
            assertThat(type(optional, "jwt").has("key_attestations_required")).isFalse();
            assertThat(type(optional, "attestation").has("key_attestations_required"))
                    .isFalse();
        }

        private JsonObject type(TestIssuer of, String type) {
            return of.credentialIssuer()
                    .metadata()
                    .write()
                    .object("credential_configurations_supported")
                    .object(CARD)
                    .object("proof_types_supported")
                    .object(type);
        }

        @Test
        @Requirement("CI-META-28")
        @DisplayName("cannot require what nobody is trusted to make: such an issuer does not start")
        void nobodyTrusted() {
            var definition = CredentialDefinition.read(DEFINITION + REQUIRED, "card.yaml");
            assertThatThrownBy(() -> TestIssuer.builder()
                            .definitions(List.of(definition))
                            .build())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no attester is trusted");
        }
    }

    @Nested
    @DisplayName("in a proof of type jwt")
    class InJwtProof {
        @Test
        @Requirement({"CI-KA-1", "CI-KA-2", "CI-PROOF-8", "CI-CRED-14", "HAIP-CI-7", "CI-SEC-2"})
        @DisplayName("gives a credential for each attested key: first the one that signed")
        void eachKey() {
            var keys = newKeys(3);
            var attestation = attester.attest(keys, wallet.nonce());
            var credentials = request().proof(with(attestation, keys.get(1))).credentials();
            assertThat(boundTo(credentials))
                    .containsExactlyElementsOf(thumbprints(List.of(keys.get(1), keys.get(0), keys.get(2))));
        }

        @Test
        @Requirement("CI-PROOF-9")
        @DisplayName("names its key by jwk, by the key's own kid or by its place among the attested keys")
        void named() {
            var keys = newKeys(2);
            for (var kid : List.of("1", keys.get(1).publicJwk().getKeyID())) {
                var attestation = attester.attest(keys, wallet.nonce());
                var credentials = request()
                        .proof(proof ->
                                with(attestation, keys.get(1)).apply(proof).namedBy(kid))
                        .credentials();
                assertThat(boundTo(credentials).getFirst())
                        .isEqualTo(thumbprints(keys).get(1));
            }
        }

        @Test
        @Requirement("CI-PROOF-9")
        @DisplayName("attests the key that signs, or the proof is refused")
        void anotherKey() {
            var keys = newKeys(3);
            var stranger = keys.get(2);
            var attestation = attester.attest(keys.subList(0, 2), wallet.nonce());
            assertRefused(request().proof(with(attestation, stranger)).send(), 400, "invalid_proof");
            for (var kid : List.of("0", "2", "-1", "stranger")) {
                assertRefused(
                        request()
                                .proof(proof ->
                                        with(attestation, stranger).apply(proof).namedBy(kid))
                                .send(),
                        400,
                        "invalid_proof");
            }
        }

        @Test
        @Requirement({"CI-KA-3", "CI-KA-5"})
        @DisplayName("must be there where it is required")
        void missing() {
            assertRefused(request().send(), 400, "invalid_proof");
        }

        @Test
        @Requirement("CI-PROOF-8")
        @DisplayName("has exp and a nonce of ours")
        void expiryAndNonce() {
            var keys = newKeys(1);
            var good = attester.attest(keys, wallet.nonce());
            var request = request();
            refused(request.proof(with(good.withoutClaim("exp"), keys.getFirst())), "invalid_proof");
            refused(request.proof(with(good.withoutClaim("nonce"), keys.getFirst())), "invalid_proof");
            refused(request.proof(with(good.nonce("theirs"), keys.getFirst())), "invalid_nonce");
            assertThat(request.proof(with(good, keys.getFirst())).credentials()).hasSize(1);
            refused(request.proof(with(good, keys.getFirst())), "invalid_nonce"); // used
        }

        @Test
        @Requirement({"CI-CRED-13", "CI-CRED-14", "CI-CRED-15"})
        @DisplayName("shared by the proofs of a batch counts once, and no more credentials come than a batch has")
        void batch() {
            var keys = newKeys(6);
            var nonce = wallet.nonce();
            var attestation = attester.attest(keys, nonce);
            var proofs = new ArrayList<String>();
            for (var key : List.of(keys.get(5), keys.get(4))) {
                proofs.add(wallet.keyProof(nonce, with(attestation, key)));
            }
            assertThat(boundTo(request().proofs(proofs).credentials()))
                    .containsExactlyElementsOf(
                            thumbprints(List.of(keys.get(5), keys.get(4), keys.get(0), keys.get(1))));
        }

        @Test
        @Requirement("CI-CRED-14")
        @DisplayName("of nobody the issuer trusts gives no key more than has signed")
        void untrusted() {
            use(cards().definitions(List.of(CredentialDefinition.read(DEFINITION, "card.yaml")))
                    .build());
            var keys = newKeys(3);
            var attestation = attester.attest(keys, wallet.nonce());
            assertThat(boundTo(request().proof(with(attestation, keys.get(2))).credentials()))
                    .containsExactly(thumbprints(keys).get(2));
        }
    }

    @Nested
    @DisplayName("as a proof of type attestation")
    class AsProof {
        @Test
        @Requirement({"CI-PROOF-12", "CI-CRED-14", "HAIP-CI-7"})
        @DisplayName("gives a credential for each attested key, in their order, without a proof by any of them")
        void eachKey() {
            var keys = newKeys(3);
            var credentials = request()
                    .proofs(attestation(attester.attest(keys, wallet.nonce())))
                    .credentials();
            assertThat(boundTo(credentials)).containsExactlyElementsOf(thumbprints(keys));
        }

        @Test
        @Requirement("CI-PROOF-12")
        @DisplayName("stands alone")
        void alone() {
            var one = attester.attest(newKeys(1), wallet.nonce()).compact();
            for (var several : List.of(List.of(one, one), List.of())) {
                refused(
                        request()
                                .proofs(JsonObject.builder()
                                        .put("attestation", several)
                                        .build()),
                        "invalid_proof");
            }
        }

        @Test
        @Requirement({"CI-PROOF-12", "CI-ERR-6", "CI-ERR-7"})
        @DisplayName("carries a nonce of ours; it needs no exp, and is used once")
        void nonce() {
            var good = attester.attest(newKeys(1), wallet.nonce()).withoutClaim("exp");
            var request = request();
            refused(request.proofs(attestation(good.withoutClaim("nonce"))), "invalid_proof");
            refused(request.proofs(attestation(good.nonce("theirs"))), "invalid_nonce");
            assertThat(request.proofs(attestation(good)).credentials()).hasSize(1);
            refused(request.proofs(attestation(good)), "invalid_nonce");
        }

        @Test
        @Requirement("CI-PROOF-12")
        @DisplayName("is taken only where the metadata offers it")
        void notOffered() {
            use(cards().definitions(List.of(CredentialDefinition.read(DEFINITION, "card.yaml")))
                    .build());
            refused(request().proofs(attestation(attester.attest(newKeys(1), wallet.nonce()))), "invalid_proof");
        }

        @ParameterizedTest
        @Requirement({"CI-KA-3", "CI-KA-4", "CI-KA-5"})
        @DisplayName("attests an accepted level of key storage and of user authentication")
        @ValueSource(strings = {"key_storage", "user_authentication"})
        void levels(String name) {
            var good = attester.attest(newKeys(1), wallet.nonce());
            var request = request();
            refused(request.proofs(attestation(good.claim(name, List.of("iso_18045_basic")))), "invalid_proof");
            refused(request.proofs(attestation(good.claim(name, List.of("ISO_18045_HIGH")))), "invalid_proof");
            refused(request.proofs(attestation(good.claim(name, List.of()))), "invalid_proof");
            refused(request.proofs(attestation(good.claim(name, "iso_18045_high"))), "invalid_proof");
            refused(request.proofs(attestation(good.withoutClaim(name))), "invalid_proof");
            assertThat(request.proofs(attestation(
                                    good.claim(name, List.of("iso_18045_basic", "iso_18045_high", "urn:other"))))
                            .credentials())
                    .hasSize(1);
        }

        @Test
        @Requirement({"CI-KA-1", "CI-PROOF-6", "CI-PROOF-12"})
        @DisplayName("is typed, and signed by an asymmetric algorithm of the metadata")
        void header() {
            var good = attester.attest(newKeys(1), wallet.nonce());
            var request = request();
            for (var bad : List.of(
                    good.type("keyattestation+jwt"),
                    good.type("JWT"),
                    good.withoutHeader("typ"),
                    good.unsigned(),
                    good.hmac(new byte[32]),
                    good.header("crit", List.of("exp")))) {
                refused(request.proofs(attestation(bad)), "invalid_proof");
            }
            use(cards().definitions(List.of(CredentialDefinition.read(DEFINITION + REQUIRED, "card.yaml")))
                    .credentialIssuerOptions(options -> options.proofs(
                            new ProofPolicy(List.of("ES384"), Duration.ofMinutes(5), Duration.ofMinutes(1))
                                    .withKeyAttestations(attester.trusted())))
                    .build());
            refused(request().proofs(attestation(attester.attest(newKeys(1), wallet.nonce()))), "invalid_proof");
        }

        @Test
        @Requirement({"CI-KA-2", "CI-PROOF-5"})
        @DisplayName("says when it was made, and of which public keys, each once")
        void claims() throws Exception {
            var keys = newKeys(2);
            var good = attester.attest(keys, wallet.nonce());
            var jwk = SignedJwt.jwk(keys.getFirst().publicJwk());
            var request = request();
            for (var bad : List.of(
                    good.withoutClaim("iat"),
                    good.claim("iat", "now"),
                    good.issuedAt(clock.instant().plusSeconds(120)),
                    good.claim("exp", clock.instant().getEpochSecond()),
                    good.withoutClaim("attested_keys"),
                    good.claim("attested_keys", List.of()),
                    good.claim("attested_keys", jwk),
                    good.claim("attested_keys", List.of(jwk, jwk)),
                    good.claim("attested_keys", List.of(jwk, jwk.with("kid", "another"))),
                    good.claim("attested_keys", List.of(Map.of("kty", "oct", "k", "AAAA"))),
                    good.claim(
                            "attested_keys",
                            List.of(new ECKeyGenerator(Curve.P_256).generate().toJSONObject())),
                    good.claim("certification", 1),
                    good.claim("status", "good"))) {
                refused(request.proofs(attestation(bad)), "invalid_proof");
            }
            assertThat(request.proofs(attestation(good)).credentials()).hasSize(2);
        }

        @Test
        @Requirement({"CI-KA-3", "CI-KA-5", "HAIP-CI-7"})
        @DisplayName("is by an attester we trust: certified, the anchor left out, not self-signed")
        void trusted() {
            var stranger = TestAttester.create(clock);
            var good = attester.attest(newKeys(1), wallet.nonce());
            var request = request();
            var leaf = attester.key().chain().getFirst();
            for (var bad : List.of(
                    good.by(stranger.key()).certifiedBy(stranger.key().chain()),
                    good.signedBy(stranger.key()),
                    good.certifiedBy(
                            List.of(leaf, attester.certificationAuthority().anchor())),
                    good.certifiedBy(List.of(attester.certificationAuthority().anchor())),
                    good.header("x5c", List.of()),
                    good.header("x5c", List.of("AAAA")),
                    good.withoutHeader("x5c"),
                    good.signature(signature -> {
                        signature[3] ^= 1;
                        return signature;
                    }))) {
                refused(request.proofs(attestation(bad)), "invalid_proof");
            }
            assertThat(request.proofs(attestation(good)).credentials()).hasSize(1);
        }

        @Test
        @Requirement({"CI-KA-1", "HAIP-CI-6"})
        @DisplayName("may be by a key we know instead")
        void knownKey() {
            use(issuer(
                    REQUIRED,
                    KeyAttestationPolicy.trusting(List.of(attester.key().publicJwk()))));
            var byKey = attester.attest(newKeys(1), wallet.nonce()).withoutHeader("x5c");
            assertThat(request().proofs(attestation(byKey)).credentials()).hasSize(1);
            var unknown = attester.attest(newKeys(1), wallet.nonce())
                    .withoutHeader("x5c")
                    .signedBy(SigningKey.generate(JWSAlgorithm.ES256));
            refused(request().proofs(attestation(unknown)), "invalid_proof");
        }

        @Test
        @Requirement("CI-KA-3")
        @DisplayName("was not revoked, where it says how that can be learnt")
        void status() {
            var asked = new ArrayList<JsonObject>();
            use(issuer(REQUIRED, attester.trusted().withStatus(status -> {
                asked.add(status);
                return status.object("status_list").integer("idx") == 7
                        ? new Standing.Revoked("index 7")
                        : new Standing.Valid();
            })));
            assertThat(request()
                            .proofs(attestation(attester.attest(newKeys(1), wallet.nonce())))
                            .credentials())
                    .hasSize(1);
            assertThat(asked).isEmpty();
            var uri = URI.create("https://wallet-provider.example/status/1");
            assertThat(request()
                            .proofs(attestation(attester.attest(newKeys(1), wallet.nonce())
                                    .claim("status", Map.of("status_list", Map.of("idx", 8, "uri", uri.toString())))))
                            .credentials())
                    .hasSize(1);
            refused(
                    request()
                            .proofs(attestation(attester.attest(newKeys(1), wallet.nonce())
                                    .claim("status", Map.of("status_list", Map.of("idx", 7, "uri", uri.toString()))))),
                    "invalid_proof");
        }

        @Test
        @Requirement("CI-KA-3")
        @DisplayName(
                "was not revoked as far as anybody knows: where that cannot be learnt it is refused, unless the operator accepts that")
        void unknownStatus() {
            KeyAttestationStatus offline = status -> new Standing.Unknown("the list cannot be fetched");
            var claim = Map.of("status_list", Map.of("idx", 7, "uri", "https://wallet-provider.example/status/1"));
            use(issuer(REQUIRED, attester.trusted().withStatus(offline)));
            refused(
                    request()
                            .proofs(attestation(
                                    attester.attest(newKeys(1), wallet.nonce()).claim("status", claim))),
                    "invalid_proof");
            use(issuer(REQUIRED, attester.trusted().withStatus(offline.acceptingUnknown())));
            assertThat(request()
                            .proofs(attestation(
                                    attester.attest(newKeys(1), wallet.nonce()).claim("status", claim)))
                            .credentials())
                    .hasSize(1);
        }
    }

    private static void refused(TestCredentialRequest request, String error) {
        Response answer = request.send();
        assertRefused(answer, 400, error);
    }
}
