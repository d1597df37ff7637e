package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.KeyProofTypes;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.dataintegrity.Contexts;
import dev.intaglio.credential.dataintegrity.Cryptosuite;
import dev.intaglio.credential.dataintegrity.DataIntegrity;
import dev.intaglio.credential.sdjwtvc.SdJwtVcVerifier;
import dev.intaglio.issuer.proof.ProofPolicy;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.credential.Proofs;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.protocol.proof.DidKeys;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestDids;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestWallet;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.Wallet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("App. F.2 Key proofs of type di_vp")
class PresentationProofFlowTest {
    private static final String CONTEXT = "https://www.w3.org/ns/credentials/v2";
    private static final DataIntegrity PROOFS = new DataIntegrity(Contexts.shipped());

    private final TestIssuer issuer = TestIssuer.create();
    private final TestWallet wallet = issuer.wallet();
    private final TokenResponse token =
            wallet.redeem(issuer.offer(TestIssuer.PID).offer()).token();
    private final SigningKey key = SigningKey.generate(JWSAlgorithm.ES256);

    /// A presentation about to be signed, of which every part can be changed.
    private record Draft(JsonObject document, JsonObject options, Cryptosuite suite, SigningKey key) {
        Draft document(String name, Object value) {
            return new Draft(document.with(name, value), options, suite, key);
        }

        Draft option(String name, Object value) {
            return new Draft(document, options.with(name, value), suite, key);
        }

        Draft without(String option) {
            return new Draft(document, options.without(option), suite, key);
        }

        JsonObject signed() {
            return PROOFS.sign(document, options, suite, key);
        }
    }

    private Draft draft(SigningKey by, Cryptosuite suite, String verificationMethod) {
        return new Draft(
                JsonObject.builder()
                        .put("@context", List.of(CONTEXT))
                        .put("type", List.of("VerifiablePresentation"))
                        .put("holder", verificationMethod.replaceAll("#.*", ""))
                        .build(),
                JsonObject.builder()
                        .put("created", TestIssuer.NOW.toString())
                        .put("verificationMethod", verificationMethod)
                        .put("proofPurpose", "authentication")
                        .put("domain", issuer.identifier().toString())
                        .put("challenge", wallet.nonce())
                        .build(),
                suite,
                by);
    }

    private Draft draft() {
        return draft(key, Cryptosuite.ECDSA_RDFC_2019, TestDids.key(key));
    }

    private Response send(JsonObject... presentations) {
        return wallet.request(token, TestIssuer.PID)
                .proofs(JsonObject.builder()
                        .put("di_vp", List.of(presentations))
                        .build())
                .send();
    }

    private void assertBoundTo(SigningKey expected, Response response) {
        assertThat(response.status()).as(response.bodyText()).isEqualTo(200);
        var credential = response.bodyObject().objects("credentials").getFirst().string("credential");
        var verified =
                (Verification.Verified) new SdJwtVcVerifier().verify(credential, issuer.anchors(), TestIssuer.NOW);
        assertThat(verified.holderKey().map(DpopProof::thumbprint))
                .contains(DpopProof.thumbprint(expected.publicJwk()));
    }

    @Nested
    @DisplayName("a good proof binds the credential to its key")
    class Good {
        @ParameterizedTest
        @CsvSource({
            "ECDSA_RDFC_2019, ES256",
            "ECDSA_RDFC_2019, ES384",
            "EDDSA_RDFC_2022, EdDSA",
            "ECDSA_JCS_2019, ES256",
            "ECDSA_JCS_2019, ES384",
            "EDDSA_JCS_2022, EdDSA"
        })
        @Requirement({"CI-PROOF-1", "CI-PROOF-4", "CI-PROOF-10", "CI-PROOF-11", "CI-CRED-13"})
        @DisplayName("by each suite of the metadata, named by did:key or did:jwk")
        void suites(Cryptosuite suite, String algorithm) {
            var by = SigningKey.generate(JWSAlgorithm.parse(algorithm));
            assertThat(wallet.issuerMetadata()
                            .configurations()
                            .get(TestIssuer.PID)
                            .proofTypes()
                            .get("di_vp")
                            .signingAlgorithms())
                    .contains(suite.identifier());
            assertBoundTo(by, send(draft(by, suite, TestDids.key(by)).signed()));
            assertBoundTo(by, send(draft(by, suite, TestDids.jwk(by)).signed()));
        }

        @Test
        @Requirement("CI-PROOF-11")
        @DisplayName(
                "with properties nobody knows, a proof in an array, another proof beside it, without holder and created")
        void shapes() {
            assertBoundTo(key, send(draft().signed().with("foo", "bar").with("nothing", List.of())));
            var overText = draft(key, Cryptosuite.ECDSA_JCS_2019, TestDids.key(key));
            assertBoundTo(key, send(overText.document("foo", "bar").signed()));
            var signed = draft().signed();
            assertBoundTo(key, send(signed.with("proof", List.of(signed.object("proof")))));
            signed = draft().signed();
            var other =
                    draft().option("proofPurpose", "assertionMethod").signed().object("proof");
            assertBoundTo(key, send(signed.with("proof", List.of(other, signed.object("proof")))));
            var bare = draft().without("created");
            assertBoundTo(
                    key,
                    send(new Draft(bare.document().without("holder"), bare.options(), bare.suite(), key).signed()));
            assertBoundTo(
                    key,
                    send(draft().document(
                                    "holder", Map.of("id", TestDids.key(key).replaceAll("#.*", "")))
                            .signed()));
        }

