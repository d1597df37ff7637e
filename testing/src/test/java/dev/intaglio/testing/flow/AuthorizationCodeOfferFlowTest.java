package dev.intaglio.testing.flow;

import static dev.intaglio.testing.TestIssuer.DIPLOMA;
import static dev.intaglio.testing.TestIssuer.EMPLOYEE;
import static dev.intaglio.testing.TestIssuer.PID;
import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.authorization.AuthorizationServer;
import dev.intaglio.authorization.CodeFlow;
import dev.intaglio.authorization.client.RegisteredClient;
import dev.intaglio.authorization.client.RegisteredClients;
import dev.intaglio.authorization.interaction.Decision;
import dev.intaglio.authorization.interaction.UserInteraction;
import dev.intaglio.issuer.offer.CreatedOffer;
import dev.intaglio.issuer.offer.OfferRequest;
import dev.intaglio.issuer.offer.OfferedGrants;
import dev.intaglio.issuer.spi.IssuerStates;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.oauth.AuthorizationResponse;
import dev.intaglio.protocol.offer.TxCode;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.store.InMemoryStores;
import dev.intaglio.testing.store.Race;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("§4.1.1 offers with the authorization code grant")
class AuthorizationCodeOfferFlowTest {
    private static final Duration VALIDITY = Duration.ofMinutes(30);

    private final TestIssuer issuer = CodeFlowWallet.anyIssuer();
    private final CodeFlowWallet wallet = CodeFlowWallet.at(issuer);

    private static OfferRequest toSignIn(String... configurationIds) {
        return OfferRequest.toSignIn(Optional.empty(), List.of(configurationIds), VALIDITY);
    }

    private static String state(CreatedOffer offer) {
        return offer.offer()
                .grants()
                .authorizationCode()
                .orElseThrow()
                .issuerState()
                .orElseThrow();
    }

    private Form asking(CreatedOffer offer, String scope) {
        return wallet.asking().with("scope", scope).with("issuer_state", state(offer));
    }

    private Response fetch(CreatedOffer offer) {
        return issuer.handler().handle(Request.get(offer.reference()));
    }

    @Test
    @Requirement({"CI-OFFER-6", "HAIP-5", "HAIP-7", "HAIP-CI-3"})
    @DisplayName("the issuer_state leads from the offer to the credential by the scope of the offered configuration")
    void wholeFlow() {
        var offer = issuer.offer(toSignIn(DIPLOMA));
        var grants = fetch(offer).bodyObject().object("grants");
        assertThat(grants.members()).containsOnlyKeys("authorization_code");
        assertThat(grants.object("authorization_code").members()).containsOnlyKeys("issuer_state");
        var token = wallet.tokens(wallet.redeeming(wallet.code(asking(offer, "diploma"))));
        assertThat(wallet.good(token, DIPLOMA)).isTrue();
        assertThat(wallet.good(token, DIPLOMA))
                .as("another credential on the same token")
                .isTrue();
    }

    @Test
    @Requirement("CI-OFFER-6")
    @DisplayName("one offer serves a second wallet, until it expires")
    void secondWallet() {
        var offer = issuer.offer(toSignIn(DIPLOMA));
        for (var one : List.of(wallet, wallet.named(CodeFlowWallet.OTHER), wallet)) {
            var asking = asking(offer, "diploma").with("client_id", one.id());
            assertThat(one.good(one.tokens(one.redeeming(one.code(asking))), DIPLOMA))
                    .isTrue();
        }
        issuer.clock().advance(VALIDITY);
        assertRefused(wallet.push(asking(offer, "diploma")), 400, "invalid_request");
        assertThat(fetch(offer).status()).isEqualTo(404);
    }

    @Test
    @Requirement("CI-OFFER-6")
    @DisplayName("made for single use, it serves one, and of fifty at once one")
    void singleUse() {
        var offer = issuer.offer(toSignIn(DIPLOMA).once());
        var answers = Race.run(runner -> {
            var requestUri = wallet.requestUri(asking(offer, "diploma"));
            return () -> CodeFlowWallet.answer(wallet.open(requestUri));
        });
        assertThat(answers)
                .filteredOn(AuthorizationResponse.Success.class::isInstance)
                .hasSize(1);
        assertThat(answers)
                .filteredOn(AuthorizationResponse.Failure.class::isInstance)
                .allSatisfy(failure -> assertThat(((AuthorizationResponse.Failure) failure).error())
                        .isEqualTo("invalid_request"));
        assertThat(fetch(offer).status()).isEqualTo(404);
    }

