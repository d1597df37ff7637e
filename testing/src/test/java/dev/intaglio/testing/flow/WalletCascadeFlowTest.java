package dev.intaglio.testing.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.authorization.client.AttestationPolicy;
import dev.intaglio.authorization.client.AttestationStatus;
import dev.intaglio.credential.CredentialDefinitions;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.issuer.cascade.WalletCascade;
import dev.intaglio.issuer.credential.DeferralPolicy;
import dev.intaglio.issuer.offer.OfferRequest;
import dev.intaglio.issuer.offer.OfferedGrants;
import dev.intaglio.issuer.proof.ProofPolicy;
import dev.intaglio.issuer.spi.IssuanceRule.Verdict;
import dev.intaglio.issuer.spi.KeyAttestationStatus;
import dev.intaglio.issuer.status.CredentialStatuses.Order;
import dev.intaglio.issuer.store.CredentialState;
import dev.intaglio.issuer.store.IssuanceOrigin;
import dev.intaglio.issuer.store.StatusOperations.Issued;
import dev.intaglio.issuer.store.StatusSelector;
import dev.intaglio.issuer.store.StatusVerb;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.clientattestation.AttestedWallet;
import dev.intaglio.protocol.clientattestation.ClientAttestation;
import dev.intaglio.protocol.clientattestation.ClientAttestationPop;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.statuslist.Standing;
import dev.intaglio.statuslist.StatusList;
import dev.intaglio.statuslist.StatusListToken;
import dev.intaglio.statuslist.StatusReader;
import dev.intaglio.testing.AdjustableClock;
import dev.intaglio.testing.TestAttester;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestWallet;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A wallet provider with a Token Status List of its own, and an issuer that believes it.
@DisplayName("Credentials follow the wallet they were issued to")
class WalletCascadeFlowTest {
    private static final URI LIST = URI.create("https://wallet-provider.example/statuses/1");
    private static final String WALLET = "https://wallet.example/solution";
    private static final Duration INTERVAL = Duration.ofMinutes(15);
    private static final int OURS = 7;
    private static final int KEYS = 9;

    private final AdjustableClock clock = AdjustableClock.at(TestIssuer.NOW);
    private final TestAttester provider = TestAttester.create(clock);
    private final TrustAnchors providers =
            TrustAnchors.of(List.of(provider.certificationAuthority().anchor()));
    private final Map<Integer, Integer> said = new HashMap<>();
    private final AtomicReference<Boolean> reachable = new AtomicReference<>(true);
    private final StatusReader atProvider =
            new StatusReader(this::provider, providers, CredentialVerifiers.onClassPath(), clock);
    private final AtomicReference<Verdict> verdict = new AtomicReference<>(Verdict.allow());
    private final SigningKey instance = SigningKey.generate(JWSAlgorithm.ES256);
    private final TestIssuer issuer = TestIssuer.builder()
            .clock(clock)
            .dpopNonces(false)
            .definitions(CredentialDefinitions.shipped())
            .authorizationServerOptions(server -> server.authorizationCode(
                            CodeFlowWallet.settings().withRefreshTokens(Duration.ofDays(30)))
                    .attestedClients(AttestationPolicy.trusting(providers).withStatus(this::ofWallet)))
            .credentialIssuerOptions(options -> options.proofs(ProofPolicy.DEFAULT.withKeyAttestations(
                            provider.trusted().withStatus(this::ofKeys)))
                    .deferralPolicy(DeferralPolicy.DEFAULT.with(entitlement -> verdict.get())))
            .build();
    private final WalletCascade cascade = new WalletCascade(
            issuer.stores().watchedAttestations(),
            issuer.credentialIssuer().statuses(),
            this::ofKeys,
            this::ofKeys,
            clock);

