package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.authorization.client.AttestationPolicy;
import dev.intaglio.authorization.client.AttestationStatus;
import dev.intaglio.authorization.client.AttestationStatus.Standing;
import dev.intaglio.authorization.client.RegisteredClient;
import dev.intaglio.authorization.client.RegisteredClients;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.protocol.clientattestation.ClientAttestation;
import dev.intaglio.protocol.clientattestation.ClientAttestationPop;
import dev.intaglio.protocol.http.Headers;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestJwt;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("App. E Wallet Attestation: attestation-based client authentication, draft -07")
class WalletAttestationFlowTest {
    private static final String WALLET = "https://wallet.example/solution";
    private static final URI PROVIDER = URI.create("https://provider.example");
    private static final UnaryOperator<TestJwt> AS_IT_IS = UnaryOperator.identity();

    private final DevelopmentCa ca =
            DevelopmentCa.create("Attesters", Clock.fixed(TestIssuer.NOW, ZoneOffset.UTC), new SecureRandom());
    private final SigningKey attester = ca.issue("Wallet provider", PROVIDER, JWSAlgorithm.ES256);
    private final SigningKey instance = SigningKey.generate(JWSAlgorithm.ES256);
    private final AttestationPolicy policy = AttestationPolicy.trusting(TrustAnchors.of(List.of(ca.anchor())));
    private final TestIssuer issuer = issuer(policy);
    private final CodeFlowWallet wallet = wallet(issuer, AS_IT_IS, AS_IT_IS);

    private static TestIssuer issuer(AttestationPolicy policy) {
        return CodeFlowWallet.issuer(
                flow -> flow.withRefreshTokens(Duration.ofDays(1)), server -> server.attestedClients(policy));
    }

    /// A wallet whose attestation and PoP are altered before they are signed.
    private CodeFlowWallet wallet(TestIssuer at, UnaryOperator<TestJwt> attestation, UnaryOperator<TestJwt> pop) {
        return wallet(at, instance, attestation, pop);
    }

    private CodeFlowWallet wallet(
            TestIssuer at, SigningKey key, UnaryOperator<TestJwt> attestation, UnaryOperator<TestJwt> pop) {
        return CodeFlowWallet.at(at).named(WALLET).by(new CodeFlowWallet.Authentication() {
            @Override
            public Request request(Request request) {
                return request.with(
                                ClientAttestation.HEADER,
                                attestation.apply(attestation(at, key)).compact())
                        .with(
                                ClientAttestationPop.HEADER,
                                pop.apply(pop(at, key)).compact());
            }
        });
    }

    private TestJwt attestation(TestIssuer at, SigningKey key) {
        var made = SignedJwt.parse(ClientAttestation.make(
                attester,
                PROVIDER.toString(),
                WALLET,
                key.publicJwk(),
                at.clock().instant(),
                at.clock().instant().plus(Duration.ofHours(1))));
        return TestJwt.of(ClientAttestation.TYPE, attester, made.claims()).header(header -> made.header());
    }

    private TestJwt pop(TestIssuer at, SigningKey key) {
        var made = SignedJwt.parse(ClientAttestationPop.make(
                key, WALLET, at.identifier(), CodeFlowWallet.newId(), at.clock().instant(), Optional.empty()));
        return TestJwt.of(ClientAttestationPop.TYPE, key, made.claims()).header(header -> made.header());
    }

    private void assertInvalid(UnaryOperator<TestJwt> attestation, UnaryOperator<TestJwt> pop) {
        var bad = wallet(issuer, attestation, pop);
        assertRefused(bad.push(bad.asking()), 401, "invalid_client");
    }

    @Test
    @Requirement({"AS-ABCA-1", "AS-ABCA-4", "AS-ABCA-5", "AS-PAR-10", "HAIP-AS-2", "HAIP-AS-4", "HAIP-AS-5", "HAIP-CI-6"
    })
    @DisplayName("a wallet nobody registered comes by its attestation to a credential")
    void wholeFlow() {
        var holder = wallet.withDpop();
        var token = holder.tokens();
        assertThat(holder.good(token, TestIssuer.PID)).isTrue();
        assertThat(wallet.tokens(wallet.redeeming(wallet.code()).with("client_id", ""))
                        .accessToken())
                .isNotEmpty();
    }

