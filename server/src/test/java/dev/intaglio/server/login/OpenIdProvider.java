package dev.intaglio.server.login;

import com.nimbusds.jose.JWSAlgorithm;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.Pkce;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/// An OpenID Provider with one user, who is signed in always and agrees at once.
final class OpenIdProvider implements AutoCloseable {
    static final String CLIENT = "intaglio";
    static final String SECRET = "client secret";

    private final SigningKey key = SigningKey.generate(JWSAlgorithm.ES256);
    private final HttpServer server;
    private final AtomicReference<Form> asked = new AtomicReference<>(Form.empty());
    private volatile UnaryOperator<JsonObject> claims = UnaryOperator.identity();
    private volatile boolean refusing;
    private volatile Optional<SigningKey> otherKey = Optional.empty();

    OpenIdProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// What the ID Token says from now on.
    void claims(UnaryOperator<JsonObject> change) {
        claims = change;
    }

    /// Whether the user gives up from now on.
    void refusing(boolean refuses) {
        refusing = refuses;
    }

    /// Signs with a key that is not published.
    void stolen(boolean signsWithOther) {
        otherKey = signsWithOther ? Optional.of(SigningKey.generate(JWSAlgorithm.ES256)) : Optional.empty();
    }

    Form asked() {
        return asked.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/.well-known/openid-configuration" -> json(exchange, 200, configuration());
            case "/authorize" -> authorize(exchange);
            case "/token" -> token(exchange);
            case "/jwks" ->
                json(
                        exchange,
                        200,
                        JsonObject.builder()
                                .put("keys", List.of(SignedJwt.jwk(key.publicJwk())))
                                .build());
            default -> exchange.sendResponseHeaders(404, -1);
        }
    }

    private JsonObject configuration() {
        return JsonObject.builder()
                .put("issuer", issuer())
                .put("authorization_endpoint", issuer() + "/authorize")
                .put("token_endpoint", issuer() + "/token")
                .put("jwks_uri", issuer() + "/jwks")
                .put("response_types_supported", List.of("code"))
                .put("subject_types_supported", List.of("public"))
                .put("id_token_signing_alg_values_supported", List.of("ES256"))
                .build();
    }

    private void authorize(HttpExchange exchange) throws IOException {
        var form = Form.read(exchange.getRequestURI().getRawQuery());
        asked.set(form);
        var answer = Form.empty().with("state", form.value("state"));
        answer = refusing ? answer.with("error", "access_denied") : answer.with("code", "the-code");
        exchange.getResponseHeaders()
                .set("Location", form.value("redirect_uri").orElseThrow() + "?" + answer.encoded());
        exchange.sendResponseHeaders(302, -1);
    }

    private void token(HttpExchange exchange) throws IOException {
        var form = Form.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var before = asked.get();
        var proven = form.value("code_verifier").map(Pkce::challenge).equals(before.value("code_challenge"))
                && form.value("code").equals(Optional.of("the-code"))
                && form.value("redirect_uri").equals(before.value("redirect_uri"))
                && exchange.getRequestHeaders().containsKey("Authorization");
        if (!proven) {
            json(
                    exchange,
                    400,
                    JsonObject.builder().put("error", "invalid_grant").build());
            return;
        }
        var now = Instant.now().getEpochSecond();
        var idToken = SignedJwt.sign(
                JsonObject.builder()
                        .put("alg", "ES256")
                        .put("kid", key.publicJwk().getKeyID())
                        .build(),
                claims.apply(JsonObject.builder()
                        .put("iss", issuer())
                        .put("sub", "248289761001")
                        .put("aud", CLIENT)
                        .put("iat", now)
                        .put("exp", now + 300)
                        .put("nonce", before.value("nonce").orElseThrow())
                        .put("name", "Erika from elsewhere")
                        .put("person_id", "erika")
                        .build()),
                otherKey.orElse(key));
        json(
                exchange,
                200,
                JsonObject.builder()
                        .put("access_token", "token")
                        .put("token_type", "Bearer")
                        .put("expires_in", 300)
                        .put("id_token", idToken)
                        .build());
    }

    private static void json(HttpExchange exchange, int status, JsonObject body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        var bytes = body.bytes();
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
