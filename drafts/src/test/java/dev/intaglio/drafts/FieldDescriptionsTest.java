package dev.intaglio.drafts;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.authorization.CodeFlow;
import dev.intaglio.authorization.client.RegisteredClient;
import dev.intaglio.authorization.client.RegisteredClients;
import dev.intaglio.authorization.grant.RequestableCredential;
import dev.intaglio.authorization.interaction.UserInteraction;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.credential.KeyProofTypes;
import dev.intaglio.credential.Verification;
import dev.intaglio.issuer.proof.ProofPolicy;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.Pkce;
import dev.intaglio.protocol.offer.CredentialOffer;
import dev.intaglio.protocol.offer.CredentialOfferUri;
import dev.intaglio.protocol.offer.TxCode;
import dev.intaglio.protocol.proof.KeyProofOrder;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.store.InMemoryStores;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Whoever follows a published description of this system gets a credential, in tolerant mode")
class FieldDescriptionsTest {
    private static final String CLIENT = "wallet";
    private static final String REDIRECT = "https://wallet.example/cb";
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private final HouseOfDrafts house = HouseOfDrafts.of(
            "tolerant",
            options -> options.dpopNonces(false)
                    .authorizationServerOptions(server -> server.registeredClients(
                                    RegisteredClients.of(List.of(new RegisteredClient(
                                            CLIENT, List.of(REDIRECT), new RegisteredClient.Method.None()))))
                            .authorizationCode(CodeFlow.of(
                                    new InMemoryStores().codeFlow(),
                                    new UserInteraction.AutoApproval(TestIssuer.ERIKA),
                                    List.of(
                                            RequestableCredential.of(TestIssuer.PID, TestIssuer.PID),
                                            RequestableCredential.of(TestIssuer.DIPLOMA, "diploma"))))));
    private final FieldClient client = FieldClient.at(house);

    private CredentialOffer offer(String... configurations) {
        return offered(house.issuer().offer(configurations).linkByValue());
    }

    private static CredentialOffer offered(String link) {
        return ((CredentialOfferUri.ByValue) CredentialOfferUri.read(link)).offer();
    }

    private static JsonObject body(Object... members) {
        var body = JsonObject.builder();
        for (var i = 0; i < members.length; i += 2) {
            body.put((String) members[i], members[i + 1]);
        }
        return body.build();
    }

    private Verification.Verified verified(String format, Object credential) {
        var verifier = CredentialVerifiers.onClassPath().find(format).orElseThrow();
        var outcome = verifier.verify(
                credential, house.issuer().anchors(), house.issuer().clock().instant());
        assertThat(outcome).isInstanceOf(Verification.Verified.class);
        return (Verification.Verified) outcome;
    }

    private static String error(Response response) {
        assertThat(response.status()).as(response.bodyText()).isEqualTo(400);
        return response.bodyObject().string("error");
    }

    private static void assertBound(Verification.Verified verified, SigningKey key) {
        assertThat(verified.holderKey().map(DpopProof::thumbprint)).contains(DpopProof.thumbprint(key.publicJwk()));
    }

    /// Pushes an authorization request, lets the user's browser follow it, and redeems what comes.
    private JsonObject tokenByCode(FieldClient asking, Form wanted) {
        var server = house.issuer().identifier();
        var pushed = FieldClient.success(asking.post(
                URI.create(server + "/par"),
                wanted.with("response_type", "code")
                        .with("client_id", CLIENT)
                        .with("redirect_uri", REDIRECT)
                        .with("state", "s")
                        .with("code_challenge", Pkce.challenge(VERIFIER))
                        .with("code_challenge_method", Pkce.S256)));
        var address = URI.create(server + "/authorize?"
                + Form.empty()
                        .with("client_id", CLIENT)
                        .with("request_uri", pushed.string("request_uri"))
                        .encoded());
        var location =
                house.handler().handle(Request.get(address)).header("Location").orElseThrow();
        var code = Form.read(URI.create(location).getRawQuery()).value("code").orElseThrow();
        return FieldClient.success(asking.post(
                URI.create(server + "/token"),
                Form.empty()
                        .with("grant_type", "authorization_code")
                        .with("code", code)
                        .with("client_id", CLIENT)
                        .with("redirect_uri", REDIRECT)
                        .with("code_verifier", VERIFIER)));
    }

