package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.BrowserFlow.begin;
import static dev.intaglio.testing.flow.BrowserFlow.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.authorization.client.AttestationPolicy;
import dev.intaglio.authorization.token.DpopPolicy;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.protocol.clientattestation.ClientAttestation;
import dev.intaglio.protocol.clientattestation.ClientAttestationPop;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.wallet.AuthorizationStart;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.Renewal;
import dev.intaglio.wallet.Wallet;
import dev.intaglio.wallet.WalletException;
import dev.intaglio.wallet.spi.WalletAttestation;
import dev.intaglio.wallet.spi.WalletAttestations;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The wallet under HAIP 1.0")
class WalletHighAssuranceTest {
    private static final String WALLET = "https://wallet.example/solution";
    private static final URI PROVIDER = URI.create("https://provider.example");

    private final DevelopmentCa ca =
            DevelopmentCa.create("Attesters", Clock.fixed(TestIssuer.NOW, ZoneOffset.UTC), new SecureRandom());
    private final SigningKey attester = ca.issue("Wallet provider", PROVIDER, JWSAlgorithm.ES256);
    private final SigningKey instance = SigningKey.generate(JWSAlgorithm.ES256);
    private final List<Renewal> renewals = new ArrayList<>();
    private final BrowserFlow flow = flow(AttestationPolicy::withChallenge);
    private Duration age = Duration.ZERO;

    private BrowserFlow flow(UnaryOperator<AttestationPolicy> policy) {
        var attested = policy.apply(AttestationPolicy.trusting(TrustAnchors.of(List.of(ca.anchor()))));
        return BrowserFlow.create(
                code -> code.withPushedOnly().withRefreshTokens(Duration.ofDays(90)),
                issuer -> issuer.authorizationServerOptions(server ->
                        server.dpop(DpopPolicy.REQUIRED).publicClients(false).attestedClients(attested)));
    }

    /// The wallet's provider, which attests one instance.
    private WalletAttestations provider(BrowserFlow at) {
        return (server, fresh) -> {
            if (fresh) {
                age = Duration.ZERO;
            }
            var now = at.issuer().clock().instant();
            return new WalletAttestation(
                    ClientAttestation.make(
                            attester,
                            PROVIDER.toString(),
                            WALLET,
                            instance.publicJwk(),
                            now.minus(age),
                            now.plus(Duration.ofHours(1))),
                    instance);
        };
    }

    private Wallet wallet(BrowserFlow at) {
        return at.wallet()
                .attestations(provider(at))
                .highAssurance()
                .renewals(renewals::add)
                .build();
    }

    private static SignedJwt pop(Request request) {
        return SignedJwt.parse(request.header(ClientAttestationPop.HEADER).orElseThrow());
    }

    @Test
    @Requirement({
        "W-ABCA-1",
        "W-ABCA-2",
        "W-ABCA-3",
        "W-ABCA-4",
        "W-AUTHZ-6",
        "HAIP-W-1",
        "HAIP-W-2",
        "HAIP-W-5",
        "HAIP-W-8",
        "HAIP-W-10"
    })
    @DisplayName(
            "gets a credential: attested, challenged, bound to a key that the nonces of both servers were proven with")
    void wholeFlow() {
        assertThat(flow.receive(wallet(flow), flow.offer(TestIssuer.PID))).isInstanceOf(Outcome.Received.class);

        var authenticated = Stream.of("/par", "/token")
                .flatMap(end -> flow.requests(end).stream())
                .toList();
        assertThat(authenticated).allSatisfy(request -> {
            var attestation = ClientAttestation.read(
                    request.header(ClientAttestation.HEADER).orElseThrow());
            var proof = ClientAttestationPop.verify(
                    request.header(ClientAttestationPop.HEADER).orElseThrow(), attestation.instanceKey());
            assertThat(attestation.clientId()).isEqualTo(WALLET);
            assertThat(form(request).value("client_id")).contains(WALLET);
            assertThat(proof.audience()).isEqualTo("https://issuer.example");
            assertThat(proof.issuer()).contains(WALLET);
            assertThat(proof.challenge()).isPresent();
        });
        assertThat(authenticated)
                .extracting(request -> pop(request).claims().string("jti"))
                .doesNotHaveDuplicates();
        assertThat(form(authenticated.getFirst()).value("scope")).contains(TestIssuer.PID);
    }

    @Test
    @Requirement("W-ABCA-3")
    @DisplayName("a challenge comes from the refusal where there is no endpoint for it")
    void challengeByHeader() {
        flow.changingMetadata(metadata -> metadata.without("challenge_endpoint"));
        assertThat(flow.receive(wallet(flow), flow.offer(TestIssuer.PID))).isInstanceOf(Outcome.Received.class);
        assertThat(pop(flow.requests("/par").getFirst()).claims().has("challenge"))
                .isFalse();
        assertThat(pop(flow.requests("/par").getLast()).claims().has("challenge"))
                .isTrue();
    }

