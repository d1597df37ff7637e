package dev.intaglio.protocol.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.protocol.RandomJson;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.metadata.ClaimsDescription;
import dev.intaglio.protocol.metadata.ClaimsPath;
import dev.intaglio.requirements.Requirement;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 6749, §6: OAuth messages")
class OauthMessagesTest {
    private final RandomJson random = new RandomJson(99);

    @Nested
    @DisplayName("§6.1 a token request")
    class TokenRequests {
        @Test
        @DisplayName("that was written is read again, whatever the grant")
        void roundTrip() {
            for (var i = 0; i < 500; i++) {
                var request = new TokenRequest(
                        grant(),
                        maybe(OauthMessagesTest.this::value),
                        maybe(OauthMessagesTest.this::value),
                        maybe(() -> "https://i.example"),
                        details());
                assertThat(TokenRequest.read(Form.read(request.write().encoded())))
                        .isEqualTo(request);
            }
        }

        private Grant grant() {
            return switch (random.upTo(2)) {
                case 0 -> new Grant.PreAuthorizedCode(value(), maybe(OauthMessagesTest.this::value));
                case 1 ->
                    new Grant.AuthorizationCode(
                            value(), maybe(OauthMessagesTest.this::value), maybe(OauthMessagesTest.this::value));
                default -> new Grant.RefreshToken(value());
            };
        }

        @ParameterizedTest
        @Requirement({"AS-TOKEN-1", "AS-TOKEN-2"})
        @DisplayName("without what its grant needs is invalid_request")
        @ValueSource(
                strings = {
                    "",
                    "grant_type=",
                    "grant_type=urn:ietf:params:oauth:grant-type:pre-authorized_code",
                    "grant_type=urn:ietf:params:oauth:grant-type:pre-authorized_code&pre-authorized_code=",
                    "grant_type=authorization_code",
                    "grant_type=refresh_token",
                    "grant_type=authorization_code&code=x&tx_code=1",
                    "grant_type=refresh_token&refresh_token=x&tx_code=1",
                    "grant_type=urn:ietf:params:oauth:grant-type:pre-authorized_code&pre_authorized_code=x"
                })
        void invalidRequest(String form) {
            assertRefused(() -> TokenRequest.read(Form.read(form)), "invalid_request");
        }

        @Test
        @DisplayName("of another grant is unsupported_grant_type")
        void unsupported() {
            assertRefused(
                    () -> TokenRequest.read(Form.read("grant_type=password&username=a")), "unsupported_grant_type");
            assertRefused(
                    () -> TokenRequest.read(Form.read("grant_type=Authorization_Code&code=a")),
                    "unsupported_grant_type");
        }
    }

    @Nested
    @DisplayName("§5.1.1 authorization details")
    class Details {
        @Test
        @Requirement("AS-RAR-1")
        @DisplayName("that were written are read again")
        void roundTrip() {
            for (var i = 0; i < 500; i++) {
                for (var detail : details()) {
                    assertThat(Json.readObject(detail.write().bytes()).read(AuthorizationDetail::read))
                            .isEqualTo(detail);
                }
            }
        }

        @Test
        @Requirement({"CI-CLM-3", "AS-RAR-4"})
        @DisplayName("are refused without repeating what they hold; the operator is told more")
        void noEcho() {
            var parameter =
                    "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"x\",\"claims\":[{\"path\":[\"s3cret\"]},{\"path\":[\"s3cret\"]}]}]";
            assertThatThrownBy(() -> AuthorizationDetail.readParameter(parameter))
                    .isInstanceOfSatisfying(Refusal.class, refusal -> {
                        assertThat(refusal.error()).isEqualTo("invalid_authorization_details");
                        assertThat(refusal.response().bodyText()).doesNotContain("s3cret");
                        assertThat(refusal.getCause()).isNotNull();
                    });
        }
    }

