package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.authorization.CodeFlow;
import dev.intaglio.authorization.client.AttestationPolicy;
import dev.intaglio.authorization.interaction.UserInteraction;
import dev.intaglio.authorization.token.DpopPolicy;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.protocol.clientattestation.ClientAttestation;
import dev.intaglio.protocol.clientattestation.ClientAttestationPop;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.store.InMemoryStores;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("HAIP 1.0: everything at once")
class HighAssuranceFlowTest {
    private static final String WALLET = "https://wallet.example/solution";
    private static final URI PROVIDER = URI.create("https://provider.example");

    private final DevelopmentCa ca =
            DevelopmentCa.create("Attesters", Clock.fixed(TestIssuer.NOW, ZoneOffset.UTC), new SecureRandom());
    private final SigningKey attester = ca.issue("Wallet provider", PROVIDER, JWSAlgorithm.ES256);
    private final SigningKey instance = SigningKey.generate(JWSAlgorithm.ES256);
    private final SigningKey dpopKey = SigningKey.generate(JWSAlgorithm.ES256);
    private final TestIssuer issuer = TestIssuer.builder()
            .authorizationServerOptions(server -> server.dpop(DpopPolicy.REQUIRED)
                    .publicClients(false)
                    .attestedClients(AttestationPolicy.trusting(TrustAnchors.of(List.of(ca.anchor())))
                            .withChallenge())
                    .authorizationCode(CodeFlow.of(
                                    new InMemoryStores().codeFlow(),
                                    new UserInteraction.AutoApproval(TestIssuer.ERIKA),
                                    CodeFlowWallet.CREDENTIALS)
                            .withPushedOnly()
                            .withRefreshTokens(Duration.ofDays(90))))
            .build();
    private final CodeFlowWallet wallet = CodeFlowWallet.at(issuer).named(WALLET);

    private Response send(String path, Form form, Optional<String> challenge, Optional<String> nonce) {
        var now = issuer.clock().instant();
        var address = issuer.identifier().resolve(path);
        var attestation = ClientAttestation.make(
                attester, PROVIDER.toString(), WALLET, instance.publicJwk(), now, now.plus(Duration.ofHours(1)));
        var pop = ClientAttestationPop.make(
                instance, WALLET, issuer.identifier(), CodeFlowWallet.newId(), now, challenge);
        return issuer.handler()
                .handle(Request.post(address, form)
                        .with(ClientAttestation.HEADER, attestation)
                        .with(ClientAttestationPop.HEADER, pop)
                        .with(
                                "DPoP",
                                DpopProof.make(
                                        dpopKey,
                                        CodeFlowWallet.newId(),
                                        "POST",
                                        address,
                                        now,
                                        nonce,
                                        Optional.empty())));
    }

    @Test
    @Requirement({
        "HAIP-1",
        "HAIP-3",
        "HAIP-4",
        "HAIP-AS-2",
        "HAIP-AS-7",
        "HAIP-AS-8",
        "HAIP-AS-9",
        "AS-DPOP-6",
        "AS-ABCA-8"
    })
    @DisplayName("a wallet that knows nothing yet is told challenge and nonce, and gets a credential and a refresh")
    void wholeFlow() {
        var demanded = send("/par", wallet.asking(), Optional.empty(), Optional.empty());
        assertRefused(demanded, 400, "use_attestation_challenge");
        var challenge = demanded.header(ClientAttestationPop.CHALLENGE_HEADER);

        var nonceDemanded = send("/par", wallet.asking(), challenge, Optional.empty());
        assertRefused(nonceDemanded, 400, "use_dpop_nonce");
        var nonce = nonceDemanded.header("DPoP-Nonce");

        var pushed = send("/par", wallet.asking(), challenge, nonce);
        assertThat(pushed.status()).as(pushed.bodyText()).isEqualTo(201);
        var code = CodeFlowWallet.code(wallet.open(pushed.bodyObject().string("request_uri")));
        var answer = send("/token", wallet.redeeming(code), challenge, nonce);
        assertThat(answer.status()).as(answer.bodyText()).isEqualTo(200);
        var token = TokenResponse.read(answer.bodyObject());
        assertThat(token.tokenType()).isEqualTo("DPoP");
        var holder = issuer.wallet().withClientId(WALLET).withDpop(dpopKey);
        assertThat(holder.request(token, TestIssuer.PID).credential()).isNotEmpty();

        var refreshed = send("/token", wallet.refreshing(token.refreshToken().orElseThrow()), challenge, nonce);
        assertThat(refreshed.status()).as(refreshed.bodyText()).isEqualTo(200);
        assertThat(refreshed.bodyObject().has("refresh_token")).isFalse();
    }

    @Test
    @Requirement({"HAIP-AS-7", "HAIP-AS-2", "AS-PAR-7"})
    @DisplayName("neither an unauthenticated client nor a request that was not pushed gets anywhere")
    void refuses() {
        assertRefused(wallet.push(wallet.asking()), 401, "invalid_client");
        assertRefused(wallet.authorize(wallet.asking()), 400, "invalid_client");
    }

    @Test
    @Requirement({"HAIP-AS-1", "AS-META-7", "AS-META-11"})
    @DisplayName("the metadata says all of it")
    void metadata() {
        var metadata = issuer.authorizationServer().metadata();
        assertThat(metadata.requirePushedAuthorizationRequests()).isTrue();
        assertThat(metadata.tokenEndpointAuthMethods()).containsExactly("attest_jwt_client_auth");
        assertThat(metadata.preAuthorizedGrantAnonymousAccess()).isFalse();
        assertThat(metadata.authorizationResponseIssParameter()).isTrue();
        assertThat(metadata.dpopSigningAlgorithms()).contains("ES256");
    }
}