        @Test
        @Requirement("CI-PROOF-10")
        @DisplayName("of data model 1.1, whose context alone does not know such proofs")
        void olderModel() {
            assertBoundTo(
                    key,
                    send(draft().document(
                                    "@context",
                                    List.of(
                                            "https://www.w3.org/2018/credentials/v1",
                                            "https://w3id.org/security/data-integrity/v2"))
                            .signed()));
        }

        @Test
        @Requirement({"CI-CRED-13", "CI-CRED-8"})
        @DisplayName("several, each for a credential of its own")
        void batch() {
            var nonce = wallet.nonce();
            var other = SigningKey.generate(JWSAlgorithm.EdDSA);
            var response = send(
                    draft().option("challenge", nonce).signed(),
                    draft(other, Cryptosuite.EDDSA_JCS_2022, TestDids.key(other))
                            .option("challenge", nonce)
                            .signed());
            assertThat(response.bodyObject().objects("credentials")).hasSize(2);
        }
    }

    @Nested
    @DisplayName("is refused")
    class Refused {
        static Stream<Arguments> changes() {
            return Stream.of(
                    change("a domain that is another issuer", draft -> draft.option("domain", "https://other.example")),
                    change("no domain", draft -> draft.without("domain")),
                    change(
                            "two domains",
                            draft -> draft.option("domain", List.of("https://issuer.example", "https://b.example"))),
                    change("no challenge", draft -> draft.without("challenge")),
                    change("a purpose that is to assert", draft -> draft.option("proofPurpose", "assertionMethod")),
                    change("created in the future", draft -> draft.option("created", "2026-11-03T10:17:00Z")),
                    change("created long ago", draft -> draft.option("created", "2026-11-03T10:00:00Z")),
                    change("created without a time zone", draft -> draft.option("created", "2026-11-03T10:15:30")),
                    change("expired", draft -> draft.option("expires", "2026-11-03T10:15:30Z")),
                    change("a previous proof", draft -> draft.option("previousProof", "urn:example:1")),
                    change(
                            "a holder that does not control the key",
                            draft -> draft.document("holder", "did:example:somebody")),
                    change(
                            "a holder that is an object without id",
                            draft -> draft.document("holder", Map.of("type", "Person"))),
                    change("no presentation", draft -> draft.document("type", List.of("VerifiableCredential"))),
                    change(
                            "a context that does not come first",
                            draft -> draft.document(
                                    "@context", List.of("https://w3id.org/security/data-integrity/v2", CONTEXT))),
                    change(
                            "a key of a DID method nobody knows",
                            draft -> draft.option("verificationMethod", "did:example:a#b")),
                    change(
                            "a key that is somebody else's",
                            draft -> draft.option(
                                    "verificationMethod", TestDids.key(SigningKey.generate(JWSAlgorithm.ES256)))));
        }