    @Test
    @DisplayName("a single-use offer is not used up by who refuses")
    void refusedIsNotUsed() {
        var there = new Asked();
        var offer = there.issuer.offer(toSignIn(DIPLOMA).once());
        assertThat(there.answer(offer, new Decision.Denied())).isInstanceOf(AuthorizationResponse.Failure.class);
        assertThat(there.answer(offer, new Decision.Approved(TestIssuer.ERIKA)))
                .isInstanceOf(AuthorizationResponse.Success.class);
    }

    @Test
    @Requirement("AS-AUTHZ-3")
    @DisplayName("a state that was never made is refused, at the pushed request and in the browser")
    void unknown() {
        var asking = wallet.asking().with("issuer_state", "somebody-elses");
        assertRefused(wallet.push(asking), 400, "invalid_request");
        assertThat(CodeFlowWallet.failure(wallet.authorize(asking)).error()).isEqualTo("invalid_request");
    }

    @Nested
    @DisplayName("§5.1.3 the state limits what the request gets")
    class Limits {
        @Test
        @Requirement("AS-AUTHZ-3")
        @DisplayName("by scope: to what was offered")
        void byScope() {
            var offer = issuer.offer(toSignIn(DIPLOMA));
            var token = wallet.tokens(wallet.redeeming(wallet.code(asking(offer, "diploma employee"))));
            assertThat(token.scope()).contains("diploma");
            assertThat(wallet.good(token, EMPLOYEE)).isFalse();
            assertRefused(wallet.push(asking(offer, "employee")), 400, "invalid_scope");
        }

        @Test
        @Requirement("AS-AUTHZ-3")
        @DisplayName("by authorization details: to what was offered")
        void byDetails() {
            var offer = issuer.offer(toSignIn(DIPLOMA));
            var asking = wallet.askingFor(DIPLOMA, PID).with("issuer_state", state(offer));
            var token = wallet.tokens(wallet.redeeming(wallet.code(asking)));
            assertThat(token.authorizationDetails())
                    .extracting(detail -> detail.credentialConfigurationId())
                    .containsExactly(DIPLOMA);
            assertRefused(
                    wallet.push(wallet.askingFor(PID).with("issuer_state", state(offer))),
                    400,
                    "invalid_authorization_details");
        }

        @Test
        @Requirement("AS-AUTHZ-3")
        @DisplayName("to the person it was made for: anybody else who signs in is denied, and uses nothing up")
        void otherPerson() {
            var there = new Asked();
            var offer =
                    there.issuer.offer(OfferRequest.toSignIn(Optional.of(TestIssuer.BILBO), List.of(EMPLOYEE), VALIDITY)
                            .once());
            var failure = (AuthorizationResponse.Failure)
                    there.answer(offer, "employee", new Decision.Approved(TestIssuer.ERIKA));
            assertThat(failure.error()).isEqualTo("access_denied");
            assertThat(failure.description().orElse("")).doesNotContain(TestIssuer.BILBO);
            assertThat(there.answer(offer, "employee", new Decision.Approved(TestIssuer.BILBO)))
                    .isInstanceOf(AuthorizationResponse.Success.class);
        }
    }

    @Nested
    @DisplayName("making them")
    class Making {
        @Test
        @Requirement({"CI-OFFER-6", "CI-OFFER-8", "CI-OFFER-10"})
        @DisplayName("both grants stand side by side, and each of them works")
        void both() {
            var offer = issuer.offer(new OfferRequest(
                    Optional.of(TestIssuer.ERIKA),
                    List.of(DIPLOMA),
                    OfferedGrants.BOTH,
                    Optional.of(TxCode.numeric(6, "by letter")),
                    false,
                    Optional.empty(),
                    VALIDITY));
            assertThat(offer.txCode()).isPresent();
            var signedIn = wallet.tokens(wallet.redeeming(wallet.code(asking(offer, "diploma"))));
            assertThat(wallet.good(signedIn, DIPLOMA)).isTrue();
            var preAuthorized = issuer.wallet()
                    .redeem(offer.offer())
                    .txCode(offer.txCode().orElseThrow())
                    .token();
            assertThat(issuer.wallet().request(preAuthorized, DIPLOMA).credential())
                    .isNotEmpty();
        }