    private Response provider(Request request) {
        if (!reachable.get()) {
            return Response.status(503);
        }
        var token = new StatusListToken(
                LIST,
                clock.instant(),
                Optional.of(clock.instant().plus(Duration.ofHours(1))),
                Optional.of(Duration.ofMinutes(5)),
                StatusList.of(2, 1_024, index -> said.getOrDefault(index, 0)),
                Optional.empty());
        return Response.text(200, StatusListToken.JWT, token.jwt(provider.key()));
    }

    private KeyAttestationStatus.Standing ofKeys(JsonObject status) {
        return switch (atProvider.read(status)) {
            case Standing.Valid() -> new KeyAttestationStatus.Standing.Valid();
            case Standing.Revoked() -> new KeyAttestationStatus.Standing.Revoked("the provider's list says so");
            case Standing.Suspended() -> new KeyAttestationStatus.Standing.Suspended("for now");
            case Standing.Other ignored -> new KeyAttestationStatus.Standing.Unknown("other");
            case Standing.Unavailable(var problem, var detail) -> new KeyAttestationStatus.Standing.Unknown(detail);
        };
    }

    private AttestationStatus.Standing ofWallet(JsonObject status) {
        return switch (ofKeys(status)) {
            case KeyAttestationStatus.Standing.Valid() -> new AttestationStatus.Standing.Valid();
            case KeyAttestationStatus.Standing.Revoked(var why) -> new AttestationStatus.Standing.Revoked(why);
            case KeyAttestationStatus.Standing.Suspended(var why) -> new AttestationStatus.Standing.Suspended(why);
            case KeyAttestationStatus.Standing.Unknown(var why) -> new AttestationStatus.Standing.Unknown(why);
        };
    }

    private static Map<String, Object> place(int index) {
        return Map.of("status_list", Map.of("idx", index, "uri", LIST.toString()));
    }

    private Request attested(Request request) {
        var now = clock.instant();
        var made = SignedJwt.parse(ClientAttestation.make(
                provider.key(),
                "https://wallet-provider.example",
                WALLET,
                instance.publicJwk(),
                now,
                now.plusSeconds(600)));
        var claims = JsonObject.of(
                made.claims().with("status", JsonObject.of(place(OURS))).members());
        return request.with(ClientAttestation.HEADER, SignedJwt.sign(made.header(), claims, provider.key()))
                .with(
                        ClientAttestationPop.HEADER,
                        ClientAttestationPop.make(
                                instance, WALLET, issuer.identifier(), CodeFlowWallet.newId(), now, Optional.empty()));
    }

    private final CodeFlowWallet wallet = CodeFlowWallet.at(issuer)
            .named(WALLET)
            .by(new CodeFlowWallet.Authentication() {
                @Override
                public Request request(Request request) {
                    return attested(request);
                }
            });

    private String instanceKey() {
        return DpopProof.thumbprint(instance.publicJwk());
    }

    private List<Issued> by(String member, String value) {
        return issuer.credentialIssuer()
                .statuses()
                .issued(
                        StatusSelector.read(
                                JsonObject.builder().put(member, value).build()),
                        100);
    }

    private List<CredentialState> states(String member, String value) {
        return by(member, value).stream().map(Issued::state).toList();
    }

    /// Later than anybody keeps a copy of the provider's list, and than the next look.
    private void later() {
        clock.advance(INTERVAL.plusSeconds(1));
        atProvider.forget();
    }