    @Test
    @Requirement({"AS-TOKEN-5", "HAIP-AS-2", "CI-SEC-3"})
    @DisplayName("what was pushed with an attestation is not redeemed without")
    void noDowngrade() {
        var silent = wallet.by(new CodeFlowWallet.Authentication() {});
        assertRefused(silent.token(silent.redeeming(wallet.code())), 401, "invalid_client");
    }

    @Nested
    @DisplayName("§5.1 the attestation")
    class Attestation {
        @Test
        @Requirement({"AS-ABCA-1", "HAIP-AS-4"})
        @DisplayName("is signed by an attester we trust, by x5c or by a key we know")
        void trust() {
            var stranger = DevelopmentCa.create(
                            "Strangers", Clock.fixed(TestIssuer.NOW, ZoneOffset.UTC), new SecureRandom())
                    .issue("Stranger", PROVIDER, JWSAlgorithm.ES256);
            assertInvalid(attestation -> attestation.by(stranger).certifiedBy(stranger.chain()), AS_IT_IS);
            assertInvalid(attestation -> attestation.signedBy(stranger), AS_IT_IS);
            assertInvalid(attestation -> attestation.withoutHeader("x5c"), AS_IT_IS);
            assertInvalid(attestation -> attestation.header("x5c", List.of()), AS_IT_IS);
            assertInvalid(attestation -> attestation.header("x5c", List.of("AAAA")), AS_IT_IS);
            assertInvalid(
                    attestation ->
                            attestation.certifiedBy(List.of(attester.chain().getFirst(), ca.anchor())),
                    AS_IT_IS);

            var byKey = issuer(AttestationPolicy.trusting(List.of(attester.publicJwk())));
            assertThat(wallet(byKey, attestation -> attestation.withoutHeader("x5c"), AS_IT_IS)
                            .code())
                    .isNotEmpty();
            var other = wallet(
                    byKey, attestation -> attestation.withoutHeader("x5c").signedBy(stranger), AS_IT_IS);
            assertRefused(other.push(other.asking()), 401, "invalid_client");
        }

        @ParameterizedTest
        @Requirement("AS-ABCA-3")
        @DisplayName("has all it needs")
        @ValueSource(strings = {"iss", "sub", "exp", "cnf"})
        void missing(String claim) {
            assertInvalid(attestation -> attestation.withoutClaim(claim), AS_IT_IS);
        }

        @ParameterizedTest
        @Requirement("AS-ABCA-3")
        @DisplayName("is in its time")
        @CsvSource({"exp, 0", "exp, -1", "nbf, 61", "iat, 61"})
        void times(String claim, long offset) {
            assertInvalid(attestation -> attestation.claim(claim, TestIssuer.NOW.getEpochSecond() + offset), AS_IT_IS);
        }

        @Test
        @Requirement({"AS-ABCA-3", "AS-ABCA-6"})
        @DisplayName("is of its type, asymmetrically signed, shows a public key, and may say more")
        void shape() {
            assertInvalid(attestation -> attestation.type("JWT"), AS_IT_IS);
            assertInvalid(TestJwt::unsigned, AS_IT_IS);
            assertInvalid(attestation -> attestation.hmac(new byte[32]), AS_IT_IS);
            var secret = JsonObject.builder().put("kty", "oct").put("k", "AAAA").build();
            assertInvalid(
                    attestation -> attestation.claim(
                            "cnf", JsonObject.builder().put("jwk", secret).build()),
                    AS_IT_IS);
            var more = wallet(
                    issuer, attestation -> attestation.claim("wallet_name", "W").claim("x", 1), AS_IT_IS);
            assertThat(more.code()).isNotEmpty();
        }