        private static Arguments change(String name, UnaryOperator<Draft> change) {
            return Arguments.of(named(name, change));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("changes")
        @Requirement({"CI-PROOF-1", "CI-PROOF-7", "CI-PROOF-10", "CI-PROOF-11", "CI-ERR-6"})
        @DisplayName("with whatever the standard forbids")
        void changed(UnaryOperator<Draft> change) {
            var draft = change.apply(draft());
            // Holder and context are not looked at by the suite over the text, so that what is refused is the rule.
            var signed = new Draft(draft.document(), draft.options(), Cryptosuite.ECDSA_JCS_2019, key).signed();
            assertRefused(send(signed), 400, "invalid_proof");
            assertBoundTo(key, send(draft().signed()));
        }

        @Test
        @Requirement({"CI-PROOF-11", "CI-PROOF-1"})
        @DisplayName("when anything in it was changed after it was signed")
        void tampered() {
            for (var suite : List.of(Cryptosuite.ECDSA_RDFC_2019, Cryptosuite.ECDSA_JCS_2019)) {
                var method = TestDids.key(key);
                var old = draft(key, suite, method).signed();
                var proof = old.object("proof");
                assertRefused(send(old.with("proof", proof.with("challenge", wallet.nonce()))), 400, "invalid_proof");
                assertRefused(send(old.with("proof", proof.without("created"))), 400, "invalid_proof");
                assertRefused(send(old.with("proof", proof.with("proofValue", "z1"))), 400, "invalid_proof");
                assertRefused(send(old.with("proof", proof.with("proofValue", "u1"))), 400, "invalid_proof");
                assertRefused(send(old.without("holder").with("id", "urn:example:1")), 400, "invalid_proof");
            }
        }

        @Test
        @Requirement({"CI-PROOF-1", "CI-PROOF-10"})
        @DisplayName("when its contexts leave the challenge out of what is signed")
        void unsignedChallenge() {
            var signed = draft().signed();
            var withoutMeaning = signed.with("@context", List.of("https://www.w3.org/2018/credentials/v1"));
            assertRefused(send(withoutMeaning), 400, "invalid_proof");
        }

        @Test
        @Requirement({"CI-ERR-7", "CI-PROOF-1"})
        @DisplayName("with a challenge that is not ours, or was used: invalid_nonce")
        void nonces() {
            assertRefused(send(draft().option("challenge", "guessed").signed()), 400, "invalid_nonce");
            var used = draft().signed();
            assertThat(send(used).status()).isEqualTo(200);
            assertRefused(send(used), 400, "invalid_nonce");
        }

        @Test
        @Requirement("CI-PROOF-13")
        @DisplayName("twice by one key")
        void sameKey() {
            var nonce = wallet.nonce();
            var first = draft().option("challenge", nonce).signed();
            assertRefused(send(first, draft().option("challenge", nonce).signed()), 400, "invalid_proof");
        }

        @Test
        @DisplayName("with two proofs that could both be meant")
        void ambiguous() {
            var signed = draft().signed();
            var proof = signed.object("proof");
            assertRefused(send(signed.with("proof", List.of(proof, proof))), 400, "invalid_proof");
            assertRefused(send(signed.with("proof", List.of())), 400, "invalid_proof");
        }
    }

    @Nested
    @DisplayName("and the wallet")
    class OurWallet {
        private Outcome.Received received(Wallet.Builder options, TestIssuer from, String configuration) {
            var built = options.clock(from.clock()).build();
            var offer = built.resolve(from.offer(configuration).linkByValue());
            return (Outcome.Received) built.receive(offer, Optional.empty());
        }

        private Wallet.Builder wallet(TestIssuer of) {
            return Wallet.builder(of.handler(), of.anchors());
        }

        @Test
        @Requirement({"W-PROOF-3", "W-PROOF-8", "CI-PROOF-10"})
        @DisplayName("makes them where it is told to, and jwt where it is not")
        void made() {
            var sent = new ArrayList<JsonObject>();
            var watched = Wallet.builder(watchedBy(sent), issuer.anchors());
            assertThat(received(watched.proofPreferred(Proofs.DataIntegrity.TYPE), issuer, TestIssuer.DIPLOMA)
                            .credentials())
                    .hasSize(1);
            var presentation = sent.getFirst().objects("di_vp").getFirst();
            assertThat(presentation.strings("type")).containsExactly("VerifiablePresentation");
            var proof = presentation.object("proof");
            assertThat(proof.string("proofPurpose")).isEqualTo("authentication");
            assertThat(proof.string("domain")).isEqualTo(issuer.identifier().toString());
            assertThat(proof.string("challenge")).isNotEmpty();
            assertThat(PROOFS.verifies(
                            presentation.without("proof"), proof, DidKeys.resolve(proof.string("verificationMethod"))))
                    .isTrue();

            received(Wallet.builder(watchedBy(sent), issuer.anchors()), issuer, TestIssuer.DIPLOMA);
            assertThat(sent.getLast().members()).containsOnlyKeys("jwt");
        }

        private Handler watchedBy(List<JsonObject> sent) {
            return request -> {
                if (request.uri().getPath().endsWith("/credential")) {
                    sent.add(Json.readObject(request.body()).object("proofs"));
                }
                return issuer.handler().handle(request);
            };
        }

        @ParameterizedTest
        @CsvSource({
            "cwt, eu.europa.ec.eudi.pid_mso_mdoc",
            "cwt, eu.europa.ec.eudi.pid_vc_sd_jwt",
            "ldp_vp, eu.europa.ec.eudi.pid_vc_sd_jwt"
        })
        @DisplayName("and types of drafts are taken where both were told to, and only there")
        void ofDrafts(String type, String configuration) {
            assertThat(issuer.credentialIssuer()
                            .metadata()
                            .configurations()
                            .get(configuration)
                            .proofTypes())
                    .doesNotContainKey(type);
            var types = KeyProofTypes.onClassPath().named(List.of("jwt", type));
            var lenient = TestIssuer.builder()
                    .credentialIssuerOptions(options -> options.proofs(ProofPolicy.DEFAULT.withTypes(types)))
                    .build();
            var credentials = received(
                            wallet(lenient)
                                    .proofTypes(types)
                                    .proofPreferred(type)
                                    .copies(2),
                            lenient,
                            configuration)
                    .credentials();
            assertThat(credentials).hasSize(2);
            assertThat(lenient.credentialIssuer()
                            .metadata()
                            .configurations()
                            .get(configuration)
                            .proofTypes())
                    .containsOnlyKeys("jwt", type);
        }
    }
}