    @Test
    @Requirement({"AS-ABCA-13", "HAIP-CI-12"})
    @DisplayName("its provider revokes the wallet, and the credentials are revoked, with actor and reason")
    void wholeFlow() {
        var tokens = wallet.tokens();
        assertThat(wallet.good(tokens, TestIssuer.PID)).isTrue();
        clock.advance(Duration.ofMinutes(1));
        var refreshed = wallet.tokens(wallet.refreshing(tokens.refreshToken().orElseThrow()));
        assertThat(wallet.good(refreshed, TestIssuer.PID))
                .as("by the refresh token")
                .isTrue();
        // Somebody else's stays as it is.
        var other = issuer.wallet();
        assertThat(other.request(
                                other.redeem(issuer.offer(TestIssuer.DIPLOMA).offer())
                                        .token(),
                                TestIssuer.DIPLOMA)
                        .credentials())
                .hasSize(1);
        assertThat(states("wallet_instance", instanceKey()))
                .containsExactly(CredentialState.VALID, CredentialState.VALID);
        assertThat(states("wallet_provider", "https://wallet-provider.example")).hasSize(2);
        later();
        assertThat(cascade.follow(INTERVAL)).as("nothing was revoked").isEmpty();

        said.put(OURS, 1);
        later();
        assertThat(cascade.follow(INTERVAL)).singleElement().satisfies(operation -> {
            assertThat(operation.changed()).isEqualTo(2);
            assertThat(operation.actor()).isEqualTo(WalletCascade.ACTOR);
            assertThat(operation.reason()).contains("the provider's list says so");
        });
        assertThat(states("wallet_instance", instanceKey())).containsOnly(CredentialState.REVOKED);
        assertThat(issuer.credentialIssuer().statuses().issued(StatusSelector.ofSubject(TestIssuer.ERIKA), 100))
                .filteredOn(issued -> issued.issuance().configurationId().equals(TestIssuer.DIPLOMA))
                .extracting(Issued::state)
                .containsOnly(CredentialState.VALID);
        later();
        assertThat(cascade.follow(INTERVAL)).as("once").isEmpty();
        assertThat(wallet.token(wallet.refreshing(tokens.refreshToken().orElseThrow()))
                        .status())
                .isEqualTo(401);
    }

    @Test
    @DisplayName(
            "a wallet that is suspended has its credentials suspended; that they are good again is for people to say")
    void suspended() {
        wallet.good(wallet.tokens(), TestIssuer.PID);
        said.put(OURS, 2);
        later();
        assertThat(cascade.follow(INTERVAL)).hasSize(1);
        assertThat(states("wallet_instance", instanceKey())).containsExactly(CredentialState.SUSPENDED);
        said.put(OURS, 0);
        later();
        assertThat(cascade.follow(INTERVAL)).isEmpty();
        assertThat(states("wallet_instance", instanceKey())).containsExactly(CredentialState.SUSPENDED);
        said.put(OURS, 1);
        later();
        assertThat(cascade.follow(INTERVAL)).hasSize(1);
        assertThat(states("wallet_instance", instanceKey())).containsExactly(CredentialState.REVOKED);
    }

    @Test
    @DisplayName("what cannot be learnt changes nothing, and is asked again")
    void unknown() {
        wallet.good(wallet.tokens(), TestIssuer.PID);
        said.put(OURS, 1);
        reachable.set(false);
        later();
        assertThat(cascade.follow(INTERVAL)).isEmpty();
        assertThat(states("wallet_instance", instanceKey())).containsExactly(CredentialState.VALID);
        reachable.set(true);
        assertThat(cascade.follow(INTERVAL))
                .as("not before the interval is over")
                .isEmpty();
        later();
        assertThat(cascade.follow(INTERVAL)).hasSize(1);
    }

    @Test
    @Requirement("CI-KA-3")
    @DisplayName("keys whose attestation is revoked take the credentials bound to them along")
    void keyAttestation() {
        var holder = SigningKey.generate(JWSAlgorithm.ES256);
        var plain = issuer.wallet();
        var token = plain.redeem(issuer.offer(TestIssuer.PID).offer()).token();
        var attestation = provider.attest(List.of(holder), plain.nonce()).claim("status", place(KEYS));
        assertThat(plain.request(token, TestIssuer.PID)
                        .proof(proof -> proof.by(holder).header("key_attestation", attestation.compact()))
                        .credentials())
                .hasSize(1);
        var key = DpopProof.thumbprint(holder.publicJwk());
        assertThat(states("attested_key", key)).containsExactly(CredentialState.VALID);
        assertThat(states("wallet_provider", "https://wallet-provider.example")).hasSize(1);
        assertThat(by("attested_key", IssuanceOrigin.NOT_ATTESTED)).isEmpty();
        said.put(KEYS, 1);
        later();
        assertThat(cascade.follow(INTERVAL)).hasSize(1);
        assertThat(states("attested_key", key)).containsExactly(CredentialState.REVOKED);
    }