        @Test
        @Requirement("AS-ABCA-8")
        @DisplayName("that is older than the server wants is not fresh")
        void fresh() {
            var wanting = issuer(policy.withLongestAge(Duration.ofMinutes(5)));
            var old = TestIssuer.NOW.minus(Duration.ofMinutes(6)).getEpochSecond();
            var stale = wallet(wanting, attestation -> attestation.claim("iat", old), AS_IT_IS);
            assertRefused(stale.push(stale.asking()), 400, "use_fresh_attestation");
            assertThat(wallet(wanting, AS_IT_IS, AS_IT_IS).code()).isNotEmpty();
        }

        @Test
        @Requirement("AS-ABCA-13")
        @DisplayName("may be revoked, where somebody is there to say so")
        void status() {
            var list = Map.of("status_list", Map.of("idx", 7, "uri", "https://provider.example/statuses/1"));
            var asking = issuer(
                    policy.withStatus(status -> status.object("status_list").integer("idx") == 7
                            ? new Standing.Revoked("index 7")
                            : new Standing.Valid()));
            var revoked = wallet(asking, attestation -> attestation.claim("status", list), AS_IT_IS);
            assertRefused(revoked.push(revoked.asking()), 401, "invalid_client");
            var other = Map.of("status_list", Map.of("idx", 8, "uri", "https://provider.example/statuses/1"));
            assertThat(wallet(asking, attestation -> attestation.claim("status", other), AS_IT_IS)
                            .code())
                    .isNotEmpty();
            assertThat(wallet(asking, AS_IT_IS, AS_IT_IS).code()).isNotEmpty();
            assertThat(wallet(issuer, attestation -> attestation.claim("status", list), AS_IT_IS)
                            .code())
                    .isNotEmpty();
            assertInvalidAt(asking, attestation -> attestation.claim("status", "revoked"));
        }

        @Test
        @Requirement("AS-ABCA-13")
        @DisplayName("with a status that cannot be learnt is refused, unless the operator takes that upon himself")
        void unknownStatus() {
            var claim = Map.of("status_list", Map.of("idx", 7, "uri", "https://provider.example/statuses/1"));
            AttestationStatus offline = status -> new Standing.Unknown("the list cannot be fetched");
            var refused = wallet(
                    issuer(policy.withStatus(offline)), attestation -> attestation.claim("status", claim), AS_IT_IS);
            assertRefused(refused.push(refused.asking()), 401, "invalid_client");
            assertThat(wallet(issuer(policy.withStatus(offline)), AS_IT_IS, AS_IT_IS)
                            .code())
                    .as("without a status claim nobody is asked")
                    .isNotEmpty();
            var accepting = issuer(policy.withStatus(offline.acceptingUnknown()));
            assertThat(wallet(accepting, attestation -> attestation.claim("status", claim), AS_IT_IS)
                            .code())
                    .isNotEmpty();
            AttestationStatus revoking = status -> new Standing.Revoked("index 7");
            var revoked = wallet(
                    issuer(policy.withStatus(revoking.acceptingUnknown())),
                    attestation -> attestation.claim("status", claim),
                    AS_IT_IS);
            assertRefused(revoked.push(revoked.asking()), 401, "invalid_client");
        }

        private void assertInvalidAt(TestIssuer at, UnaryOperator<TestJwt> attestation) {
            var bad = wallet(at, attestation, AS_IT_IS);
            assertRefused(bad.push(bad.asking()), 401, "invalid_client");
        }

        @Test
        @Requirement("AS-ABCA-3")
        @DisplayName("and its PoP may do without iss, where the server follows the later drafts")
        void withoutIssuer() {
            var lenient = issuer(policy.withoutIssuer());
            var later = wallet(lenient, attestation -> attestation.withoutClaim("iss"), pop -> pop.withoutClaim("iss"));
            assertThat(later.code()).isNotEmpty();
        }
    }

    @Nested
    @DisplayName("§5.2 the proof of possession")
    class Pop {
        @ParameterizedTest
        @Requirement("AS-ABCA-4")
        @DisplayName("has all it needs")
        @ValueSource(strings = {"iss", "aud", "jti", "iat"})
        void missing(String claim) {
            assertInvalid(AS_IT_IS, pop -> pop.withoutClaim(claim));
        }