    @Nested
    @DisplayName("§6.2 a token response")
    class TokenResponses {
        @Test
        @Requirement({"AS-TOKEN-9", "AS-TOKEN-10", "AS-TOKEN-11"})
        @DisplayName("that was written is read again, and is not cached")
        void roundTrip() {
            for (var i = 0; i < 500; i++) {
                var response = new TokenResponse(
                        value(),
                        random.yes() ? "Bearer" : "DPoP",
                        maybe(() -> Duration.ofSeconds(random.upTo(100_000))),
                        maybe(OauthMessagesTest.this::value),
                        maybe(OauthMessagesTest.this::value),
                        details());
                var written = response.write();
                assertThat(TokenResponse.read(written.bodyObject())).isEqualTo(response);
                assertThat(written.header("Cache-Control")).contains("no-store");
                assertThat(written.header("Pragma")).contains("no-cache");
            }
        }

        @Test
        @DisplayName("may have details of other types, which are not about credentials")
        void otherTypes() {
            var read = TokenResponse.read(Json.readObject("""
                    {"access_token":"a","token_type":"dpop","expires_in":99999999999,"c_nonce":"x","authorization_details":
                     [{"type":"payment","amount":1},{"type":"openid_credential","credential_configuration_id":"x","credential_identifiers":["y"]}]}"""));
            assertThat(read.authorizationDetails())
                    .singleElement()
                    .satisfies(
                            detail -> assertThat(detail.credentialIdentifiers()).containsExactly("y"));
            assertThat(read.dpopBound()).isTrue();
        }

        @Test
        @DisplayName("says nothing of itself that could be used")
        void toStringIsSafe() {
            var response = new TokenResponse(
                    "s3cret", "Bearer", Optional.empty(), Optional.of("s3cret"), Optional.empty(), List.of());
            assertThat(response.toString()).doesNotContain("s3cret");
            assertThat(new Grant.PreAuthorizedCode("s3cret", Optional.of("s3cret")).toString())
                    .doesNotContain("s3cret");
            assertThat(new Grant.AuthorizationCode("s3cret", Optional.empty(), Optional.of("s3cret")).toString())
                    .doesNotContain("s3cret");
            assertThat(new Grant.RefreshToken("s3cret").toString()).doesNotContain("s3cret");
        }
    }

    @Nested
    @DisplayName("RFC 8414 metadata")
    class Metadata {
        @Test
        @Requirement({"AS-META-3", "AS-META-16"})
        @DisplayName("that was written is read again, and holds no empty list")
        void roundTrip() {
            for (var i = 0; i < 300; i++) {
                var metadata = new AuthorizationServerMetadata(
                        uri(),
                        maybe(this::uri),
                        maybe(this::uri),
                        maybe(this::uri),
                        maybe(this::uri),
                        random.yes(),
                        maybe(this::uri),
                        words(),
                        words(),
                        words(),
                        words(),
                        words(),
                        words(),
                        words(),
                        words(),
                        words(),
                        words(),
                        random.yes(),
                        random.yes());
                var written = metadata.write();
                assertThat(Json.readObject(written.bytes()).read(AuthorizationServerMetadata::read))
                        .isEqualTo(metadata);
                assertThat(written.members().values())
                        .noneMatch(value -> value instanceof List<?> list && list.isEmpty());
            }
        }

        @Test
        @Requirement("AS-META-4")
        @DisplayName("without grant types means the authorization code grant")
        void defaultGrants() {
            var read = Json.readObject("{\"issuer\":\"https://as.example\"}").read(AuthorizationServerMetadata::read);
            assertThat(read.supportsGrant(Grant.AUTHORIZATION_CODE)).isTrue();
            assertThat(read.supportsGrant(Grant.PRE_AUTHORIZED_CODE)).isFalse();
        }