    @Test
    @DisplayName(
            "the access token tells the issuer of an attested wallet what the wallet has shown itself, and of others nothing")
    void inAccessToken() {
        var claims = SignedJwt.parse(wallet.tokens().accessToken()).claims();
        var told = AttestedWallet.read(claims.object(AttestedWallet.CLAIM));
        assertThat(told.instance()).isEqualTo(instanceKey());
        assertThat(told.provider()).contains("https://wallet-provider.example");
        var place = told.status().orElseThrow().object("status_list");
        assertThat(place.integer("idx")).isEqualTo(OURS);
        assertThat(place.string("uri")).isEqualTo(LIST.toString());
        var plain = issuer.wallet();
        var token = plain.redeem(issuer.offer(TestIssuer.PID).offer()).token();
        assertThat(SignedJwt.parse(token.accessToken()).claims().has(AttestedWallet.CLAIM))
                .isFalse();
    }

    @Test
    @DisplayName("all that came of one offer is found by its id, whichever grant was taken")
    void byOffer() {
        var offer = issuer.offer(new OfferRequest(
                Optional.of(TestIssuer.ERIKA),
                List.of(TestIssuer.PID),
                OfferedGrants.BOTH,
                Optional.empty(),
                false,
                Optional.empty(),
                Duration.ofMinutes(10)));
        var plain = issuer.wallet();
        plain.request(plain.redeem(offer.offer()).token(), TestIssuer.PID).credentials();
        var state = offer.offer()
                .grants()
                .authorizationCode()
                .orElseThrow()
                .issuerState()
                .orElseThrow();
        wallet.good(
                wallet.tokens(wallet.redeeming(wallet.code(wallet.asking().with("issuer_state", state)))),
                TestIssuer.PID);
        var another = issuer.wallet();
        another.request(another.redeem(issuer.offer(TestIssuer.PID).offer()).token(), TestIssuer.PID)
                .credentials();

        assertThat(by("offer", offer.id())).hasSize(2);
        var done = issuer.credentialIssuer()
                .statuses()
                .change(Order.of(
                        StatusVerb.REVOKE,
                        StatusSelector.read(
                                JsonObject.builder().put("offer", offer.id()).build()),
                        "printed twice",
                        "a test"));
        assertThat(done.changed()).isEqualTo(2);
        assertThat(states("offer", offer.id())).containsOnly(CredentialState.REVOKED);
    }

    @Test
    @DisplayName("what a deferred transaction ended in is found by it, and rests on the attestations of its beginning")
    void byTransaction() {
        verdict.set(Verdict.askOperator());
        TestWallet named = issuer.wallet().withClientId(WALLET);
        var tokens = wallet.tokens();
        var begun = named.request(tokens, TestIssuer.PID).send().bodyObject().string("transaction_id");
        var open = issuer.credentialIssuer().approvals().open(10);
        assertThat(open).hasSize(1);
        issuer.credentialIssuer().approvals().approve(open.getFirst().handle());
        assertThat(named.askAgain(tokens, begun).status()).isEqualTo(200);

        assertThat(by("transaction", open.getFirst().handle()))
                .singleElement()
                .satisfies(issued ->
                        assertThat(issued.issuance().origin().walletInstance()).contains(instanceKey()));
        said.put(OURS, 1);
        later();
        cascade.follow(INTERVAL);
        assertThat(states("transaction", open.getFirst().handle())).containsExactly(CredentialState.REVOKED);
    }

    @Test
    @DisplayName("nothing is selected by an empty name, which stands for all that was erased")
    void nothingByNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> by("subject", ""));
    }
}
