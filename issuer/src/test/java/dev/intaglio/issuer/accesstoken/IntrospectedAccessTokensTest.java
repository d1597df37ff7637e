package dev.intaglio.issuer.accesstoken;

import static dev.intaglio.issuer.accesstoken.ServerElsewhere.trusted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("RFC 7662 Access tokens that the server is asked about")
class IntrospectedAccessTokensTest {
    private final ServerElsewhere server = new ServerElsewhere();
    private final IntrospectedAccessTokens tokens = tokens(new IntrospectionClient.Secret("issuer", "s3cret & more"));

    private IntrospectedAccessTokens tokens(IntrospectionClient client) {
        return IntrospectedAccessTokens.of(trusted(), client, server, server);
    }

    @Test
    @DisplayName("an active token says who may get what until when")
    void active() {
        server.answers(answer -> answer.with("token_type", "DPoP").with("cnf", Map.of("jkt", "thumb")));
        var token = tokens.verify("opaque").orElseThrow();
        assertThat(token.subject()).isEqualTo("f:1:erika");
        assertThat(token.scopes()).contains("pid");
        assertThat(token.dpopKeyThumbprint()).contains("thumb");
        assertThat(token.expiresAt()).isEqualTo(server.now.plusSeconds(300));
        assertThat(token.toString()).doesNotContain("erika");
    }

    @Test
    @DisplayName("the question has the token in its body, and our name and secret in the header")
    void question() {
        server.answers(answer -> answer);
        tokens.verify("a+b/c=");
        var request = server.introspections.getFirst();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.header("Authorization")).contains("Basic aXNzdWVyOnMzY3JldCslMjYrbW9yZQ==");
        var form = Form.read(new String(request.body(), StandardCharsets.UTF_8));
        assertThat(form.value("token")).contains("a+b/c=");
        assertThat(form.value("token_type_hint")).contains("access_token");
    }

    @Test
    @DisplayName("instead of a secret we may sign an assertion for the server")
    void privateKey() {
        server.answers(answer -> answer);
        var key = SigningKey.generate(JWSAlgorithm.ES256);
        assertThat(tokens(new IntrospectionClient.PrivateKey("issuer", key, new SecureRandom()))
                        .verify("opaque"))
                .isPresent();
        var request = server.introspections.getFirst();
        var form = Form.read(new String(request.body(), StandardCharsets.UTF_8));
        var assertion = SignedJwt.parse(form.value("client_assertion").orElseThrow());
        assertThat(assertion.verifies(key.publicJwk())).isTrue();
        assertThat(assertion.claims().string("aud")).isEqualTo(ServerElsewhere.ISSUER.toString());
        assertThat(assertion.claims().string("iss")).isEqualTo("issuer");
        assertThat(assertion.claims().string("sub")).isEqualTo("issuer");
        assertThat(assertion.claims().integer("exp")).isEqualTo(server.now.getEpochSecond() + 60);
        assertThat(form.value("client_assertion_type"))
                .contains("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    }

    static Stream<Arguments> notGood() {
        return Stream.of(
                Arguments.of("not active", Map.of("active", false)),
                Arguments.of("of another server", Map.of("iss", "https://shop.example")),
                Arguments.of("for another service", Map.of("aud", List.of("account"))),
                Arguments.of("expired", Map.of("exp", 1)),
                Arguments.of("said to be DPoP, by no key", Map.of("token_type", "DPoP")),
                Arguments.of("bound to a certificate", Map.of("cnf", Map.of("x5t#S256", "A4DtL2JmUMhAsvJj5tKyn"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notGood")
    @DisplayName("is not good:")
    void refuses(String what, Map<String, Object> difference) {
        server.answers(answer -> answer);
        assertThat(tokens.verify("opaque")).isPresent();
        server.answers(answer -> JsonObject.builder()
                .putAll(answer)
                .putAll(JsonObject.of(difference))
                .build());
        assertThat(tokens.verify("opaque")).isEmpty();
    }

    @Test
    @DisplayName("an answer is forgotten at once, or after the time that was set, or when the token ends")
    void remembering() {
        server.answers(answer -> answer.with("exp", server.now.getEpochSecond() + 90));
        tokens.verify("opaque");
        tokens.verify("opaque");
        assertThat(server.introspections).hasSize(2);
        var remembering = tokens.rememberingFor(Duration.ofSeconds(60));
        remembering.verify("opaque");
        assertThat(remembering.verify("opaque")).isPresent();
        assertThat(server.introspections).hasSize(3);
        remembering.verify("another");
        assertThat(server.introspections).hasSize(4);
        server.now = server.now.plusSeconds(60);
        assertThat(remembering.verify("opaque")).isPresent();
        assertThat(server.introspections).hasSize(5);
        server.now = server.now.plusSeconds(30);
        assertThat(remembering.verify("opaque")).isEmpty();
        assertThat(server.introspections).hasSize(6);
    }

    @Test
    @DisplayName("that a token is not good is never remembered")
    void inactiveIsNotRemembered() {
        var remembering = tokens.rememberingFor(Duration.ofMinutes(5));
        assertThat(remembering.verify("opaque")).isEmpty();
        server.answers(answer -> answer);
        assertThat(remembering.verify("opaque")).isPresent();
    }

    @Test
    @DisplayName("a server that is down, refuses us, or answers something else is not the wallet's fault")
    void failures() {
        server.introspection = Response.status(401);
        assertUnavailable();
        server.introspection = Response.json(200, JsonObject.empty());
        assertUnavailable();
        server.introspection = Response.text(200, "text/html", "<p>Login</p>");
        assertUnavailable();
        server.down = true;
        assertUnavailable();
        server.down = false;
        server.answers(answer -> answer);
        assertThat(tokens.verify("opaque")).isPresent();
    }

    @Test
    @DisplayName("nothing is asked about what is no token")
    void noToken() {
        assertThat(tokens.verify("")).isEmpty();
        assertThat(tokens.verify("x".repeat(100_000))).isEmpty();
        assertThat(server.asked).isEmpty();
    }

    private void assertUnavailable() {
        assertThatThrownBy(() -> tokens.verify("opaque")).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(503);
            assertThat(refusal.error()).isEqualTo("server_error");
        });
    }
}