        @Test
        @Requirement({"AS-ABCA-4", "AS-ABCA-6"})
        @DisplayName("is of its type, by the attested key, for this server's issuer identifier")
        void shape() {
            assertInvalid(AS_IT_IS, pop -> pop.type("JWT"));
            assertInvalid(AS_IT_IS, pop -> pop.signedBy(attester));
            assertInvalid(AS_IT_IS, TestJwt::unsigned);
            assertInvalid(AS_IT_IS, pop -> pop.audience("https://issuer.example/token"));
            assertInvalid(AS_IT_IS, pop -> pop.claim("aud", List.of("https://issuer.example")));
        }

        @Test
        @Requirement("AS-ABCA-5")
        @DisplayName("names the client of the attestation and of the request")
        void sameClient() {
            assertInvalid(AS_IT_IS, pop -> pop.issuer("another"));
            assertInvalid(attestation -> attestation.claim("sub", "another"), pop -> pop.issuer("another"));
            assertInvalid(attestation -> attestation.claim("sub", "another"), AS_IT_IS);
            assertRefused(
                    wallet.token(wallet.redeeming(wallet.code()).with("client_id", "another")), 401, "invalid_client");
        }

        @ParameterizedTest
        @Requirement("AS-ABCA-7")
        @DisplayName("was made just now")
        @CsvSource({"-301", "61"})
        void window(long offset) {
            assertInvalid(AS_IT_IS, pop -> pop.claim("iat", TestIssuer.NOW.getEpochSecond() + offset));
        }

        @Test
        @Requirement("AS-ABCA-7")
        @DisplayName("is used once")
        void replay() {
            var id = CodeFlowWallet.newId();
            var again = wallet(issuer, AS_IT_IS, pop -> pop.claim("jti", id));
            assertThat(again.push(again.asking()).status()).isEqualTo(201);
            assertRefused(again.push(again.asking()), 401, "invalid_client");
        }

        @Test
        @Requirement("AS-ABCA-2")
        @DisplayName("and the attestation come once each, in a header of their own")
        void headers() {
            assertRefused(push(request -> request.and(ClientAttestation.HEADER, "x")), 401, "invalid_client");
            assertRefused(push(request -> request.and(ClientAttestationPop.HEADER, "x")), 401, "invalid_client");
            assertRefused(
                    push(request -> request.with(ClientAttestationPop.HEADER, "a.b.c, d.e.f")), 401, "invalid_client");
            assertRefused(
                    push(request -> new Request(
                            request.method(),
                            request.uri(),
                            Headers.of("Content-Type", "application/x-www-form-urlencoded")
                                    .with(
                                            ClientAttestation.HEADER,
                                            request.header(ClientAttestation.HEADER)
                                                    .orElseThrow()),
                            request.body(),
                            request.remote())),
                    401,
                    "invalid_client");
        }

        private Response push(UnaryOperator<Request> change) {
            var changed = wallet.by(new CodeFlowWallet.Authentication() {
                @Override
                public Request request(Request request) {
                    return change.apply(wallet.authentication().request(request));
                }
            });
            return changed.push(changed.asking());
        }
    }

    @Nested
    @DisplayName("§8 the challenge")
    class Challenge {
        private final TestIssuer wanting = issuer(policy.withChallenge());

        private String challenge(TestIssuer at) {
            var response = at.handler().handle(Request.post(at.identifier().resolve("/challenge")));
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("Cache-Control")).contains("no-store");
            assertThat(response.bodyObject().members()).containsOnlyKeys("attestation_challenge");
            return response.bodyObject().string("attestation_challenge");
        }

        @Test
        @Requirement({"AS-ABCA-9", "AS-ABCA-4", "AS-META-13"})
        @DisplayName("is had from the endpoint in the metadata")
        void endpoint() {
            assertThat(wanting.authorizationServer().metadata().challengeEndpoint())
                    .contains(URI.create("https://issuer.example/challenge"));
            assertThat(challenge(wanting)).isNotEqualTo(challenge(wanting));
            var answering = wallet(wanting, AS_IT_IS, pop -> pop.claim("challenge", challenge(wanting)));
            assertThat(answering.tokens().accessToken()).isNotEmpty();
        }

