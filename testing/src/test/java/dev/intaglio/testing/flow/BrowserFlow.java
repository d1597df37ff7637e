package dev.intaglio.testing.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.authorization.AuthorizationServer;
import dev.intaglio.authorization.CodeFlow;
import dev.intaglio.authorization.client.RegisteredClient;
import dev.intaglio.authorization.client.RegisteredClients;
import dev.intaglio.authorization.interaction.UserInteraction;
import dev.intaglio.issuer.offer.OfferRequest;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.store.InMemoryStores;
import dev.intaglio.wallet.AuthorizationStart;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.Wallet;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The network between wallet, browser and a [TestIssuer]: keeps what was asked, and changes what is answered if a test wants.
final class BrowserFlow implements Handler {
    static final String CLIENT = "wallet";
    static final URI REDIRECT = URI.create("com.example.wallet:/callback?keep=1");
    static final SigningKey CLIENT_KEY = SigningKey.generate(JWSAlgorithm.ES256);

    private final TestIssuer issuer;
    private final List<Request> requests = new ArrayList<>();
    private UnaryOperator<Exchange> change = UnaryOperator.identity();

    /// A request and what is answered.
    record Exchange(Request request, Response response) {
        boolean at(String end) {
            return request.uri().getPath().endsWith(end);
        }

        Exchange answered(Response other) {
            return new Exchange(request, other);
        }
    }

    BrowserFlow(TestIssuer issuer) {
        this.issuer = issuer;
    }

    /// An issuer with every default, where everybody is approved as Erika.
    static BrowserFlow create() {
        return create(UnaryOperator.identity(), UnaryOperator.identity());
    }

    static BrowserFlow create(UnaryOperator<CodeFlow> flow, UnaryOperator<TestIssuer.Builder> options) {
        return create(new UserInteraction.AutoApproval(TestIssuer.ERIKA), flow, options);
    }

    static BrowserFlow create(
            UserInteraction interaction, UnaryOperator<CodeFlow> flow, UnaryOperator<TestIssuer.Builder> options) {
        var settings =
                flow.apply(CodeFlow.of(new InMemoryStores().codeFlow(), interaction, CodeFlowWallet.CREDENTIALS));
        var clients = RegisteredClients.of(List.of(
                new RegisteredClient(CLIENT, List.of(REDIRECT.toString()), new RegisteredClient.Method.None()),
                new RegisteredClient(
                        "signing-wallet",
                        List.of(REDIRECT.toString()),
                        new RegisteredClient.Method.PrivateKeyJwt(List.of(CLIENT_KEY.publicJwk())))));
        UnaryOperator<AuthorizationServer.Builder> server =
                building -> building.registeredClients(clients).authorizationCode(settings);
        return new BrowserFlow(options.apply(TestIssuer.builder().authorizationServerOptions(server))
                .build());
    }

    TestIssuer issuer() {
        return issuer;
    }

    /// Changes every answer from now on.
    BrowserFlow changing(UnaryOperator<Exchange> other) {
        change = other;
        return this;
    }

    /// Changes the metadata of the authorization server.
    BrowserFlow changingMetadata(UnaryOperator<JsonObject> other) {
        return changing(exchange -> exchange.request().uri().getPath().contains("oauth-authorization-server")
                ? exchange.answered(
                        Response.json(200, other.apply(exchange.response().bodyObject())))
                : exchange);
    }

    @Override
    public Response handle(Request request) {
        requests.add(request);
        return change.apply(new Exchange(request, issuer.handler().handle(request)))
                .response();
    }

    Wallet.Builder wallet() {
        return Wallet.builder(this, issuer.anchors()).clock(issuer.clock());
    }

    /// A public client.
    Wallet.Builder named() {
        return wallet().clientId(CLIENT);
    }

    /// An offer for the authorization code flow.
    String offer(String... configurationIds) {
        var request = OfferRequest.toSignIn(Optional.empty(), List.of(configurationIds), Duration.ofMinutes(30));
        return issuer.offer(request).linkByValue();
    }

    /// Begins, expecting that the server takes it.
    static AuthorizationStart.Ready begin(Wallet wallet, String link) {
        var start = wallet.begin(wallet.resolve(link), REDIRECT);
        assertThat(start).isInstanceOf(AuthorizationStart.Ready.class);
        return (AuthorizationStart.Ready) start;
    }

    /// The user's browser: goes where the wallet sends it, and comes back.
    URI browse(URI address) {
        var response = issuer.handler().handle(Request.get(address));
        assertThat(response.status()).as(response.bodyText()).isEqualTo(303);
        return URI.create(response.header("Location").orElseThrow());
    }

    Outcome receive(Wallet wallet, String link) {
        var start = begin(wallet, link);
        return wallet.complete(start.pending(), browse(start.address()));
    }

    List<Request> requests(String end) {
        return requests.stream()
                .filter(request -> request.uri().getPath().endsWith(end))
                .toList();
    }

    int count() {
        return requests.size();
    }

    static Form form(Request request) {
        return Form.read(new String(request.body(), StandardCharsets.UTF_8));
    }
}