        @ParameterizedTest
        @Requirement("AS-META-2")
        @DisplayName("with an issuer that is no identifier, or an endpoint that is not https, is refused")
        @ValueSource(
                strings = {
                    "{}",
                    "{\"issuer\":\"http://as.example\"}",
                    "{\"issuer\":\"https://as.example?x\"}",
                    "{\"issuer\":\"https://as.example#x\"}",
                    "{\"issuer\":\"https://as.example\",\"token_endpoint\":\"http://as.example/token\"}",
                    "{\"issuer\":\"https://as.example\",\"grant_types_supported\":\"x\"}"
                })
        void refused(String json) {
            assertThatThrownBy(() -> Json.readObject(json).read(AuthorizationServerMetadata::read))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        private URI uri() {
            return URI.create("https://" + random.word() + ".example/" + random.word());
        }

        private List<String> words() {
            return random.some(random::word);
        }
    }

    @Nested
    @DisplayName("a refusal")
    class Refusals {
        @Test
        @Requirement({"CI-ERR-2", "AS-TOKEN-12"})
        @DisplayName("is JSON that nobody caches, with a description in the ASCII that is allowed")
        void response() {
            for (var i = 0; i < 500; i++) {
                var response = Refusal.of("invalid_request", 400, random.text() + "\"\\\u0000\u007f\n€")
                        .response();
                assertThat(response.bodyObject().string("error_description"))
                        .matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");
                assertThat(response.status()).isEqualTo(400);
                assertThat(response.mediaType()).isEqualTo("application/json");
                assertThat(response.header("Cache-Control")).contains("no-store");
            }
        }

        @Test
        @DisplayName("tells the operator more than the wallet")
        void detail() {
            var refusal = Refusal.of("invalid_grant", 400, "for the wallet").because("for the operator");
            assertThat(refusal.response().bodyText()).contains("for the wallet").doesNotContain("operator");
            assertThat(refusal).hasMessageContaining("for the operator");
            var caused = Refusal.of("x", 400, "d")
                    .because(new IllegalStateException("why"))
                    .withHeader("A", "b");
            assertThat(caused).hasCauseInstanceOf(IllegalStateException.class);
            assertThat(caused.detail()).isEqualTo("why");
            assertThat(caused.response().header("A")).contains("b");
        }

        @Test
        @Requirement("CI-ERR-1")
        @DisplayName("without a code has no body")
        void withoutCode() {
            assertThat(Refusal.of("", 401, "x")
                            .withHeader("WWW-Authenticate", "Bearer")
                            .response()
                            .body())
                    .isEmpty();
        }

        @Test
        @DisplayName("becomes its response in one place, and everything else a 500 that says nothing")
        void errorResponses() {
            var request = Request.get(URI.create("https://h.example/x"));
            var refusing = new ErrorResponses(
                    ignored -> {
                        throw TokenErrors.invalidGrant("no");
                    },
                    Wording.SHORT);
            assertThat(refusing.handle(request).bodyObject().string("error")).isEqualTo("invalid_grant");
            var failing = new ErrorResponses(
                    ignored -> {
                        throw new IllegalStateException("s3cret");
                    },
                    Wording.SHORT);
            var response = failing.handle(request);
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.bodyText()).contains("server_error").doesNotContain("s3cret");
            assertThat(new ErrorResponses(ignored -> Response.status(204), Wording.SHORT)
                            .handle(request)
                            .status())
                    .isEqualTo(204);
        }
    }

    private static void assertRefused(Runnable reading, String error) {
        assertThatThrownBy(reading::run)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.error()).isEqualTo(error));
    }

    private List<AuthorizationDetail> details() {
        return random.some(() -> new AuthorizationDetail(
                value(),
                random.yes()
                        ? List.of(new ClaimsDescription(ClaimsPath.of("a", random.text()), random.yes(), List.of()))
                        : List.of(),
                random.some(random::text),
                random.some(random::text)));
    }

    private String value() {
        return "x" + random.text();
    }

    private <T> Optional<T> maybe(Supplier<T> maker) {
        return random.yes() ? Optional.of(maker.get()) : Optional.empty();
    }
}