    @Test
    @Requirement("W-ABCA-3")
    @DisplayName("the newest challenge counts")
    void adoptsNewerChallenge() {
        flow.changing(exchange -> exchange.at("/par") && !exchange.response().successful()
                ? exchange.answered(exchange.response().with(ClientAttestationPop.CHALLENGE_HEADER, "newer"))
                : exchange);
        var wallet = wallet(flow);
        wallet.begin(wallet.resolve(flow.offer(TestIssuer.PID)), BrowserFlow.REDIRECT);
        assertThat(flow.requests("/par"))
                .extracting(request -> pop(request).claims().string("challenge"))
                .element(1)
                .isEqualTo("newer");
    }

    @Test
    @Requirement("W-ABCA-7")
    @DisplayName("an attestation that the server finds too old is replaced by the provider")
    void freshAttestation() {
        var strict = flow(policy -> policy.withLongestAge(Duration.ofMinutes(5)));
        age = Duration.ofMinutes(50);
        assertThat(strict.receive(wallet(strict), strict.offer(TestIssuer.PID))).isInstanceOf(Outcome.Received.class);
        assertThat(age).isEqualTo(Duration.ZERO);
    }

    @Test
    @Requirement({"W-ABCA-6", "W-DPOP-5", "HAIP-W-10"})
    @DisplayName("a refresh token is used by the same instance with the same key, and more than once if it stays")
    void refreshes() {
        flow.receive(wallet(flow), flow.offer(TestIssuer.PID));
        var first = flow.requests("/token").getLast();

        assertThat(wallet(flow).renew(renewals.getFirst())).isInstanceOf(Outcome.Received.class);
        assertThat(wallet(flow).renew(renewals.getLast())).isInstanceOf(Outcome.Received.class);

        var last = flow.requests("/token").getLast();
        assertThat(form(last).value("grant_type")).contains("refresh_token");
        assertThat(ClientAttestation.read(last.header(ClientAttestation.HEADER).orElseThrow())
                        .instanceKeyThumbprint())
                .isEqualTo(DpopProof.thumbprint(instance.publicJwk()));
        assertThat(SignedJwt.parse(last.header("DPoP").orElseThrow()).headerKey())
                .isEqualTo(SignedJwt.parse(first.header("DPoP").orElseThrow()).headerKey());
    }

    @Test
    @Requirement({"HAIP-W-1", "HAIP-W-2", "HAIP-W-10"})
    @DisplayName("does not begin where something is missing that HAIP demands")
    void demands() {
        assertMissing("pushed", metadata -> metadata.without("pushed_authorization_request_endpoint"));
        assertMissing("PKCE", metadata -> metadata.without("code_challenge_methods_supported"));
        assertMissing(
                "authenticates by no method",
                metadata -> metadata.with("token_endpoint_auth_methods_supported", List.of("none")));
    }

    private void assertMissing(String what, UnaryOperator<JsonObject> change) {
        flow.changingMetadata(change);
        assertThatThrownBy(() -> begin(wallet(flow), flow.offer(TestIssuer.PID)))
                .isInstanceOf(WalletException.class)
                .hasMessageContaining(what);
        assertThat(flow.requests("/par")).isEmpty();
    }

    @Test
    @Requirement({"W-TOKEN-9", "W-AUTHZ-6"})
    @DisplayName("takes neither a bearer token nor an answer without iss, whatever the metadata says")
    void noFallback() {
        flow.changingMetadata(metadata -> metadata.without("authorization_response_iss_parameter_supported"));
        var start = begin(wallet(flow), flow.offer(TestIssuer.PID));
        var callback = flow.browse(start.address()).toString();
        assertThatThrownBy(() ->
                        wallet(flow).complete(start.pending(), URI.create(callback.replaceFirst("&iss=[^&]*", ""))))
                .isInstanceOf(WalletException.class)
                .hasMessageContaining("iss");

        flow.changing(exchange -> exchange.at("/token") && exchange.response().successful()
                ? exchange.answered(
                        Response.json(200, exchange.response().bodyObject().with("token_type", "Bearer")))
                : exchange);
        assertThatThrownBy(() -> wallet(flow).complete(start.pending(), URI.create(callback)))
                .isInstanceOf(WalletException.class)
                .hasMessageContaining("bound");
    }

    @Test
    @Requirement("W-ABCA-5")
    @DisplayName("the provider is told for which server an attestation is, and the server alone sees it")
    void oneServer() {
        var servers = new ArrayList<URI>();
        var attestations = provider(flow);
        var wallet = flow.wallet()
                .highAssurance()
                .attestations((server, fresh) -> {
                    servers.add(server);
                    return attestations.attestation(server, fresh);
                })
                .build();
        var start = wallet.begin(wallet.resolve(flow.offer(TestIssuer.PID)), BrowserFlow.REDIRECT);
        assertThat(start).isInstanceOf(AuthorizationStart.Ready.class);
        assertThat(servers).containsExactly(TestIssuer.IDENTIFIER);
        assertThat(Stream.of("/credential", "/nonce", "/challenge", "openid-credential-issuer")
                        .flatMap(end -> flow.requests(end).stream()))
                .noneMatch(request -> request.header(ClientAttestation.HEADER).isPresent());
    }
}
