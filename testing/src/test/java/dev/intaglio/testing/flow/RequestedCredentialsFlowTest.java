package dev.intaglio.testing.flow;

import static dev.intaglio.testing.TestIssuer.DIPLOMA;
import static dev.intaglio.testing.TestIssuer.EMPLOYEE;
import static dev.intaglio.testing.TestIssuer.PID;
import static dev.intaglio.testing.flow.CodeFlowWallet.details;
import static dev.intaglio.testing.flow.CodeFlowWallet.failure;
import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.authorization.CodeFlow;
import dev.intaglio.authorization.client.RegisteredClient;
import dev.intaglio.authorization.client.RegisteredClients;
import dev.intaglio.authorization.grant.RequestableCredential;
import dev.intaglio.authorization.interaction.UserInteraction;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.oauth.AuthorizationDetail;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.store.InMemoryStores;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("§5.1 what an authorization request asks for, §6.1.1 and what a token request takes of it")
class RequestedCredentialsFlowTest {
    private final TestIssuer issuer = CodeFlowWallet.anyIssuer();
    private final CodeFlowWallet wallet = CodeFlowWallet.at(issuer);

    private static List<String> ids(TokenResponse token) {
        return token.authorizationDetails().stream()
                .map(AuthorizationDetail::credentialConfigurationId)
                .toList();
    }

    @Nested
    @DisplayName("§5.1.1 by authorization details")
    class ByDetails {
        @Test
        @Requirement({"AS-RAR-1", "AS-RAR-6", "AS-TOKEN-9", "AS-TOKEN-10"})
        @DisplayName("what was granted comes back with identifiers, and the credential is had by one of them")
        void identifiers() {
            var token = wallet.tokens(wallet.redeeming(wallet.code(wallet.askingFor(PID, DIPLOMA))));
            assertThat(ids(token)).containsExactly(PID, DIPLOMA);
            var identifiers = token.authorizationDetails().stream()
                    .flatMap(detail -> detail.credentialIdentifiers().stream())
                    .toList();
            assertThat(identifiers).hasSize(2).doesNotHaveDuplicates().allMatch(identifier -> !identifier.isEmpty());
            assertThat(token.scope()).isEmpty();
            assertThat(wallet.good(token, PID)).isTrue();
            assertThat(wallet.good(token, DIPLOMA)).isTrue();
        }

        @Test
        @Requirement("AS-RAR-2")
        @DisplayName("unknown fields of an object are no reason to refuse it")
        void unknownFields() {
            var parameter = "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"" + PID
                    + "\",\"format\":\"x\",\"vct\":{\"y\":[1]},\"claims\":[{\"path\":[\"given_name\"],\"z\":0}]}]";
            var token = wallet.tokens(
                    wallet.redeeming(wallet.code(wallet.askingFor(PID).with("authorization_details", parameter))));
            assertThat(ids(token)).containsExactly(PID);
        }

        @ParameterizedTest
        @Requirement({"AS-RAR-4", "AS-RAR-5"})
        @DisplayName(
                "anything unknown, missing or mistyped is invalid_authorization_details, pushed, by redirect and for the token")
        @ValueSource(
                strings = {
                    "{}",
                    "[]",
                    "[1]",
                    "not json",
                    "[{\"type\":\"openid_credential\"}]",
                    "[{\"type\":\"payment\"}]",
                    "[{\"credential_configuration_id\":\"diploma_sd_jwt\"}]",
                    "[{\"type\":\"openid_credential\",\"credential_configuration_id\":7}]",
                    "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"unheard-of\"}]",
                    "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"diploma_sd_jwt\",\"claims\":[]}]",
                    "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"diploma_sd_jwt\"},{\"type\":\"payment\"}]",
                    "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"diploma_sd_jwt\"},"
                            + "{\"type\":\"openid_credential\",\"credential_configuration_id\":\"diploma_sd_jwt\"}]",
                    "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"diploma_sd_jwt\",\"locations\":[\"https://x.example\"]}]"
                })
        void refuses(String parameter) {
            var asking = wallet.asking().with("authorization_details", parameter);
            assertRefused(wallet.push(asking), 400, "invalid_authorization_details");
            assertThat(failure(wallet.authorize(asking)).error()).isEqualTo("invalid_authorization_details");
            var code = wallet.code(wallet.askingFor(DIPLOMA));
            var redeeming = wallet.redeeming(code);
            assertRefused(
                    wallet.token(redeeming.with("authorization_details", parameter)),
                    400,
                    "invalid_authorization_details");
            assertThat(wallet.token(redeeming).status())
                    .as("the code is still good")
                    .isEqualTo(200);
        }

        @Test
        @Requirement({"AS-RAR-3", "AS-TOKEN-6"})
        @DisplayName("where the issuer has an authorization server besides itself, locations name the issuer")
        void locations() {
            var apart = apart();
            var located = List.of(new AuthorizationDetail(
                    PID, List.of(), List.of(apart.identifier().toString()), List.of()));
            var server = "https://login.example";
            var there =
                    new CodeFlowWallet(apart, CodeFlowWallet.ID, Optional.empty(), new CodeFlowWallet.Authentication() {
                        @Override
                        public Request request(Request request) {
                            return Request.post(
                                            URI.create(server + request.uri().getPath()), Form.empty())
                                    .withBody("application/x-www-form-urlencoded", request.body());
                        }
                    });
            assertRefused(there.push(there.askingFor(PID)), 400, "invalid_authorization_details");
            var json = Json.writeString(
                    located.stream().map(AuthorizationDetail::write).toList());
            assertThat(there.push(there.askingFor(PID).with("authorization_details", json))
                            .status())
                    .isEqualTo(201);
        }

