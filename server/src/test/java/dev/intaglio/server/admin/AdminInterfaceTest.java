package dev.intaglio.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.sun.net.httpserver.HttpServer;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.server.TestIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The admin interface as a whole")
class AdminInterfaceTest {
    private static final SigningKey PROVIDER_KEY = SigningKey.generate(JWSAlgorithm.ES256);

    @TempDir
    private static Path directory;

    private static HttpServer provider;
    private static TestIssuer issuer;

    @BeforeAll
    static void start() throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var keys = JsonObject.builder()
                .put("keys", List.of(SignedJwt.jwk(PROVIDER_KEY.publicJwk())))
                .build();
        var metadata = JsonObject.builder()
                .put("issuer", provider())
                .put("jwks_uri", provider() + "/jwks")
                .build();
        serve("/.well-known/oauth-authorization-server", metadata);
        serve("/jwks", keys);
        provider.start();
        issuer = TestIssuer.start(
                directory,
                "intaglio.admin.oauth.issuer",
                provider(),
                "intaglio.admin.oauth.audience",
                "https://issuer.example/admin");
    }

    private static void serve(String path, JsonObject document) {
        provider.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, document.bytes().length);
            exchange.getResponseBody().write(document.bytes());
            exchange.close();
        });
    }

    private static String provider() {
        return "http://127.0.0.1:" + provider.getAddress().getPort();
    }

    @AfterAll
    static void stop() {
        issuer.close();
        provider.stop(0);
    }

    private static String token(String scope, String audience, Instant expires) {
        return SignedJwt.sign(
                JsonObject.builder()
                        .put("typ", "at+jwt")
                        .put("kid", PROVIDER_KEY.publicJwk().getKeyID())
                        .build(),
                JsonObject.builder()
                        .put("iss", provider())
                        .put("aud", audience)
                        .put("sub", "registry")
                        .put("client_id", "registry")
                        .put("scope", scope)
                        .put("exp", expires.getEpochSecond())
                        .build(),
                PROVIDER_KEY);
    }

    private static Response get(String path, String token) {
        return issuer.send(Request.get(issuer.at(path)).with("Authorization", "Bearer " + token));
    }

    @Test
    @DisplayName("an access token of the provider opens what its scopes say, and nothing else")
    void scopes() {
        var soon = Instant.now().plusSeconds(300);
        var audience = "https://issuer.example/admin";
        var offers = token("openid intaglio.offers", audience, soon);
        assertThat(get("/admin/v1/configurations", offers).status()).isEqualTo(200);
        var keys = get("/admin/v1/keys", offers);
        assertThat(keys.status()).isEqualTo(403);
        assertThat(keys.header("WWW-Authenticate").orElseThrow()).contains("insufficient_scope", "intaglio.keys");
        assertThat(keys.mediaType()).isEqualTo("application/problem+json");
        assertThat(get("/admin/v1/keys", token("intaglio.keys", audience, soon)).status())
                .isEqualTo(200);
        assertThat(get("/admin/v1/keys", token("intaglio.admin", audience, soon))
                        .status())
                .isEqualTo(200);
        assertThat(get("/admin/v1/keys", token("intaglio.admin", "https://other.example", soon))
                        .status())
                .isEqualTo(401);
        assertThat(get(
                                "/admin/v1/keys",
                                token("intaglio.admin", audience, Instant.now().minusSeconds(1)))
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /admin/v1/nothing, 404",
        "GET, /admin/v1/offers, 405",
        "DELETE, /admin/v1/keys, 405",
        "GET, /admin/v1/log?from=x, 400",
        "GET, /admin/v1/log?limit=0, 400",
    })
    @DisplayName("every refusal is a problem")
    void problems(String method, String path, int status) {
        var request = method.equals("GET")
                ? Request.get(issuer.at(path))
                : new Request(
                        method, issuer.at(path), Request.get(issuer.at(path)).headers(), new byte[0], Optional.empty());
        var response = issuer.send(issuer.admin(request));
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.mediaType()).isEqualTo("application/problem+json");
        assertThat(response.bodyObject().integer("status")).isEqualTo(status);
        assertThat(response.bodyObject().string("detail")).isNotBlank();
    }

    @Test
    @DisplayName("a body that is no JSON is a problem, too")
    void parseError() {
        var order = issuer.admin(Request.post(issuer.at("/admin/v1/offers"), JsonObject.empty()));
        var broken = issuer.send(new Request(
                "POST", order.uri(), order.headers(), "{\"a\"".getBytes(StandardCharsets.UTF_8), Optional.empty()));
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.mediaType()).isEqualTo("application/problem+json");
    }

    private static Response offer(String key, String subject) {
        var order = JsonObject.builder()
                .put("subject", subject)
                .put("configurations", List.of(TestIssuer.DIPLOMA))
                .build();
        return issuer.send(
                issuer.admin(Request.post(issuer.at("/admin/v1/offers"), order)).with("Idempotency-Key", key));
    }

    @Test
    @DisplayName("with an Idempotency-Key the same is answered again; another request under it is refused with 422")
    void idempotent() {
        var key = UUID.randomUUID().toString();
        var first = offer(key, "erika");
        var second = offer(key, "erika");
        assertThat(first.status()).as(first.bodyText()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.bodyText()).isEqualTo(first.bodyText());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.header("Idempotency-Replayed")).contains("true");
        var other = offer(key, "somebody-else");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.mediaType()).isEqualTo("application/problem+json");
        assertThat(offer(UUID.randomUUID().toString(), "erika").bodyText()).isNotEqualTo(first.bodyText());
        var soon = Instant.now().plusSeconds(300);
        var another = issuer.send(Request.post(
                        issuer.at("/admin/v1/offers"),
                        JsonObject.builder()
                                .put("subject", "erika")
                                .put("configurations", List.of(TestIssuer.DIPLOMA))
                                .build())
                .with("Authorization", "Bearer " + token("intaglio.offers", "https://issuer.example/admin", soon))
                .with("Idempotency-Key", key));
        assertThat(another.bodyText()).isNotEqualTo(first.bodyText());
    }

    @Test
    @DisplayName("of twenty that come at once with one key, one makes an offer")
    void idempotentRace() {
        var key = UUID.randomUUID().toString();
        var answers = IntStream.range(0, 20)
                .parallel()
                .mapToObj(number -> offer(key, "erika"))
                .toList();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(201, 409));
        assertThat(answers.stream()
                        .filter(answer -> answer.status() == 201)
                        .map(Response::bodyText)
                        .distinct())
                .hasSize(1);
    }

    @Test
    @DisplayName("with a port of its own it is nowhere else, and nothing else is there")
    void ownPort(@TempDir Path data) throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (var apart = TestIssuer.start(data, "intaglio.admin.port", String.valueOf(port))) {
            var own = URI.create("http://127.0.0.1:" + port);
            assertThat(apart.send(apart.admin(Request.get(apart.at("/admin/v1/keys"))))
                            .status())
                    .isEqualTo(404);
            assertThat(apart.send(apart.admin(Request.get(own.resolve("/admin/v1/keys"))))
                            .status())
                    .isEqualTo(200);
            assertThat(apart.send(Request.get(own.resolve("/.well-known/openid-credential-issuer")))
                            .status())
                    .isEqualTo(404);
        }
    }
}
