package dev.intaglio.wallet;

import static dev.intaglio.wallet.ScriptedIssuer.LINK;
import static dev.intaglio.wallet.ScriptedIssuer.OFFER;
import static dev.intaglio.wallet.ScriptedIssuer.body;
import static dev.intaglio.wallet.ScriptedIssuer.form;
import static dev.intaglio.wallet.ScriptedIssuer.issued;
import static dev.intaglio.wallet.ScriptedIssuer.object;
import static dev.intaglio.wallet.ScriptedIssuer.proofs;
import static dev.intaglio.wallet.ScriptedIssuer.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalletTest {
    private final ScriptedIssuer issuer = new ScriptedIssuer();

    private Outcome receive() {
        return receive(issuer.wallet().build());
    }

    private static Outcome receive(Wallet wallet) {
        return wallet.receive(wallet.resolve(LINK), Optional.of("4935"));
    }

    private static String link(String offer) {
        return "openid-credential-offer://?"
                + Form.empty()
                        .with("credential_offer", Json.readObject(offer).text())
                        .encoded();
    }

    @Nested
    @DisplayName("§4 and §12.2: the offer and what it leads to")
    class Resolving {
        @Test
        @Requirement({"W-OFFER-3", "W-OFFER-4", "W-META-1", "W-META-6"})
        @DisplayName("an offer is resolved against the metadata of its issuer; unknown members are passed over")
        void resolvesOffer() {
            var offer = issuer.wallet().build().resolve(LINK);

            assertThat(offer.configurations()).containsOnlyKeys("badge");
            assertThat(offer.txCode()).isPresent();
            assertThat(issuer.requests)
                    .extracting(request -> request.uri().toString())
                    .containsExactly(
                            "https://issuer.example/.well-known/openid-credential-issuer/tenant",
                            "https://issuer.example/.well-known/oauth-authorization-server/tenant");
        }

        @Test
        @Requirement("W-OFFER-2")
        @DisplayName("an offer by reference is fetched")
        void fetchesOffer() {
            issuer.document("/offers/1", Json.readObject(OFFER));

            var link = "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fissuer.example%2Foffers%2F1";

            assertThat(issuer.wallet().build().resolve(link).offer().configurationIds())
                    .containsExactly("badge");
        }

        @Test
        @Requirement("W-OFFER-16")
        @DisplayName("an offer served as a JWT is refused")
        void refusesOfferAsJwt() {
            assertThatThrownBy(() -> wallet(Response.text(200, "application/jwt", "eyJhbGciOiJub25lIn0.e30."))
                            .resolve("openid-credential-offer://?credential_offer_uri=https://issuer.example/offers/1"))
                    .isInstanceOf(WalletException.class)
                    .hasMessageContaining("application/json");
        }

        private static Wallet wallet(Response answer) {
            return Wallet.builder(request -> answer, TrustAnchors.none()).build();
        }

        @ParameterizedTest
        @Requirement("W-OFFER-1")
        @ValueSource(
                strings = {
                    "openid-credential-offer://",
                    "openid-credential-offer://?other=1",
                    "openid-credential-offer://?credential_offer=%7B%7D&credential_offer_uri=https://issuer.example/1",
                    "openid-credential-offer://?credential_offer=%ZZ",
                    "openid-credential-offer://?credential_offer_uri=%20",
                    "rubbish",
                    ""
                })
        @DisplayName("what is no offer link is refused, and nothing is fetched")
        void refusesOtherLinks(String link) {
            assertThatThrownBy(() -> issuer.wallet().build().resolve(link)).isInstanceOf(WalletException.class);
            assertThat(issuer.requests).isEmpty();
        }

        @Test
        @Requirement("W-META-5")
        @DisplayName(
                "members of the metadata that nobody here knows are passed over, in both documents and at every depth")
        void passesOverUnknownMetadata() {
            issuer.issuer(metadata -> metadata.with("later", Map.of("x", List.of(1)))
                    .with("credential_response_encryption_2", true)
                    .with(
                            "credential_configurations_supported",
                            Map.of(
                                    "badge",
                                    metadata.object("credential_configurations_supported")
                                            .object("badge")
                                            .with("later", 1)
                                            .members())));
            issuer.server(metadata -> metadata.with("later", List.of("x")));

            assertThat(receive()).isInstanceOf(Outcome.Received.class);
        }

        @Test
        @Requirement("W-META-9")
        @DisplayName(
                "claims described twice, or as object and array at once, end it before anything is redeemed; others stay in order")
        void stopsAtContradictingClaims() {
            for (var claims : List.of(
                    List.of(Map.of("path", List.of("name")), Map.of("path", List.of("name"))),
                    List.of(Map.of("path", List.of("name", "first")), Map.of("path", List.of("name", 0))))) {
                issuer.configuration(badge -> badge.with("credential_metadata", Map.of("claims", claims)));
                assertThatThrownBy(WalletTest.this::receive).isInstanceOf(WalletException.class);
            }
            assertThat(issuer.requests("/token")).isEmpty();
            issuer.configuration(badge -> badge.with(
                    "credential_metadata",
                    Map.of(
                            "claims",
                            List.of(
                                    Map.of("path", List.of("z")),
                                    Map.of("path", List.of("a", "b")),
                                    Map.of("path", List.of("m"))))));
            assertThat(issuer.wallet()
                            .build()
                            .resolve(LINK)
                            .configurations()
                            .get("badge")
                            .claims())
                    .extracting(claim -> claim.path().toString())
                    .containsExactly("z", "a.b", "m");
        }

        @Test
        @Requirement("W-OFFER-14")
        @DisplayName("an offer is taken from the standard's scheme, a scheme of the wallet's own or an address of it")
        void anyEndpoint() {
            var query = LINK.substring(LINK.indexOf('?'));
            for (var endpoint : List.of(
                    "openid-credential-offer://",
                    "haip-vci://",
                    "my-wallet://offers",
                    "https://wallet.example/offer")) {
                assertThat(issuer.wallet()
                                .build()
                                .resolve(endpoint + query)
                                .offer()
                                .configurationIds())
                        .containsExactly("badge");
            }
        }

        @Test
        @Requirement("W-META-3")
        @DisplayName("metadata that names another issuer is refused")
        void refusesMetadataOfAnother() {
            issuer.issuer(metadata -> metadata.with("credential_issuer", "https://issuer.example/tenant2"));

            assertThatThrownBy(() -> issuer.wallet().build().resolve(LINK))
                    .isInstanceOf(WalletException.class)
                    .hasMessageContaining("credential_issuer");
        }

        @Test
        @Requirement("W-META-6")
        @DisplayName("authorization server metadata that names another server is refused")
        void refusesServerMetadataOfAnother() {
            issuer.server(metadata -> metadata.with("issuer", "https://issuer.example"));

            assertThatThrownBy(() -> issuer.wallet().build().resolve(LINK)).isInstanceOf(WalletException.class);
        }

        @Test
        @Requirement("W-OFFER-4")
        @DisplayName("an offer of what the issuer's metadata does not have is refused")
        void refusesUnknownConfiguration() {
            assertThatThrownBy(() -> issuer.wallet().build().resolve(link(OFFER.replace("badge", "crown"))))
                    .isInstanceOf(WalletException.class)
                    .hasMessageContaining("crown");
        }

        @Test
        @Requirement("W-OFFER-7")
        @DisplayName("an authorization server that the issuer's metadata does not name is not gone to")
        void refusesForeignAuthorizationServer() {
            var foreign = OFFER.replace("\"tx_code\":{}", "\"authorization_server\":\"https://evil.example\"");

            assertThatThrownBy(() -> issuer.wallet().build().resolve(link(foreign)))
                    .isInstanceOf(WalletException.class);
            assertThat(issuer.requests)
                    .extracting(request -> request.uri().getHost())
                    .doesNotContain("evil.example");
        }
    }

    @Nested
    @DisplayName("§6: the token")
    class Token {
        @Test
        @Requirement({"W-OFFER-8", "W-TOKEN-1"})
        @DisplayName("an anonymous wallet sends grant, code and Transaction Code, and nothing else")
        void sendsCodeAndTxCode() {
            receive();

            var form = form(issuer.requests("/token").getFirst());
            assertThat(form.value("grant_type")).contains("urn:ietf:params:oauth:grant-type:pre-authorized_code");
            assertThat(form.value("pre-authorized_code")).contains("once");
            assertThat(form.value("tx_code")).contains("4935");
            assertThat(form.value("client_id")).isEmpty();
        }

        @Test
        @Requirement("W-TOKEN-1")
        @DisplayName("no Transaction Code is sent where the offer asks for none")
        void sendsNoTxCodeUnasked() {
            var wallet = issuer.wallet().build();
            wallet.receive(wallet.resolve(link(OFFER.replace(",\"tx_code\":{}", ""))), Optional.of("4935"));

            assertThat(form(issuer.requests("/token").getFirst()).value("tx_code"))
                    .isEmpty();
        }

        @Test
        @Requirement("W-TOKEN-5")
        @DisplayName("what else a token response says is passed over, also inside its authorization details")
        void passesOverUnknownMembers() {
            issuer.tokens(request -> Response.json(
                    200,
                    object("access_token", "token", "token_type", "Bearer")
                            .with("later", Map.of("x", 1))
                            .with("c_nonce", "of an older draft")
                            .with(
                                    "authorization_details",
                                    List.of(Map.of(
                                            "type",
                                            "openid_credential",
                                            "credential_configuration_id",
                                            "badge",
                                            "credential_identifiers",
                                            List.of("set"),
                                            "later",
                                            List.of(1))))));

            assertThat(receive()).isInstanceOf(Outcome.Received.class);
            assertThat(body(issuer.requests("/credential").getFirst()).string("credential_identifier"))
                    .isEqualTo("set");
            assertThat(proofs(issuer.requests("/credential").getFirst()))
                    .allSatisfy(
                            proof -> assertThat(proof.claims().string("nonce")).isEqualTo("fresh"));
        }

        @Test
        @Requirement("W-TOKEN-8")
        @DisplayName("a Transaction Code that is refused may be entered again")
        void letsTxCodeBeRetried() {
            issuer.tokens(request -> refused(400, "invalid_grant"));

            assertThat(receive()).isEqualTo(new Outcome.Refused(400, "invalid_grant", ""));
            assertThat(((Outcome.Refused) receive()).txCodeMayBeRetried()).isTrue();
        }

        @Test
        @Requirement("W-TOKEN-9")
        @DisplayName("where a bound token was wanted, a bearer token is not used")
        void refusesBearerWhereDpopWasWanted() {
            issuer.tokens(request -> Response.json(200, object("access_token", "token", "token_type", "Bearer")));

            assertThatThrownBy(() -> receive(issuer.wallet().dpop(true).build()))
                    .isInstanceOf(WalletException.class);
            assertThat(issuer.requests("/credential")).isEmpty();
            assertThat(receive()).isInstanceOf(Outcome.Received.class);
        }

        @Test
        @DisplayName("an answer that is no token response is a fault of the server, said as such")
        void namesMalformedAnswers() {
            issuer.tokens(request -> Response.json(200, object("token_type", "Bearer")));

            assertThatThrownBy(() -> receive())
                    .isInstanceOf(WalletException.class)
                    .hasMessageContaining("access_token");
        }

        @Test
        @DisplayName("so is a server that cannot be reached")
        void namesUnreachableServers() {
            issuer.tokens(request -> {
                throw new UncheckedIOException("no answer", new IOException());
            });

            assertThatThrownBy(() -> receive()).isInstanceOf(WalletException.class);
        }
    }

    @Nested
    @DisplayName("RFC 9449: DPoP")
    class Dpop {
        @Test
        @Requirement({"W-DPOP-1", "W-DPOP-3", "W-CRED-7"})
        @DisplayName("token and credential request carry proofs by one key, the second with a hash of the token")
        void sendsProofs() {
            receive();

            var token = proof(issuer.requests("/token").getFirst());
            var request = issuer.requests("/credential").getFirst();
            var credential = proof(request);
            assertThat(token.claims().members())
                    .contains(entry("htm", "POST"), entry("htu", "https://issuer.example/tenant/token"));
            assertThat(token.claims().has("ath")).isFalse();
            assertThat(credential.claims().string("ath"))
                    .isEqualTo(SignedJwt.sha256("token".getBytes(StandardCharsets.US_ASCII)));
            assertThat(credential.headerKey()).isEqualTo(token.headerKey());
            assertThat(request.header("Authorization")).contains("DPoP token");
        }

        @Test
        @Requirement({"W-DPOP-2", "W-DPOP-4"})
        @DisplayName("a server that asks for its nonce gets it, in a fresh proof; the issuer's is another")
        void followsNonces() {
            issuer.tokens(request -> nonce(proof(request)).equals("as")
                    ? Response.json(200, object("access_token", "token", "token_type", "DPoP"))
                    : refused(400, "use_dpop_nonce").with("DPoP-Nonce", "as"));
            issuer.nonces(
                    request -> Response.json(200, object("c_nonce", "fresh")).with("DPoP-Nonce", "rs"));

            assertThat(receive()).isInstanceOf(Outcome.Received.class);

            var proofs = issuer.requests("/token").stream().map(Dpop::proof).toList();
            assertThat(proofs).extracting(Dpop::nonce).containsExactly("", "as");
            assertThat(proofs).extracting(proof -> proof.claims().string("jti")).doesNotHaveDuplicates();
            assertThat(nonce(proof(issuer.requests("/credential").getFirst()))).isEqualTo("rs");
        }

        @Test
        @Requirement("W-DPOP-2")
        @DisplayName("a server that is never content is not asked for ever")
        void givesUp() {
            issuer.tokens(request -> refused(400, "use_dpop_nonce").with("DPoP-Nonce", "again"));

            assertThat(receive()).isInstanceOf(Outcome.Refused.class);
            assertThat(issuer.requests("/token")).hasSize(2);
        }

        private static SignedJwt proof(Request request) {
            return SignedJwt.parse(request.header("DPoP").orElseThrow());
        }

        private static String nonce(SignedJwt proof) {
            return proof.claims().optionalString("nonce").orElse("");
        }
    }

    @Nested
    @DisplayName("§8: the credential")
    class Credential {
        @Test
        @Requirement({"W-NONCE-1", "W-PROOF-1", "W-PROOF-3", "W-PROOF-4", "W-PROOF-5", "W-CRED-3"})
        @DisplayName("the key proof is for this issuer, with its nonce, and names no client of an anonymous wallet")
        void makesKeyProof() {
            receive();

            var request = issuer.requests("/credential").getFirst();
            var proof = proofs(request).getFirst();
            assertThat(request.mediaType()).isEqualTo("application/json");
            assertThat(proof.type()).contains("openid4vci-proof+jwt");
            assertThat(proof.algorithm()).isEqualTo(JWSAlgorithm.ES256);
            assertThat(proof.claims().members()).containsOnlyKeys("aud", "iat", "nonce");
            assertThat(proof.claims().string("aud")).isEqualTo("https://issuer.example/tenant");
            assertThat(proof.claims().string("nonce")).isEqualTo("fresh");
            assertThat(proof.headerKey().orElseThrow().isPrivate()).isFalse();
            assertThat(proof.verifies(proof.headerKey().orElseThrow())).isTrue();
        }

        @Test
        @Requirement({"W-PROOF-2", "W-PROOF-10", "W-RESP-3"})
        @DisplayName("copies are bound to a key each, and no more are asked for than the issuer gives")
        void asksForCopies() {
            var outcome = receive(issuer.wallet().copies(5).build());

            var keys = proofs(issuer.requests("/credential").getFirst()).stream()
                    .map(SignedJwt::headerKey)
                    .toList();
            assertThat(keys).hasSize(3).doesNotHaveDuplicates();
            assertThat(((Outcome.Received) outcome).credentials())
                    .extracting(
                            one -> one.holderKey().map(SigningKey::publicJwk).map(WalletTest::thumbprint))
                    .hasSize(3)
                    .doesNotHaveDuplicates();
        }

        @Test
        @Requirement({"W-CRED-1", "W-TOKEN-4"})
        @DisplayName("a dataset named with the token is asked for by its name, otherwise the configuration is")
        void usesCredentialIdentifiers() {
            receive();
            issuer.tokens(request -> token("badge-7"));
            receive();

            assertThat(issuer.requests("/credential"))
                    .extracting(request -> body(request).without("proofs").members())
                    .containsExactly(
                            Map.of("credential_configuration_id", "badge"), Map.of("credential_identifier", "badge-7"));
        }

        private static Response token(String... identifiers) {
            return Response.json(
                    200,
                    object(
                            "access_token",
                            "token",
                            "token_type",
                            "DPoP",
                            "authorization_details",
                            List.of(Map.of(
                                    "type",
                                    "openid_credential",
                                    "credential_configuration_id",
                                    "badge",
                                    "credential_identifiers",
                                    List.of(identifiers)))));
        }

        @Test
        @Requirement({"W-TOKEN-4", "W-CRED-2", "W-PROOF-10"})
        @DisplayName("of several datasets named with the token each is asked for, with a key of its own")
        void usesAllCredentialIdentifiers() {
            issuer.tokens(request -> token("badge-7", "badge-8"));

            var credentials = ((Outcome.Received) receive()).credentials();

            assertThat(issuer.requests("/credential"))
                    .extracting(request -> body(request).string("credential_identifier"))
                    .containsExactly("badge-7", "badge-8");
            assertThat(credentials)
                    .extracting(
                            one -> one.holderKey().map(SigningKey::publicJwk).map(WalletTest::thumbprint))
                    .hasSize(2)
                    .doesNotHaveDuplicates();
        }

        @Test
        @DisplayName("what came is not lost when the network fails for the next; where nothing came it is a fault")
        void keepsWhatCame() {
            issuer.tokens(request -> token("badge-7", "badge-8"));
            issuer.credentials(request -> {
                if (body(request).string("credential_identifier").equals("badge-8")) {
                    throw new UncheckedIOException("no answer", new IOException());
                }
                return issued(proofs(request).stream().map(issuer::credential).toList());
            });
            assertThat(receive()).isInstanceOfSatisfying(Outcome.Partly.class, partly -> {
                assertThat(partly.received().credentials()).hasSize(1);
                assertThat(partly.missing())
                        .containsExactly(new Outcome.Missing("badge", new Outcome.Failed("no answer")));
            });

            issuer.credentials(request -> {
                throw new UncheckedIOException("no answer", new IOException());
            });
            assertThatThrownBy(() -> receive()).isInstanceOf(WalletException.class);
        }

        @Test
        @Requirement("W-NONCE-2")
        @DisplayName("after invalid_nonce one fresh nonce is tried, and only one")
        void retriesNonceOnce() {
            issuer.credentials(request -> refused(400, "invalid_nonce"));

            assertThat(receive()).isEqualTo(new Outcome.Refused(400, "invalid_nonce", ""));
            assertThat(issuer.requests("/nonce")).hasSize(2);
            assertThat(issuer.requests("/credential")).hasSize(2);
        }

        @Test
        @Requirement("W-RESP-1")
        @DisplayName("an issuer that needs time is told from one that refuses")
        void readsDeferred() {
            issuer.credentials(request -> Response.json(202, object("transaction_id", "t", "interval", 60L)));

            assertThat(receive()).isInstanceOfSatisfying(Outcome.Later.class, later -> {
                assertThat(later.interval()).isEqualTo(Duration.ofSeconds(60));
                assertThat(later.deferred().toString()).doesNotContain("transaction");
            });
        }

        @Test
        @Requirement("W-RESP-4")
        @DisplayName("a denied request is the end of it")
        void endsWithDenial() {
            issuer.credentials(request -> refused(400, "credential_request_denied"));

            assertThat(receive()).isEqualTo(new Outcome.Refused(400, "credential_request_denied", ""));
            assertThat(issuer.requests("/credential")).hasSize(1);
        }

        @Test
        @Requirement({"W-RESP-5", "W-RESP-3"})
        @DisplayName("what is bound to another key than ours is not kept")
        void refusesCredentialOfAnotherKey() {
            var other = SigningKey.generate(JWSAlgorithm.ES256).publicJwk();
            issuer.credentials(request -> issued(List.of(issuer.credential(other, "urn:example:badge"))));

            assertThat(receive()).isInstanceOf(Outcome.Unverified.class);
        }

        @Test
        @Requirement("W-RESP-5")
        @DisplayName("what is of another type than was asked for is not kept")
        void refusesCredentialOfAnotherType() {
            issuer.credentials(request -> issued(List.of(
                    issuer.credential(proofs(request).getFirst().headerKey().orElseThrow(), "urn:example:crown"))));

            assertThat(receive()).isInstanceOf(Outcome.Unverified.class);
        }

        @Test
        @Requirement({"W-RESP-5", "W-OFFER-11"})
        @DisplayName("what an issuer makes that nobody trusted vouches for is not kept, offer or not")
        void refusesUntrustedIssuer() {
            var wallet = Wallet.builder(issuer, TrustAnchors.none()).build();

            assertThat(receive(wallet))
                    .isInstanceOfSatisfying(
                            Outcome.Unverified.class,
                            outcome -> assertThat(outcome.reason()).contains("UNTRUSTED_ISSUER"));
        }

        @Test
        @Requirement("W-RESP-5")
        @DisplayName("one credential twice does not pass for two copies")
        void refusesTheSameCopyTwice() {
            issuer.credentials(request -> {
                var same = issuer.credential(proofs(request).getFirst());
                return issued(List.of(same, same));
            });

            assertThat(receive(issuer.wallet().copies(2).build())).isInstanceOf(Outcome.Unverified.class);
        }
    }

    @Nested
    @DisplayName("What this wallet cannot do it says before the offer is used up")
    class Unable {
        @Test
        @DisplayName("a format it cannot verify")
        void unknownFormat() {
            issuer.configuration(
                    badge -> badge.without("vct").with("format", "mso_mdoc").with("doctype", "org.example.badge"));

            leavesOfferAlone("mso_mdoc");
        }

        @Test
        @Requirement("W-PROOF-3")
        @DisplayName("a proof by an algorithm it has not")
        void unknownAlgorithm() {
            issuer.configuration(badge -> badge.with(
                    "proof_types_supported",
                    Map.of("jwt", Map.of("proof_signing_alg_values_supported", List.of("ES256K")))));

            leavesOfferAlone("ES256K");
        }

        @Test
        @Requirement("W-PROOF-9")
        @DisplayName("a key attestation")
        void keyAttestation() {
            issuer.configuration(badge -> badge.with(
                    "proof_types_supported",
                    Map.of(
                            "jwt",
                            Map.of(
                                    "proof_signing_alg_values_supported",
                                    List.of("ES256"),
                                    "key_attestations_required",
                                    Map.of()))));

            leavesOfferAlone("key attestation");
        }

        @ParameterizedTest
        @Requirement({"W-CRED-4", "W-CRED-5"})
        @ValueSource(strings = {"credential_request_encryption", "credential_response_encryption"})
        @DisplayName("encryption by algorithms it does not have, where it is demanded")
        void encryption(String member) {
            JsonObject demand = object(
                    "encryption_required",
                    true,
                    "enc_values_supported",
                    List.of("A256CBC-HS512"),
                    "alg_values_supported",
                    List.of("RSA-OAEP-256"),
                    "jwks",
                    Map.of("keys", List.of()));
            issuer.issuer(metadata -> metadata.with(member, demand.members()));

            leavesOfferAlone("encrypted");
        }

        private void leavesOfferAlone(String reason) {
            assertThatThrownBy(() -> receive())
                    .isInstanceOf(WalletException.class)
                    .hasMessageContaining(reason);
            assertThat(issuer.requests("/token")).isEmpty();
        }
    }

    private static String thumbprint(JWK key) {
        return DpopProof.thumbprint(key);
    }
}
