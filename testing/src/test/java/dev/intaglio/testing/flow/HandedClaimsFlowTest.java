package dev.intaglio.testing.flow;

import static dev.intaglio.testing.TestIssuer.DIPLOMA;
import static dev.intaglio.testing.TestIssuer.EMPLOYEE;
import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.authorization.CodeFlow;
import dev.intaglio.authorization.client.RegisteredClient;
import dev.intaglio.authorization.client.RegisteredClients;
import dev.intaglio.authorization.interaction.Decision;
import dev.intaglio.authorization.interaction.UserInteraction;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.sdjwtvc.SdJwtVcVerifier;
import dev.intaglio.issuer.credential.DeferralPolicy;
import dev.intaglio.issuer.offer.CreatedOffer;
import dev.intaglio.issuer.offer.OfferRequest;
import dev.intaglio.issuer.offer.OfferedGrants;
import dev.intaglio.issuer.source.LoginDatasets;
import dev.intaglio.issuer.spi.IssuanceRule.Verdict;
import dev.intaglio.protocol.credential.CredentialResponse;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.AuthorizationResponse;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.store.InMemoryStores;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Claims that come with an authorization")
class HandedClaimsFlowTest {
    private static final Duration VALIDITY = Duration.ofMinutes(30);
    private static final JsonObject BADGE = JsonObject.builder()
            .put("given_name", "Galadriel")
            .put("family_name", "of Lothlórien")
            .put("employee_number", "E-7000")
            .put("employer", JsonObject.builder().put("name", "The Woods").build())
            .build();

    private static String givenName(TestIssuer issuer, Object credential) {
        return ((Verification.Verified)
                        new SdJwtVcVerifier().verify((String) credential, issuer.anchors(), TestIssuer.NOW))
                .claims()
                .string("given_name");
    }

    private static OfferRequest request(OfferedGrants grants, Map<String, JsonObject> claims, String... ids) {
        return new OfferRequest(
                Optional.of(TestIssuer.ERIKA),
                List.of(ids),
                grants,
                Optional.empty(),
                false,
                Optional.empty(),
                VALIDITY,
                claims);
    }

    @Nested
    @DisplayName("pushed with an offer")
    class Pushed {
        private final AtomicReference<Verdict> verdict = new AtomicReference<>(Verdict.allow());
        private final TestIssuer issuer = TestIssuer.builder()
                .dpopNonces(false)
                .credentialIssuerOptions(
                        options -> options.deferralPolicy(DeferralPolicy.DEFAULT.with(entitlement -> verdict.get())))
                .build();

        private CreatedOffer offer(String... ids) {
            return issuer.offer(request(OfferedGrants.PRE_AUTHORIZED_CODE, Map.of(EMPLOYEE, BADGE), ids));
        }

        private TokenResponse token(CreatedOffer offer) {
            return issuer.wallet().redeem(offer.offer()).token();
        }

        @Test
        @DisplayName(
                "are in the credential, in each of a batch; another offer about the same person has those of the register")
        void issued() {
            var token = token(offer(EMPLOYEE));
            var wallet = issuer.wallet();
            assertThat(wallet.request(token, EMPLOYEE)
                            .proofs(wallet.keyProofs(3))
                            .credentials())
                    .hasSize(3)
                    .allSatisfy(credential ->
                            assertThat(givenName(issuer, credential)).isEqualTo("Galadriel"));
            var other = token(issuer.offer(EMPLOYEE));
            assertThat(givenName(
                            issuer, issuer.wallet().request(other, EMPLOYEE).credential()))
                    .isEqualTo("Erika");
        }

        @Test
        @DisplayName("are for their configuration alone; for the others of the offer the register is asked")
        void othersFromRegister() {
            var token = token(offer(EMPLOYEE, DIPLOMA));
            assertThat(givenName(issuer, issuer.wallet().request(token, DIPLOMA).credential()))
                    .isEqualTo("Erika");
            assertThat(givenName(
                            issuer, issuer.wallet().request(token, EMPLOYEE).credential()))
                    .isEqualTo("Galadriel");
        }