        private static TestIssuer apart() {
            var flow = CodeFlow.of(
                    new InMemoryStores().codeFlow(),
                    new UserInteraction.AutoApproval(TestIssuer.ERIKA),
                    CodeFlowWallet.CREDENTIALS);
            var client = new RegisteredClient(
                    CodeFlowWallet.ID, List.of(CodeFlowWallet.REDIRECT), new RegisteredClient.Method.None());
            return TestIssuer.builder()
                    .authorizationServer(URI.create("https://login.example"))
                    .authorizationServerOptions(
                            options -> options.registeredClients(RegisteredClients.of(List.of(client)))
                                    .authorizationCode(flow))
                    .build();
        }
    }

    @Nested
    @DisplayName("§5.1.2 by scope")
    class ByScope {
        @Test
        @Requirement({"AS-SCOPE-1", "AS-SCOPE-2", "HAIP-AS-3"})
        @DisplayName("each known value asks for its credentials; others are ignored")
        void scopes() {
            var token = wallet.tokens(
                    wallet.redeeming(wallet.code(wallet.asking().with("scope", "openid diploma  employee x"))));
            assertThat(token.scope().orElseThrow().split(" ")).containsExactlyInAnyOrder("diploma", "employee");
            assertThat(token.authorizationDetails()).isEmpty();
            assertThat(wallet.good(token, DIPLOMA)).isTrue();
            assertThat(wallet.good(token, EMPLOYEE)).isTrue();
            assertThat(wallet.good(token, PID)).isFalse();
        }

        @Test
        @Requirement("AS-SCOPE-3")
        @DisplayName("beside authorization details, both count; what is in both follows the details")
        void both() {
            var asking = wallet.asking().with("scope", "diploma " + PID).with("authorization_details", details(PID));
            var token = wallet.tokens(wallet.redeeming(wallet.code(asking)));
            assertThat(ids(token)).containsExactly(PID, DIPLOMA);
            assertThat(wallet.good(token, PID)).isTrue();
            assertThat(wallet.good(token, DIPLOMA)).isTrue();
        }

        @Test
        @Requirement("AS-SCOPE-4")
        @DisplayName("resource may name the issuer")
        void resource() {
            var asking = wallet.asking().with("resource", issuer.identifier().toString());
            assertThat(wallet.code(asking)).isNotEmpty();
            assertRefused(wallet.push(asking.with("resource", "https://x.example")), 400, "invalid_target");
        }

        @Test
        @Requirement("AS-SCOPE-1")
        @DisplayName("one value may stand for several credentials")
        void shared() {
            var flow = CodeFlow.of(
                    new InMemoryStores().codeFlow(),
                    new UserInteraction.AutoApproval(TestIssuer.ERIKA),
                    List.of(RequestableCredential.of("one", "shared"), RequestableCredential.of("two", "shared")));
            var client = new RegisteredClient(
                    CodeFlowWallet.ID, List.of(CodeFlowWallet.REDIRECT), new RegisteredClient.Method.None());
            var there = CodeFlowWallet.at(TestIssuer.builder()
                    .authorizationServerOptions(
                            options -> options.registeredClients(RegisteredClients.of(List.of(client)))
                                    .authorizationCode(flow))
                    .build());
            var code = there.code(there.asking().with("scope", "shared").with("authorization_details", details("one")));
            assertThat(ids(there.tokens(there.redeeming(code)))).containsExactly("one", "two");
        }
    }

    @Nested
    @DisplayName("§6.1.1 by the token request")
    class ByTokenRequest {
        @Test
        @Requirement({"AS-TOKEN-6", "AS-TOKEN-7", "AS-TOKEN-9"})
        @DisplayName("a part of what was granted by details")
        void part() {
            var code = wallet.code(wallet.askingFor(PID, DIPLOMA));
            var token = wallet.tokens(wallet.redeeming(code).with("authorization_details", details(DIPLOMA)));
            assertThat(ids(token)).containsExactly(DIPLOMA);
            assertThat(wallet.good(token, DIPLOMA)).isTrue();
        }

        @Test
        @Requirement({"AS-TOKEN-6", "AS-TOKEN-7", "AS-TOKEN-9"})
        @DisplayName("a part of what was granted by scope")
        void partOfScope() {
            var code = wallet.code(wallet.asking().with("scope", "diploma employee"));
            var token = wallet.tokens(wallet.redeeming(code).with("authorization_details", details(DIPLOMA)));
            assertThat(ids(token)).containsExactly(DIPLOMA);
            assertThat(token.scope()).contains("diploma");
            assertThat(wallet.good(token, DIPLOMA)).isTrue();
        }

        @Test
        @Requirement("AS-TOKEN-7")
        @DisplayName("never more")
        void notMore() {
            var byDetails = wallet.redeeming(wallet.code(wallet.askingFor(PID)));
            assertRefused(
                    wallet.token(byDetails.with("authorization_details", details(PID, DIPLOMA))),
                    400,
                    "invalid_authorization_details");
            var byScope = wallet.redeeming(wallet.code(wallet.asking()));
            assertRefused(
                    wallet.token(byScope.with("authorization_details", details(DIPLOMA))),
                    400,
                    "invalid_authorization_details");
        }
    }
}