        @Test
        @DisplayName("what contradicts itself is refused")
        void contradictions() {
            assertThatThrownBy(() -> new OfferRequest(
                            Optional.empty(),
                            List.of(DIPLOMA),
                            OfferedGrants.BOTH,
                            Optional.empty(),
                            false,
                            Optional.empty(),
                            VALIDITY))
                    .hasMessageContaining("subject");
            assertThatThrownBy(() -> new OfferRequest(
                            Optional.empty(),
                            List.of(DIPLOMA),
                            OfferedGrants.AUTHORIZATION_CODE,
                            Optional.of(TxCode.numeric(6, "by letter")),
                            false,
                            Optional.empty(),
                            VALIDITY))
                    .hasMessageContaining("Transaction Code");
        }

        @Test
        @Requirement("CI-OFFER-7")
        @DisplayName("an authorization server is named only if the metadata has several, and only one of those")
        void authorizationServer() {
            var own = URI.create("https://login.example");
            var other = URI.create("https://keycloak.example/realms/one");
            var several = TestIssuer.builder()
                    .credentialIssuerOptions(options ->
                            options.authorizationServers(List.of(own, other)).issuerStates(IssuerStates.none()))
                    .build();
            var made = several.offer(at(other));
            assertThat(made.offer().grants().authorizationCode().orElseThrow().authorizationServer())
                    .contains(other);
            assertThat(made.offer().grants().authorizationCode().orElseThrow().issuerState())
                    .isEmpty();
            assertThatThrownBy(() -> several.offer(at(URI.create("https://elsewhere.example"))))
                    .hasMessageContaining("authorization_server");
            assertThatThrownBy(() -> issuer.offer(at(issuer.identifier())))
                    .hasMessageContaining("authorization_server");
        }

        private static OfferRequest at(URI server) {
            return new OfferRequest(
                    Optional.empty(),
                    List.of(DIPLOMA),
                    OfferedGrants.AUTHORIZATION_CODE,
                    Optional.empty(),
                    false,
                    Optional.of(server),
                    VALIDITY);
        }

        @Test
        @Requirement("HAIP-8")
        @DisplayName("links may begin with haip-vci://")
        void scheme() {
            var haip = TestIssuer.builder()
                    .credentialIssuerOptions(options -> options.offerEndpoint("haip-vci://"))
                    .build()
                    .offer(DIPLOMA);
            assertThat(haip.linkByValue()).startsWith("haip-vci://?credential_offer=");
            assertThat(haip.linkByReference()).startsWith("haip-vci://?credential_offer_uri=");
        }
    }

    /// An issuer whose users answer as the test says.
    private static final class Asked {
        private static final String PAGE = "https://login.example/";

        private final TestIssuer issuer;
        private final CodeFlowWallet wallet;

        Asked() {
            var client = new RegisteredClient(
                    CodeFlowWallet.ID, List.of(CodeFlowWallet.REDIRECT), new RegisteredClient.Method.None());
            UnaryOperator<AuthorizationServer.Builder> options =
                    server -> server.registeredClients(RegisteredClients.of(List.of(client)))
                            .authorizationCode(CodeFlow.of(
                                    new InMemoryStores().codeFlow(),
                                    new UserInteraction.Pages(id -> URI.create(PAGE + id)),
                                    CodeFlowWallet.CREDENTIALS));
            issuer = TestIssuer.builder()
                    .dpopNonces(false)
                    .authorizationServerOptions(options)
                    .build();
            wallet = CodeFlowWallet.at(issuer);
        }

        AuthorizationResponse answer(CreatedOffer offer, Decision decision) {
            return answer(offer, "diploma", decision);
        }

        AuthorizationResponse answer(CreatedOffer offer, String scope, Decision decision) {
            var asking = wallet.asking().with("scope", scope).with("issuer_state", state(offer));
            var page = wallet.open(wallet.requestUri(asking)).header("Location").orElseThrow();
            return CodeFlowWallet.answer(issuer.authorizationServer()
                    .complete(page.substring(PAGE.length()), decision)
                    .orElseThrow());
        }
    }
}
