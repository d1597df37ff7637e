package dev.intaglio.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.authorization.CodeFlow;
import dev.intaglio.authorization.client.RegisteredClient;
import dev.intaglio.authorization.client.RegisteredClients;
import dev.intaglio.authorization.grant.RequestableCredential;
import dev.intaglio.authorization.interaction.UserInteraction;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.store.InMemoryStores;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.ResolvedOffer;
import dev.intaglio.wallet.Wallet;
import dev.intaglio.wallet.WalletException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Signing in with a browser that comes back to this machine")
class SignInTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final TestIssuer issuer = TestIssuer.builder()
            .authorizationServerOptions(server -> server.registeredClients(
                            RegisteredClients.of(List.of(new RegisteredClient(
                                    "wallet",
                                    List.of("http://127.0.0.1/callback"),
                                    new RegisteredClient.Method.None()))))
                    .authorizationCode(CodeFlow.of(
                            new InMemoryStores().codeFlow(),
                            new UserInteraction.AutoApproval(TestIssuer.ERIKA),
                            List.of(RequestableCredential.of(TestIssuer.PID, TestIssuer.PID)))))
            .build();
    private final Wallet wallet = Wallet.builder(issuer.handler(), issuer.anchors())
            .clientId("wallet")
            .clock(issuer.clock())
            .build();
    private final ResolvedOffer offer = wallet.resolve(issuer.identifier(), List.of(TestIssuer.PID));
    private final List<String> story = new ArrayList<>();

    private Outcome signIn(Consumer<URI> browser) {
        return new SignIn(wallet, story::add, browser).take(offer, LONG);
    }

    private URI approved(URI address) {
        return URI.create(
                issuer.handler().handle(Request.get(address)).header("Location").orElseThrow());
    }

    private static String visit(URI address) {
        var response = JdkTransport.create().handle(Request.get(address));
        assertThat(response.header("Cache-Control")).contains("no-store");
        return response.bodyText();
    }

    @Test
    @Requirement({"W-AUTHZ-7", "HAIP-W-10"})
    @DisplayName("is told where to go, and ends with the credential")
    void signsIn() {
        var outcome = signIn(address -> {
            assertThat(story).hasSize(1).first().asString().contains(address.toString());
            var callback = approved(address);
            assertThat(callback.toString()).matches("http://127\\.0\\.0\\.1:\\d+/callback\\?code=.*");
            assertThat(visit(callback)).contains("close this page").doesNotContain("code=");
        });
        assertThat(outcome).isInstanceOf(Outcome.Received.class);
    }

    @Test
    @Requirement("W-AUTHZ-7")
    @DisplayName("what comes to another path, or with nothing, is not taken for an answer; what is forged ends it")
    void strangers() {
        assertThatThrownBy(() -> signIn(address -> {
                    var callback = approved(address);
                    var transport = JdkTransport.create();
                    for (var other : List.of("/", "/callback", "/callback/x?code=1", "/favicon.ico")) {
                        assertThat(transport
                                        .handle(Request.get(callback.resolve(other)))
                                        .status())
                                .isEqualTo(404);
                    }
                    visit(callback.resolve("/callback?code=forged&state=guessed"));
                }))
                .isInstanceOf(WalletException.class)
                .hasMessageContaining("state");
    }

    @Test
    @DisplayName("nobody is waited for longer than was said, and the port is free afterwards")
    void doesNotWaitForEver() {
        var opened = new ArrayList<URI>();
        assertThatThrownBy(() -> new SignIn(wallet, story::add, address -> opened.add(approved(address)))
                        .take(offer, Duration.ZERO))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("nobody came back");
        assertThatThrownBy(() -> visit(opened.getFirst())).hasMessageContaining("no answer");
    }
}