    @Nested
    @DisplayName("A: a short recipe, like draft 13")
    class ShortRecipe {
        @Test
        @DisplayName("metadata names the credential endpoint and, in the singular, the authorization server")
        void metadata() {
            var metadata = client.get("/.well-known/openid-credential-issuer");

            assertThat(metadata.object("credential_configurations_supported").has(TestIssuer.PID))
                    .isTrue();
            assertThat(metadata.string("credential_endpoint")).isEqualTo(TestIssuer.IDENTIFIER + "/credential");
            assertThat(metadata.string("authorization_server")).isEqualTo(TestIssuer.IDENTIFIER.toString());
        }

        @ParameterizedTest
        @CsvSource({"jwt_vc_json, diploma_jwt_vc_json", "mso_mdoc, org.iso.18013.5.1.mDL"})
        @DisplayName(
                "format, credential_configuration_id and a proof with the c_nonce of the token give a credential bound to its key")
        void credential(String format, String configuration) {
            var key = SigningKey.generate(JWSAlgorithm.ES256);
            var token = client.redeem(offer(configuration), Map.of());

            var proof = client.proof(token.string("c_nonce"), key, jwt -> jwt);
            var answer = FieldClient.success(client.ask(
                    "/credential",
                    token,
                    body(
                            "format",
                            format,
                            "credential_configuration_id",
                            configuration,
                            "proof",
                            FieldClient.one(proof))));

            assertBound(verified(format, answer.string("credential")), key);
            if (format.equals("jwt_vc_json")) {
                var claims = SignedJwt.parse(answer.string("credential")).claims();
                assertThat(claims.object("cnf").object("jwk").string("x"))
                        .isEqualTo(SignedJwt.jwk(key.publicJwk()).string("x"));
            }
        }

        @Test
        @DisplayName("the c_nonce of a credential response is good for the next proof, and each only once")
        void nextNonce() {
            var token = client.redeem(offer("diploma_jwt_vc_json", TestIssuer.MDL), Map.of());
            var first = FieldClient.success(ask(token, "diploma_jwt_vc_json", "jwt_vc_json", token.string("c_nonce")));

            assertThat(error(ask(token, TestIssuer.MDL, "mso_mdoc", token.string("c_nonce"))))
                    .isIn("invalid_proof", "invalid_nonce");
            assertThat(ask(token, TestIssuer.MDL, "mso_mdoc", first.string("c_nonce"))
                            .status())
                    .isEqualTo(200);
        }

        private Response ask(JsonObject token, String configuration, String format, String nonce) {
            return client.ask(
                    "/credential",
                    token,
                    body(
                            "format",
                            format,
                            "credential_configuration_id",
                            configuration,
                            "proof",
                            FieldClient.one(client.proof(nonce))));
        }

        @Test
        @DisplayName("a nonce made by the wallet is refused, and the refusal brings a good one")
        void nonceOfTheWallet() {
            var token = client.redeem(offer("diploma_jwt_vc_json"), Map.of());
            var refused = ask(token, "diploma_jwt_vc_json", "jwt_vc_json", "made-by-the-wallet");

            assertThat(error(refused)).isIn("invalid_proof", "invalid_nonce");
            assertThat(ask(
                                    token,
                                    "diploma_jwt_vc_json",
                                    "jwt_vc_json",
                                    refused.bodyObject().string("c_nonce"))
                            .status())
                    .isEqualTo(200);
        }

        @Test
        @DisplayName("a format that the configuration does not have is an error, never another format")
        void otherFormat() {
            var token = client.redeem(offer("diploma_jwt_vc_json"), Map.of());

            assertThat(error(ask(token, "diploma_jwt_vc_json", "mso_mdoc", token.string("c_nonce"))))
                    .isEqualTo("unsupported_credential_format");
            assertThat(error(ask(token, "diploma_jwt_vc_json", "vc+sd-jwt", token.string("c_nonce"))))
                    .isEqualTo("unsupported_credential_format");
        }