        @Test
        @DisplayName("wait with a deferred issuance, longer than the offer lasts")
        void deferred() {
            verdict.set(Verdict.askOperator());
            var token = token(offer(EMPLOYEE));
            var transaction =
                    issuer.wallet().request(token, EMPLOYEE).send().bodyObject().string("transaction_id");
            issuer.clock().advance(Duration.ofDays(3));
            var handle =
                    issuer.credentialIssuer().approvals().open(10).getFirst().handle();
            issuer.credentialIssuer().approvals().approve(handle);
            issuer.clock().set(TestIssuer.NOW); // so that the token is good; what was kept is kept
            var response = issuer.wallet().askAgain(token, transaction);
            assertThat(response.status()).as(response.bodyText()).isEqualTo(200);
            var credentials =
                    ((CredentialResponse.Issued) CredentialResponse.read(response.bodyObject())).credentials();
            assertThat(givenName(issuer, credentials.getFirst())).isEqualTo("Galadriel");
        }

        @Test
        @DisplayName("an offer cannot have claims for what it does not offer")
        void forSomethingElse() {
            assertThatThrownBy(() -> request(OfferedGrants.PRE_AUTHORIZED_CODE, Map.of(EMPLOYEE, BADGE), DIPLOMA))
                    .hasMessageContaining(EMPLOYEE)
                    .hasMessageNotContaining("Galadriel");
        }
    }

    @Nested
    @DisplayName("after a sign-in")
    class SignedIn {
        private final AtomicReference<String> interaction = new AtomicReference<>("");
        private TestIssuer issuer = issuer(TestIssuer.builder());

        private TestIssuer issuer(TestIssuer.Builder builder) {
            UserInteraction pages = new UserInteraction.Pages(id -> {
                interaction.set(id);
                return URI.create("https://issuer.example/login");
            });
            var flow = CodeFlow.of(new InMemoryStores().codeFlow(), pages, CodeFlowWallet.CREDENTIALS)
                    .withRefreshTokens(Duration.ofDays(30));
            var clients = RegisteredClients.of(List.of(new RegisteredClient(
                    CodeFlowWallet.ID, List.of(CodeFlowWallet.REDIRECT), new RegisteredClient.Method.None())));
            return builder.dpopNonces(false)
                    .authorizationServerOptions(
                            server -> server.registeredClients(clients).authorizationCode(flow))
                    .build();
        }

        private TokenResponse signIn(Optional<String> issuerState, Decision decision) {
            var wallet = CodeFlowWallet.at(issuer);
            var asking = wallet.asking().with("scope", "employee");
            var form =
                    issuerState.map(state -> asking.with("issuer_state", state)).orElse(asking);
            assertThat(wallet.authorize(form).status()).isEqualTo(303);
            var where = issuer.authorizationServer()
                    .complete(interaction.get(), decision)
                    .orElseThrow();
            var code = ((AuthorizationResponse.Success) CodeFlowWallet.answer(where)).code();
            return wallet.tokens(wallet.redeeming(code));
        }

        private static Optional<String> state(CreatedOffer offer) {
            return offer.offer().grants().authorizationCode().orElseThrow().issuerState();
        }

        private Object credential(TokenResponse token) {
            return issuer.wallet()
                    .withClientId(CodeFlowWallet.ID)
                    .request(token, EMPLOYEE)
                    .credential();
        }

