package dev.intaglio.protocol.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.protocol.http.Form;
import dev.intaglio.requirements.Requirement;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("§5 the messages of the authorization endpoint")
class AuthorizationMessagesTest {
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    @Nested
    @DisplayName("Authorization Request")
    class Requests {
        private final AuthorizationRequest request = AuthorizationRequest.of(
                        "wallet", "app:/cb?x=y", Optional.of("degree other"))
                .with("st&ate =ü", CHALLENGE)
                .with(List.of(AuthorizationDetail.of("degree")))
                .boundTo(Optional.of(CHALLENGE));

        @Test
        @DisplayName("read is what was written")
        void roundTrip() {
            assertThat(AuthorizationRequest.read(Form.read(request.write().encoded())))
                    .isEqualTo(request);
        }

        @Test
        @DisplayName("shows neither state nor challenge in a log")
        void quiet() {
            assertThat(request.toString()).doesNotContain("ate").doesNotContain(CHALLENGE);
        }

        @ParameterizedTest
        @Requirement("AS-PKCE-1")
        @DisplayName("a challenge is of method S256, and a method goes with a challenge")
        @CsvSource({
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM, plain",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM, ''",
            "'', S256",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c=, S256"
        })
        void challenge(String challenge, String method) {
            var form = request.write().with("code_challenge", challenge).with("code_challenge_method", method);
            assertThatThrownBy(() -> AuthorizationRequest.read(form))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.error()).isEqualTo("invalid_request"));
        }

        @Test
        @DisplayName("state and issuer_state are opaque, but not endless")
        void bounded() {
            for (var name : List.of("state", "issuer_state")) {
                assertThat(AuthorizationRequest.read(request.write().with(name, "x".repeat(4096))))
                        .isNotNull();
                assertThatThrownBy(
                                () -> AuthorizationRequest.read(request.write().with(name, "x".repeat(4097))))
                        .isInstanceOf(Refusal.class);
            }
        }
    }

    @Nested
    @DisplayName("Authorization Response")
    class Responses {
        @ParameterizedTest
        @Requirement({"AS-AUTHZ-5", "AS-AUTHZ-6"})
        @DisplayName("stands in the query of the redirect URI, after what is there already")
        @CsvSource({
            "https://w.example/cb, https://w.example/cb?code=c&state=s%20t&iss=https%3A%2F%2Fas.example",
            "https://w.example/cb?a=b, https://w.example/cb?a=b&code=c&state=s%20t&iss=https%3A%2F%2Fas.example",
            "https://w.example/cb?, https://w.example/cb?code=c&state=s%20t&iss=https%3A%2F%2Fas.example",
            "com.example.app:/cb, com.example.app:/cb?code=c&state=s%20t&iss=https%3A%2F%2Fas.example",
            "openid-vci://cb, openid-vci://cb?code=c&state=s%20t&iss=https%3A%2F%2Fas.example"
        })
        void redirects(String redirectUri, String expected) {
            var response =
                    new AuthorizationResponse.Success("c", Optional.of("s t"), Optional.of("https://as.example"));
            assertThat(response.at(redirectUri)).isEqualTo(URI.create(expected));
        }

        @Test
        @DisplayName("read is what was written, code or error")
        void roundTrip() {
            var success = new AuthorizationResponse.Success("c&=", Optional.of("ü"), Optional.empty());
            var failure = new AuthorizationResponse.Failure(
                    "access_denied", Optional.of("no, thanks"), Optional.empty(), Optional.of("https://as.example"));
            for (AuthorizationResponse response : List.of(success, failure)) {
                assertThat(AuthorizationResponse.read(Form.read(response.at("app:/cb")
                                .getRawSchemeSpecificPart()
                                .substring(4))))
                        .isEqualTo(response);
            }
            assertThat(success.toString()).doesNotContain("c&=");
        }

        @ParameterizedTest
        @DisplayName("has either code or error")
        @ValueSource(strings = {"", "state=s", "code=c&error=e"})
        void neither(String query) {
            assertThatThrownBy(() -> AuthorizationResponse.read(Form.read(query)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @Requirement("AS-PAR-4")
    @DisplayName("the answer to a pushed request: 201, not cached, a positive lifetime; read is what was written")
    void pushed() {
        var answer = new PushedAuthorizationResponse("urn:ietf:params:oauth:request_uri:x", Duration.ofSeconds(90));
        var response = answer.write();
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.header("Cache-Control")).contains("no-cache, no-store");
        assertThat(PushedAuthorizationResponse.read(response.bodyObject())).isEqualTo(answer);
        assertThat(answer.toString()).doesNotContain("urn:");
        assertThatThrownBy(() -> new PushedAuthorizationResponse("x", Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