        @Test
        @DisplayName("a proof that is a CWT is taken where the operator takes them")
        void cwt() {
            var types = KeyProofTypes.onClassPath();
            var withCwt = HouseOfDrafts.of(
                    "tolerant",
                    options -> options.credentialIssuerOptions(
                            issuer -> issuer.proofs(ProofPolicy.DEFAULT.withTypes(types.named(List.of("cwt"))))));
            var asking = FieldClient.at(withCwt);
            var offer = offered(withCwt.issuer().offer(TestIssuer.MDL).linkByValue());
            var token = asking.redeem(offer, Map.of());
            var key = SigningKey.generate(JWSAlgorithm.ES256);
            var configuration = withCwt.issuer()
                    .credentialIssuer()
                    .metadata()
                    .configurations()
                    .get(TestIssuer.MDL);
            var cwt = types.find("cwt")
                    .orElseThrow()
                    .make(
                            key,
                            new KeyProofOrder(
                                    TestIssuer.IDENTIFIER,
                                    TestIssuer.NOW,
                                    Optional.of(token.string("c_nonce")),
                                    Optional.empty(),
                                    configuration.proofTypes().get("cwt").signingAlgorithms(),
                                    configuration.bindingMethods()));

            var answer = FieldClient.success(asking.ask(
                    "/credential",
                    token,
                    body(
                            "format",
                            "mso_mdoc",
                            "credential_configuration_id",
                            TestIssuer.MDL,
                            "proof",
                            body("proof_type", "cwt", "cwt", cwt))));

            var outcome = CredentialVerifiers.onClassPath()
                    .find("mso_mdoc")
                    .orElseThrow()
                    .verify(answer.string("credential"), withCwt.issuer().anchors(), TestIssuer.NOW);
            assertBound((Verification.Verified) outcome, key);
        }

        @Test
        @DisplayName("without an offer, a scope of the credential gives the token")
        void byScope() {
            var token = tokenByCode(client, Form.empty().with("scope", "diploma"));
            var answer = FieldClient.success(client.ask(
                    "/credential",
                    token,
                    body(
                            "format",
                            "dc+sd-jwt",
                            "credential_configuration_id",
                            TestIssuer.DIPLOMA,
                            "proof",
                            FieldClient.one(client.proof(
                                    token.string("c_nonce"),
                                    SigningKey.generate(JWSAlgorithm.ES256),
                                    jwt -> jwt.issuer(CLIENT))))));

            assertThat(verified("dc+sd-jwt", answer.string("credential")).type())
                    .isEqualTo("urn:intaglio:diploma:1");
        }

        @Test
        @DisplayName(
                "a transaction_id comes instead of what is not ready, and gets it at the deferred credential endpoint")
        void deferred() {
            var ready = new boolean[1];
            var later = waiting(ready);
            var asking = FieldClient.at(later);
            var token = asking.redeem(
                    offered(later.issuer().offer("diploma_jwt_vc_json").linkByValue()), Map.of());
            var first = FieldClient.success(asking.ask(
                    "/credential",
                    token,
                    body(
                            "format",
                            "jwt_vc_json",
                            "credential_configuration_id",
                            "diploma_jwt_vc_json",
                            "proof",
                            FieldClient.one(asking.proof(token.string("c_nonce"))))));
            assertThat(first.has("credential")).isFalse();
            var again = body("transaction_id", first.string("transaction_id"));

            var pending = asking.ask("/deferred_credential", token, again);
            assertThat(pending.bodyObject().integer("interval")).isEqualTo(9);
            assertThat(error(pending)).isEqualTo("issuance_pending");
            ready[0] = true;
            var answer = FieldClient.success(asking.ask("/deferred_credential", token, again));

            assertThat(SignedJwt.parse(answer.string("credential")).claims().has("vc"))
                    .isTrue();
        }
    }

    private static HouseOfDrafts waiting(boolean[] ready) {
        var samples = TestIssuer.sampleDatasets();
        return HouseOfDrafts.of(
                "tolerant",
                options -> options.datasets(entitlement ->
                        ready[0] ? samples.find(entitlement) : new Lookup.Pending(Duration.ofSeconds(9))));
    }

    @Nested
    @DisplayName("B: a registry's API, 1.0 in a compatibility envelope")
    class Registry {
        private Response ask(JsonObject token, JsonObject request) {
            return client.ask("/credential", token, request);
        }