        @Test
        @DisplayName(
                "an offer's claims go to who takes it up by its issuer_state, to each of several wallets, and to nobody else")
        void byIssuerState() {
            var offer = issuer.offer(request(OfferedGrants.BOTH, Map.of(EMPLOYEE, BADGE), EMPLOYEE));
            var erika = new Decision.Approved(TestIssuer.ERIKA);
            assertThat(givenName(issuer, credential(signIn(state(offer), erika))))
                    .isEqualTo("Galadriel");
            assertThat(givenName(issuer, credential(signIn(state(offer), erika))))
                    .isEqualTo("Galadriel");
            assertThat(givenName(issuer, credential(signIn(Optional.empty(), erika))))
                    .isEqualTo("Erika");
            var preAuthorized = issuer.wallet().redeem(offer.offer()).token();
            assertThat(givenName(
                            issuer,
                            issuer.wallet().request(preAuthorized, EMPLOYEE).credential()))
                    .isEqualTo("Galadriel");
        }

        @Test
        @DisplayName("what the sign-in told goes where the login source says, and into that authorization alone")
        void fromLogin() {
            issuer = issuer(TestIssuer.builder().definitions(List.of(badge())).datasets(new LoginDatasets()));
            var told = JsonObject.builder()
                    .put("first", "Meriadoc")
                    .put("family_name", "Brandybuck")
                    .put(
                            "work",
                            JsonObject.builder()
                                    .put("id", "E-1")
                                    .put("at", "Rohan")
                                    .build())
                    .put("secret", "pipe-weed")
                    .build();
            var token = signIn(Optional.empty(), new Decision.Approved(TestIssuer.ERIKA, told));
            var claims = ((Verification.Verified)
                            new SdJwtVcVerifier().verify((String) credential(token), issuer.anchors(), TestIssuer.NOW))
                    .claims();
            assertThat(claims.string("given_name")).isEqualTo("Meriadoc");
            assertThat(claims.string("employee_id")).isEqualTo("E-1");
            assertThat(claims.string("employer")).isEqualTo("Rohan");
            assertThat(claims.has("secret")).isFalse();
            var without = signIn(Optional.empty(), new Decision.Approved(TestIssuer.ERIKA));
            assertRefused(
                    issuer.wallet()
                            .withClientId(CodeFlowWallet.ID)
                            .request(without, EMPLOYEE)
                            .send(),
                    400,
                    "credential_request_denied");
        }

        @Test
        @DisplayName("are not kept for who renews with a refresh token much later")
        void notKept() {
            issuer = issuer(TestIssuer.builder().definitions(List.of(badge())).datasets(new LoginDatasets()));
            var told = JsonObject.builder()
                    .put("first", "Meriadoc")
                    .put("family_name", "Brandybuck")
                    .put(
                            "work",
                            JsonObject.builder()
                                    .put("id", "E-1")
                                    .put("at", "Rohan")
                                    .build())
                    .build();
            var first = signIn(Optional.empty(), new Decision.Approved(TestIssuer.ERIKA, told));
            issuer.clock().advance(Duration.ofMinutes(59));
            var wallet = CodeFlowWallet.at(issuer);
            var second = wallet.tokens(wallet.refreshing(first.refreshToken().orElseThrow()));
            assertThat(wallet.good(second, EMPLOYEE)).isTrue();
            issuer.clock().advance(Duration.ofMinutes(1));
            var third = wallet.tokens(wallet.refreshing(second.refreshToken().orElseThrow()));
            assertRefused(
                    issuer.wallet()
                            .withClientId(CodeFlowWallet.ID)
                            .request(third, EMPLOYEE)
                            .send(),
                    400,
                    "credential_request_denied");
        }

        private static CredentialDefinition badge() {
            return CredentialDefinition.read("""
                    id: employee
                    display: [{locale: en, name: Badge}]
                    claims:
                      - {path: [given_name], mandatory: true}
                      - {path: [family_name], mandatory: true}
                      - {path: [employee_id], mandatory: true}
                      - {path: [employer], mandatory: true}
                    formats:
                      dc+sd-jwt: {configuration_id: employee_sd_jwt, scope: employee, vct: "urn:example:badge:1"}
                    source:
                      login: {given_name: first, family_name: family_name, employee_id: work.id, employer: work.at}
                    """, "badge.yaml");
        }
    }
}
