package dev.intaglio.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.intaglio.authorization.CodeFlow;
import dev.intaglio.authorization.client.RegisteredClient;
import dev.intaglio.authorization.client.RegisteredClients;
import dev.intaglio.authorization.grant.RequestableCredential;
import dev.intaglio.authorization.interaction.UserInteraction;
import dev.intaglio.authorization.token.DpopPolicy;
import dev.intaglio.protocol.http.Headers;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.AuthorizationDetail;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.AdjustableClock;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.store.InMemoryStores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// OAuth clients that know nothing of credentials go through the authorization code flow as HAIP and FAPI 2.0 want it: pushed
/// requests only, PKCE, DPoP with nonces, signed client assertions.
@Tag("node")
@DisplayName("OAuth clients of other makers")
class ForeignOauthClientTest {
    private static final String CLIENT = "foreign-client";
    private static final String REDIRECT_URI = "https://client.example/cb";

    private static HttpServer http;
    private static TestIssuer issuer;
    private static ECKey clientKey;

    @BeforeAll
    static void start() throws IOException, JOSEException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        clientKey = new ECKeyGenerator(Curve.P_256).keyID("client").generate();
        var clock = AdjustableClock.at(Instant.now());
        var flow = CodeFlow.of(
                        new InMemoryStores().codeFlow(),
                        new UserInteraction.AutoApproval(TestIssuer.ERIKA),
                        List.of(RequestableCredential.of(TestIssuer.DIPLOMA, "diploma")))
                .withPushedOnly()
                .withRefreshTokens(Duration.ofDays(1));
        var client = new RegisteredClient(
                CLIENT,
                List.of(REDIRECT_URI),
                new RegisteredClient.Method.PrivateKeyJwt(List.of(clientKey.toPublicJWK())));
        issuer = TestIssuer.builder()
                .identifier(URI.create("http://127.0.0.1:" + http.getAddress().getPort()))
                .clock(clock)
                .authorizationServerOptions(server -> server.registeredClients(RegisteredClients.of(List.of(client)))
                        .publicClients(false)
                        .dpop(DpopPolicy.REQUIRED)
                        .authorizationCode(flow))
                .build();
        http.createContext("/", exchange -> {
            clock.set(Instant.now());
            answer(exchange);
        });
        http.start();
    }

    @AfterAll
    static void stop() {
        http.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oauth4webapi.mjs", "openid-client.mjs"})
    @Requirement({
        "AS-META-1",
        "AS-PAR-1",
        "AS-PKCE-1",
        "AS-RAR-1",
        "AS-DPOP-6",
        "AS-AUTHZ-6",
        "AS-TOKEN-10",
        "AS-TOKEN-20",
        "AS-TOKEN-21"
    })
    @DisplayName("get a bound token by a pushed request, and another by the refresh token")
    void codeAndRefresh(String script) {
        var question = JsonObject.builder()
                .put("issuer", issuer.identifier().toString())
                .put("clientId", CLIENT)
                .put("clientKey", JsonObject.of(clientKey.toJSONObject()))
                .put("redirectUri", REDIRECT_URI)
                .put(
                        "authorizationDetails",
                        List.of(AuthorizationDetail.of(TestIssuer.DIPLOMA).write()))
                .build();

        var received = NodeScript.run(script, question.text()).json();

        assertThat(received.string("tokenType")).isEqualToIgnoringCase("DPoP");
        var details = received.objects("authorizationDetails").stream()
                .map(AuthorizationDetail::read)
                .toList();
        assertThat(details)
                .singleElement()
                .satisfies(detail -> assertThat(detail.credentialIdentifiers()).isNotEmpty());
        assertGood(received.string("accessToken"), details);
        assertThat(received.object("refreshed").string("accessToken")).isNotEqualTo(received.string("accessToken"));
        assertGood(received.object("refreshed").string("accessToken"), details);
    }

    private static void assertGood(String accessToken, List<AuthorizationDetail> details) {
        var token = issuer.authorizationServer().accessToken(accessToken).orElseThrow();
        assertThat(token.subject()).isEqualTo(TestIssuer.ERIKA);
        assertThat(token.clientId()).contains(CLIENT);
        assertThat(token.dpopKeyThumbprint()).isPresent();
        assertThat(token.authorizationDetails()).isEqualTo(details);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var response = issuer.handler()
                    .handle(new Request(
                            exchange.getRequestMethod(),
                            issuer.identifier().resolve(exchange.getRequestURI()),
                            Headers.of(exchange.getRequestHeaders()),
                            exchange.getRequestBody().readAllBytes(),
                            Optional.empty()));
            response.headers()
                    .fields()
                    .forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
            exchange.sendResponseHeaders(response.status(), response.body().length == 0 ? -1 : response.body().length);
            exchange.getResponseBody().write(response.body());
        }
    }
}
