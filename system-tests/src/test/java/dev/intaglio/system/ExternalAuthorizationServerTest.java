package dev.intaglio.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.server.IntaglioServer;
import dev.intaglio.server.RunningServer;
import dev.intaglio.testing.TestWallet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// A user logs in at a real Keycloak, and the token that the wallet gets there is good for a credential of ours: with the
/// configuration of `docs/external-authorization-server.md`.
@Tag("keycloak")
@DisplayName("Keycloak as the authorization server")
class ExternalAuthorizationServerTest {
    private static final String DIPLOMA = "diploma_sd_jwt";
    private static final String SERVER = "intaglio.authorization-servers[0].";

    @SuppressWarnings("unused") // by name, in FieldSource
    private static final List<Map<String, String>> VERIFICATIONS = List.of(
            Map.of(SERVER + "verification", "jwt", SERVER + "token-types", "JWT"),
            Map.of(
                    SERVER + "verification",
                    "introspection",
                    SERVER + "client-id",
                    "credential-issuer",
                    SERVER + "client-secret",
                    "only-for-introspection"));

    @TempDir
    private static Path directory;

    private static Keycloak keycloak;

    private final SigningKey dpopKey = SigningKey.generate(JWSAlgorithm.ES256);

    @BeforeAll
    static void start() throws IOException {
        keycloak = Keycloak.start();
    }

    @AfterAll
    static void stop() {
        keycloak.close();
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("VERIFICATIONS")
    @Requirement({"CI-META-12", "CI-DPOP-1"})
    @DisplayName("a wallet gets a credential on a token of Keycloak, only with the key the token is bound to")
    void issues(Map<String, String> verification) {
        try (var server = server(verification)) {
            var wallet = TestWallet.of(JdkTransport.create(), server.issuer(), Clock.systemUTC());
            assertThat(wallet.issuerMetadata().authorizationServers()).containsExactly(keycloak.issuer());
            var token = login(wallet, "diploma");
            assertThat(token.tokenType()).isEqualToIgnoringCase("DPoP");

            assertThat(wallet.withDpop(dpopKey).request(token, DIPLOMA).credential())
                    .contains("~");

            var bearer = wallet.request(token, DIPLOMA)
                    .http(request -> request.with("Authorization", "Bearer " + token.accessToken()))
                    .send();
            assertThat(bearer.status()).isEqualTo(401);
            assertThat(bearer.bodyObject().string("error")).isEqualTo("invalid_token");
            var thief = wallet.withDpop().request(token, DIPLOMA).send();
            assertThat(thief.status()).isEqualTo(401);
            var other =
                    wallet.withDpop(dpopKey).request(token, "employee_sd_jwt").send();
            assertThat(other.status()).isEqualTo(403);
            assertThat(other.bodyObject().string("error")).isEqualTo("insufficient_scope");
        }
    }

    @Test
    @DisplayName("an offer to sign in is made, one with a pre-authorized code is refused with the reason")
    void offers() {
        try (var server = server(Map.of())) {
            var wanted = JsonObject.builder()
                    .put("configurations", List.of(DIPLOMA))
                    .put("grant", "authorization_code")
                    .build();
            var made = order(server, wanted);
            assertThat(made.status()).as(made.bodyText()).isEqualTo(201);
            assertThat(made.bodyObject().object("offer").object("grants").object("authorization_code"))
                    .isEqualTo(JsonObject.empty());
            var refused = order(server, wanted.with("subject", "erika").with("grant", "pre-authorized_code"));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.bodyText()).contains("authorization server of the issuer's own");
        }
    }

    private static Response order(RunningServer server, JsonObject wanted) {
        return JdkTransport.create()
                .handle(Request.post(server.address().resolve("/admin/offers"), wanted)
                        .with("Authorization", "Bearer " + server.adminToken()));
    }

    private TokenResponse login(TestWallet wallet, String scope) {
        return new KeycloakLogin(wallet.authorizationServerMetadata(), dpopKey)
                .token(scope, "erika", "correct horse battery staple");
    }

    private static RunningServer server(Map<String, String> verification) {
        var properties = new HashMap<String, Object>(Map.of(
                "server.port",
                "0",
                "intaglio.data-directory",
                directory.toString(),
                "intaglio.own-authorization-server",
                "false",
                SERVER + "issuer",
                keycloak.issuer(),
                SERVER + "audience",
                "credential-issuer",
                SERVER + "subject-claim",
                "preferred_username"));
        properties.putAll(verification);
        return IntaglioServer.start(properties);
    }
}