        @Test
        @Requirement({"AS-ABCA-8", "AS-ABCA-10"})
        @DisplayName("is demanded where it is missing, foreign or old, and comes along in a header")
        void demanded() {
            var silent = wallet(wanting, AS_IT_IS, AS_IT_IS);
            var response = silent.push(silent.asking());
            assertRefused(response, 400, "use_attestation_challenge");
            var given = response.header(ClientAttestationPop.CHALLENGE_HEADER).orElseThrow();
            assertThat(wallet(wanting, AS_IT_IS, pop -> pop.claim("challenge", given))
                            .code())
                    .isNotEmpty();

            var foreign = wallet(wanting, AS_IT_IS, pop -> pop.claim("challenge", "guess"));
            assertRefused(foreign.push(foreign.asking()), 400, "use_attestation_challenge");
            wanting.clock().advance(Duration.ofMinutes(6));
            var late = wallet(wanting, AS_IT_IS, pop -> pop.claim("challenge", given));
            assertRefused(late.push(late.asking()), 400, "use_attestation_challenge");
        }

        @Test
        @Requirement("AS-ABCA-8")
        @DisplayName("must be good where one came, demanded or not")
        void unasked() {
            var foreign = wallet(issuer, AS_IT_IS, pop -> pop.claim("challenge", "guess"));
            assertRefused(foreign.push(foreign.asking()), 400, "use_attestation_challenge");
        }
    }

    @Test
    @Requirement({"AS-ABCA-11", "AS-TOKEN-21"})
    @DisplayName("§10.3 a refresh token is for the instance it was given to, and stays the same")
    void refresh() {
        var token = wallet.tokens().refreshToken().orElseThrow();
        var another = wallet(issuer, SigningKey.generate(JWSAlgorithm.ES256), AS_IT_IS, AS_IT_IS);
        assertRefused(another.token(another.refreshing(token)), 400, "invalid_grant");
        var silent = wallet.by(new CodeFlowWallet.Authentication() {});
        assertRefused(silent.token(silent.refreshing(token)), 401, "invalid_client");
        assertThat(wallet.tokens(wallet.refreshing(token)).refreshToken()).isEmpty();
        assertThat(wallet.token(wallet.refreshing(token)).status()).isEqualTo(200);
    }

    @Test
    @Requirement("AS-PAR-10")
    @DisplayName(
            "a registered wallet redirects to what it registered, and one registered for another method is not attested")
    void registered() {
        var method = new RegisteredClient.Method.Attestation();
        var known = CodeFlowWallet.issuer(
                UnaryOperator.identity(),
                server -> server.attestedClients(policy)
                        .registeredClients(RegisteredClients.of(List.of(
                                new RegisteredClient(WALLET, List.of("https://wallet.example/registered"), method)))));
        var there = wallet(known, AS_IT_IS, AS_IT_IS);
        assertRefused(there.push(there.asking()), 400, "invalid_request");
        assertThat(there.push(there.asking().with("redirect_uri", "https://wallet.example/registered"))
                        .status())
                .isEqualTo(201);

        var otherwise = CodeFlowWallet.issuer(
                UnaryOperator.identity(),
                server -> server.attestedClients(policy)
                        .registeredClients(RegisteredClients.of(List.of(new RegisteredClient(
                                WALLET, List.of(CodeFlowWallet.REDIRECT), new RegisteredClient.Method.None())))));
        var attested = wallet(otherwise, AS_IT_IS, AS_IT_IS);
        assertRefused(attested.push(attested.asking()), 401, "invalid_client");
    }

    @Test
    @Requirement({"AS-META-11", "AS-META-12", "AS-META-13"})
    @DisplayName("the metadata lists the method and its algorithms")
    void metadata() {
        var metadata = issuer.authorizationServer().metadata();
        assertThat(metadata.tokenEndpointAuthMethods()).containsExactly("attest_jwt_client_auth", "none");
        assertThat(metadata.clientAttestationSigningAlgorithms())
                .contains("ES256")
                .doesNotContain("none");
        assertThat(metadata.clientAttestationPopSigningAlgorithms())
                .contains("ES256")
                .doesNotContain("none");
    }
}