        @Test
        @DisplayName("one selector and proofs, with format and vct beside them, are answered in the envelope")
        void envelope() {
            var token = client.redeem(offer(TestIssuer.DIPLOMA), Map.of());
            var response = ask(
                    token,
                    body(
                            "credential_configuration_id",
                            TestIssuer.DIPLOMA,
                            "format",
                            "dc+sd-jwt",
                            "proof",
                            FieldClient.one(client.proof("unused")),
                            "proofs",
                            FieldClient.several(client.proof(token.string("c_nonce"))),
                            "vct",
                            "urn:intaglio:diploma:1"));

            var answer = FieldClient.success(response);
            assertThat(answer.string("credential"))
                    .isEqualTo(answer.objects("credentials").getFirst().string("credential"));
            assertThat(answer.string("format")).isEqualTo("dc+sd-jwt");
            assertThat(answer.has("credential_profile")).isTrue();
            assertThat(answer.string("c_nonce")).isNotEqualTo(token.string("c_nonce"));
            assertThat(answer.integer("c_nonce_expires_in")).isEqualTo(600);
        }

        @Test
        @DisplayName("one selector and a single proof are answered in the same envelope")
        void singleProof() {
            var token = client.redeem(offer(TestIssuer.DIPLOMA), Map.of());
            var answer = FieldClient.success(ask(
                    token,
                    body(
                            "credential_configuration_id",
                            TestIssuer.DIPLOMA,
                            "proof",
                            FieldClient.one(client.proof(token.string("c_nonce"))))));

            assertThat(answer.string("credential"))
                    .isEqualTo(answer.objects("credentials").getFirst().string("credential"));
            assertThat(answer.string("format")).isEqualTo("dc+sd-jwt");
            assertThat(answer.has("c_nonce")).isTrue();
        }

        @Test
        @DisplayName("errors are OpenID4VCI's, never problem documents")
        void errors() {
            var token = client.redeem(offer(TestIssuer.DIPLOMA), Map.of());
            var refused = ask(
                    token,
                    body(
                            "credential_configuration_id",
                            TestIssuer.DIPLOMA,
                            "proof",
                            FieldClient.one(client.proof(
                                    token.string("c_nonce"),
                                    SigningKey.generate(JWSAlgorithm.ES256),
                                    jwt -> jwt.audience("https://another.example")))));
            assertThat(error(refused)).isEqualTo("invalid_proof");
            assertThat(refused.bodyObject().has("error_description")).isTrue();
            var unknown = body("access_token", "nobody-knows-it", "token_type", "Bearer");
            var stranger = ask(unknown, body("credential_configuration_id", TestIssuer.DIPLOMA));
            assertThat(stranger.status()).isEqualTo(401);
            assertThat(stranger.bodyObject().string("error")).isEqualTo("invalid_token");
            assertThat(stranger.mediaType()).isEqualTo("application/json");
        }
    }

    @Nested
    @DisplayName("C: a .NET library's deep dive, drafts 13 to 1.0 mixed")
    class DeepDive {
        private final CredentialOffer withCode;
        private final String code;

        DeepDive() {
            var made = house.issuer().offer(TxCode.numeric(6, "by post"), TestIssuer.DIPLOMA);
            withCode = offered(made.linkByValue());
            code = made.txCode().orElseThrow();
        }

        private JsonObject request(String format, String proof) {
            return body("format", format, "vct", "urn:intaglio:diploma:1", "proof", FieldClient.one(proof));
        }

        @Test
        @DisplayName("tx_code is required when the offer says so; the token response has a c_nonce")
        void txCode() {
            var shape =
                    withCode.grants().preAuthorizedCode().orElseThrow().txCode().orElseThrow();
            assertThat(shape.length()).hasValue(6);
            assertThat(client.tryToRedeem(withCode, Map.of()).status()).isEqualTo(400);
            assertThat(client.redeem(withCode, Map.of("tx_code", code)).has("c_nonce"))
                    .isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"dc+sd-jwt", "vc+sd-jwt"})
        @DisplayName(
                "format and vct give an SD-JWT VC of that name, its holder's key in cnf, some claims always visible")
        void credential(String format) {
            var key = SigningKey.generate(JWSAlgorithm.ES256);
            var token = client.redeem(withCode, Map.of("tx_code", code));
            var proof = client.proof(token.string("c_nonce"), key, jwt -> jwt);
            var answer = FieldClient.success(client.ask("/credential", token, request(format, proof)));

            assertThat(answer.string("format")).isEqualTo(format);
            var credential = answer.string("credential");
            var jwt = SignedJwt.parse(credential.substring(0, credential.indexOf('~')));
            assertThat(jwt.type()).contains(format);
            assertThat(jwt.claims().has("institution")).isTrue();
            assertThat(jwt.claims().has("family_name")).isFalse();
            assertBound(verified("dc+sd-jwt", credential), key);
            assertThat(answer.string("c_nonce")).isNotEqualTo(token.string("c_nonce"));
            assertThat(answer.integer("c_nonce_expires_in")).isPositive();
        }

