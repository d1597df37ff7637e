package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.CodeFlowWallet.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.authorization.CodeFlow;
import dev.intaglio.authorization.client.RegisteredClient;
import dev.intaglio.authorization.client.RegisteredClients;
import dev.intaglio.authorization.interaction.Decision;
import dev.intaglio.authorization.interaction.Interaction;
import dev.intaglio.authorization.interaction.UserInteraction;
import dev.intaglio.issuer.offer.OfferRequest;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.oauth.AuthorizationResponse;
import dev.intaglio.protocol.offer.Grants;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.store.InMemoryStores;
import dev.intaglio.testing.store.Race;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("§15.1 asking the user, on a page of the deployer")
class InteractionFlowTest {
    private static final String PAGE = "https://login.example/consent?interaction=";
    private static final Decision APPROVED = new Decision.Approved(TestIssuer.ERIKA);

    private final TestIssuer issuer = TestIssuer.builder()
            .dpopNonces(false)
            .authorizationServerOptions(server -> server.registeredClients(
                            RegisteredClients.of(List.of(new RegisteredClient(
                                    CodeFlowWallet.ID,
                                    List.of(CodeFlowWallet.REDIRECT),
                                    new RegisteredClient.Method.None()))))
                    .authorizationCode(CodeFlow.of(
                                    new InMemoryStores().codeFlow(),
                                    new UserInteraction.Pages(id -> URI.create(PAGE + id)),
                                    CodeFlowWallet.CREDENTIALS)
                            .withInteractionLifetime(Duration.ofMinutes(10))))
            .build();
    private final CodeFlowWallet wallet = CodeFlowWallet.at(issuer);

    private static String interaction(Response response) {
        assertThat(response.status()).isEqualTo(303);
        var location = response.header("Location").orElseThrow();
        assertThat(location).startsWith(PAGE);
        return location.substring(PAGE.length());
    }

    private Optional<URI> complete(String id, Decision decision) {
        return issuer.authorizationServer().complete(id, decision);
    }

    @Test
    @Requirement({"AS-AUTHZ-8", "AS-RAR-7", "AS-AUTHZ-3", "CI-META-32"})
    @DisplayName(
            "the page is told who asks and for what, by scope and details together, and with which state of an offer")
    void shows() {
        var state = issuer.offer(OfferRequest.toSignIn(
                        Optional.empty(), List.of(TestIssuer.PID, TestIssuer.DIPLOMA), Duration.ofMinutes(10)))
                .offer()
                .grants()
                .authorizationCode()
                .flatMap(Grants.AuthorizationCode::issuerState);
        var asking = wallet.asking()
                .with("scope", "diploma openid")
                .with("authorization_details", CodeFlowWallet.details(TestIssuer.PID))
                .with("issuer_state", state);
        var id = interaction(wallet.open(wallet.requestUri(asking)));
        assertThat(id).matches("[A-Za-z0-9_-]{43}");
        assertThat(issuer.authorizationServer().interaction(id))
                .contains(new Interaction(
                        CodeFlowWallet.ID,
                        CodeFlowWallet.REDIRECT,
                        false,
                        Set.of(TestIssuer.PID, TestIssuer.DIPLOMA),
                        state));
        assertThat(issuer.authorizationServer().interaction("unheard-of")).isEmpty();
    }

    @Test
    @Requirement({"AS-AUTHZ-5", "AS-AUTHZ-6"})
    @DisplayName("when the user agrees, the browser takes a code to the wallet")
    void approves() {
        var where = complete(interaction(wallet.authorize(wallet.asking())), APPROVED)
                .orElseThrow();
        var success = (AuthorizationResponse.Success) answer(where);
        assertThat(success.state()).contains(CodeFlowWallet.STATE);
        assertThat(wallet.good(wallet.tokens(wallet.redeeming(success.code())), TestIssuer.PID))
                .isTrue();
    }

    @Test
    @Requirement({"AS-AUTHZ-5", "AS-AUTHZ-6"})
    @DisplayName("when the user does not agree, access_denied, state and iss")
    void denies() {
        var where = complete(interaction(wallet.open(wallet.requestUri(wallet.asking()))), new Decision.Denied())
                .orElseThrow();
        var failure = (AuthorizationResponse.Failure) answer(where);
        assertThat(failure.error()).isEqualTo("access_denied");
        assertThat(failure.state()).contains(CodeFlowWallet.STATE);
        assertThat(failure.issuer()).contains(issuer.identifier().toString());
    }

    @Test
    @Requirement("AS-PAR-5")
    @DisplayName("the page may be reloaded until somebody has answered, and a request is answered once")
    void reload() {
        var requestUri = wallet.requestUri(wallet.asking());
        var first = interaction(wallet.open(requestUri));
        var second = interaction(wallet.open(requestUri));
        assertThat(second).isNotEqualTo(first);
        assertThat(complete(first, APPROVED)).isPresent();
        assertThat(complete(first, APPROVED)).isEmpty();
        assertThat(complete(second, APPROVED)).isEmpty();
        assertThat(issuer.authorizationServer().interaction(second)).isEmpty();
        assertThat(CodeFlowWallet.failure(wallet.open(requestUri)).error()).isEqualTo("invalid_request_uri");
    }

    @Test
    @Requirement("AS-PAR-5")
    @DisplayName("of fifty answers at once, one counts")
    void race() {
        var requestUri = wallet.requestUri(wallet.asking());
        var came = Race.run(runner -> {
            var id = interaction(wallet.open(requestUri));
            return () -> complete(id, APPROVED);
        });
        assertThat(came).filteredOn(Optional::isPresent).hasSize(1);
    }

    @Test
    @DisplayName("the user may take longer than the reference lives, but not for ever")
    void lifetimes() {
        var early = interaction(wallet.open(wallet.requestUri(wallet.asking())));
        var late = interaction(wallet.authorize(wallet.asking()));
        issuer.clock().advance(Duration.ofMinutes(10).minusSeconds(1));
        assertThat(complete(early, APPROVED)).isPresent();
        issuer.clock().advance(Duration.ofSeconds(1));
        assertThat(issuer.authorizationServer().interaction(late)).isEmpty();
        assertThat(complete(late, APPROVED)).isEmpty();
    }

    @Test
    @DisplayName("what is shown in a log names neither the person nor the offer")
    void quiet() {
        assertThat(APPROVED.toString()).doesNotContain(TestIssuer.ERIKA);
        assertThat(new UserInteraction.AutoApproval(TestIssuer.ERIKA).toString())
                .doesNotContain(TestIssuer.ERIKA);
        assertThat(new Interaction("wallet", "https://wallet.example/cb", false, Set.of("x"), Optional.of("state"))
                        .toString())
                .doesNotContain("state");
    }
}