        @Test
        @DisplayName("the six checks of a proof: type, algorithm, nonce, audience, freshness, signature")
        void sixChecks() {
            var token = client.redeem(withCode, Map.of("tx_code", code));
            var key = SigningKey.generate(JWSAlgorithm.ES256);
            var nonce = token.string("c_nonce");
            var clock = house.issuer().clock();
            var bad = List.of(
                    client.proof(nonce, key, jwt -> jwt.type("JWT")),
                    client.proof(nonce, key, jwt -> jwt.unsigned()),
                    client.proof("another", key, jwt -> jwt),
                    client.proof(nonce, key, jwt -> jwt.audience("https://another.example")),
                    client.proof(nonce, key, jwt -> jwt.issuedAt(clock.instant().minusSeconds(301))),
                    client.proof(nonce, key, jwt -> jwt.signedBy(SigningKey.generate(JWSAlgorithm.ES256))));
            for (var proof : bad) {
                assertThat(error(client.ask("/credential", token, request("dc+sd-jwt", proof))))
                        .isEqualTo("invalid_proof");
            }
            assertThat(client.ask("/credential", token, request("dc+sd-jwt", client.proof(nonce)))
                            .status())
                    .isEqualTo(200);
        }

        @Test
        @DisplayName("credential_definition and credential_identifier exclude each other")
        void exclusive() {
            var token = client.redeem(withCode, Map.of("tx_code", code));
            assertThat(error(client.ask(
                            "/credential",
                            token,
                            body(
                                    "format",
                                    "jwt_vc_json",
                                    "credential_identifier",
                                    "x",
                                    "credential_definition",
                                    body("type", List.of("VerifiableCredential", "UniversityDiploma")),
                                    "proof",
                                    FieldClient.one(client.proof(token.string("c_nonce")))))))
                    .isEqualTo("invalid_credential_request");
        }

        @Test
        @DisplayName("an acceptance_token comes for later, and polls /deferred-credential until there is a credential")
        void deferred() {
            var ready = new boolean[1];
            var later = waiting(ready);
            var asking = FieldClient.at(later);
            var token = asking.redeem(
                    offered(later.issuer().offer(TestIssuer.DIPLOMA).linkByValue()), Map.of());
            var first = FieldClient.success(
                    asking.ask("/credential", token, request("dc+sd-jwt", asking.proof(token.string("c_nonce")))));
            assertThat(first.has("c_nonce")).isTrue();
            var poll = body("acceptance_token", first.string("acceptance_token"));

            var pending = FieldClient.success(asking.ask("/deferred-credential", token, poll));
            assertThat(pending.integer("interval")).isEqualTo(9);
            assertThat(pending.has("credential")).isFalse();
            ready[0] = true;
            var answer = FieldClient.success(asking.ask("/deferred-credential", token, poll));

            assertThat(answer.string("credential")).contains("~");
            assertThat(answer.string("format")).isEqualTo("dc+sd-jwt");
            assertThat(asking.ask("/deferred-credential", token, poll).status()).isEqualTo(400);
        }

        @Test
        @DisplayName("an acceptance token as bearer token does the same")
        void bearer() {
            var ready = new boolean[] {false};
            var later = waiting(ready);
            var asking = FieldClient.at(later);
            var token = asking.redeem(
                    offered(later.issuer().offer(TestIssuer.DIPLOMA).linkByValue()), Map.of());
            var first = FieldClient.success(
                    asking.ask("/credential", token, request("dc+sd-jwt", asking.proof(token.string("c_nonce")))));
            ready[0] = true;
            var accepted = body("access_token", first.string("acceptance_token"), "token_type", "Bearer");

            var answer = FieldClient.success(asking.ask("/deferred-credential", accepted, JsonObject.empty()));

            assertThat(answer.string("credential")).contains("~");
        }

        @Test
        @DisplayName("several proofs in one request give several credentials; the older batch endpoint is there, too")
        void batch() {
            var token = client.redeem(withCode, Map.of("tx_code", code));
            var nonce = token.string("c_nonce");
            var several = FieldClient.success(client.ask(
                    "/credential",
                    token,
                    body(
                            "format",
                            "dc+sd-jwt",
                            "vct",
                            "urn:intaglio:diploma:1",
                            "proofs",
                            FieldClient.several(client.proof(nonce), client.proof(nonce)))));
            assertThat(several.optionalArray("credentials").orElseThrow())
                    .hasSize(2)
                    .allMatch(String.class::isInstance);
            var next = several.string("c_nonce");

            var batch = FieldClient.success(client.ask(
                    "/batch_credential",
                    token,
                    body(
                            "credential_requests",
                            List.of(
                                    request("dc+sd-jwt", client.proof(next)),
                                    request("dc+sd-jwt", client.proof(next))))));

            assertThat(batch.objects("credential_responses")).hasSize(2).allMatch(one -> one.has("credential"));
            assertThat(error(client.ask("/credential", token, request("dc+sd-jwt", client.proof(next)))))
                    .isEqualTo("invalid_proof");
            assertThat(client.ask("/credential", token, request("dc+sd-jwt", client.proof(batch.string("c_nonce"))))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Nested
    @DisplayName("E: a TypeScript SDK's explanation, drafts 13 to 1.0")
    class Sdk {
        @Test
        @DisplayName("by PAR, PKCE and DPoP, ten proofs at once give ten credentials, each bound to another key")
        void ten() {
            var bound = client.withDpop();
            var metadata = client.get("/.well-known/openid-credential-issuer");
            assertThat(client.get("/.well-known/oauth-authorization-server")
                            .has("pushed_authorization_request_endpoint"))
                    .isTrue();
            assertThat(metadata.has("credential_endpoint")).isTrue();
            var token = tokenByCode(bound, Form.empty().with("scope", TestIssuer.PID));
            assertThat(token.string("token_type")).isEqualTo("DPoP");
            var proofs = new ArrayList<String>();
            for (var i = 0; i < 10; i++) {
                proofs.add(bound.proof(
                        token.string("c_nonce"), SigningKey.generate(JWSAlgorithm.ES256), jwt -> jwt.issuer(CLIENT)));
            }

            var answer = FieldClient.success(bound.ask(
                    "/credential",
                    token,
                    body(
                            "credential_configuration_id",
                            TestIssuer.PID,
                            "proofs",
                            FieldClient.several(proofs.toArray(String[]::new)))));

            assertThat(answer.has("credential")).isFalse();
            assertThat(answer.objects("credentials").stream()
                            .map(one -> verified("dc+sd-jwt", one.string("credential")))
                            .map(one -> one.holderKey().map(JWK::toJSONString).orElseThrow()))
                    .hasSize(10)
                    .doesNotHaveDuplicates();
        }

        @Test
        @DisplayName("the shapes of drafts 13, 14 and 15 are taken alike")
        void shapes() {
            var definition = List.of(
                    body("format", "dc+sd-jwt", "vct", "urn:eudi:pid:1"),
                    body("credential_configuration_id", TestIssuer.PID));
            for (var selector : definition) {
                var token = client.redeem(offer(TestIssuer.PID), Map.of());
                var one = selector.with("proof", FieldClient.one(client.proof(token.string("c_nonce"))));
                var first = FieldClient.success(client.ask("/credential", token, one));
                assertThat(first.has("credential") && first.has("credentials")).isTrue();
                var several = selector.with("proofs", FieldClient.several(client.proof(first.string("c_nonce"))));
                assertThat(client.ask("/credential", token, several).status()).isEqualTo(200);
            }
        }

        @Test
        @DisplayName("a stolen token without its DPoP key is worth nothing in any shape")
        void binding() {
            var bound = client.withDpop();
            var token = bound.redeem(offer(TestIssuer.PID), Map.of());
            var stolen = body("access_token", token.string("access_token"), "token_type", "Bearer");
            for (var request : List.of(
                    body(
                            "format",
                            "dc+sd-jwt",
                            "vct",
                            "urn:eudi:pid:1",
                            "proof",
                            FieldClient.one(client.proof(token.string("c_nonce")))),
                    body(
                            "credential_configuration_id",
                            TestIssuer.PID,
                            "proof",
                            FieldClient.one(client.proof(token.string("c_nonce")))))) {
                assertThat(client.ask("/credential", stolen, request).status()).isEqualTo(401);
                assertThat(client.withDpop().ask("/credential", token, request).status())
                        .isEqualTo(401);
            }
        }
    }
}
