package dev.intaglio.issuer.accesstoken;

import static dev.intaglio.issuer.accesstoken.ServerElsewhere.trusted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.AuthorizationDetail;
import dev.intaglio.protocol.oauth.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("RFC 9068 Access tokens of other servers that are JWTs")
class JwtAccessTokensTest {
    private final ServerElsewhere server = new ServerElsewhere();
    private final JwtAccessTokens tokens = JwtAccessTokens.of(trusted(), server, server);

    @Test
    @DisplayName("a token for us, signed by a published key, says who may get what until when")
    void good() {
        var token = tokens.verify(server.token(claims -> claims.with("cnf", Map.of("jkt", "thumb"))))
                .orElseThrow();
        assertThat(token.subject()).isEqualTo("f:1:erika");
        assertThat(token.clientId()).contains("wallet");
        assertThat(token.scopes()).containsExactlyInAnyOrder("openid", "pid");
        assertThat(token.dpopKeyThumbprint()).contains("thumb");
        assertThat(token.expiresAt()).isEqualTo(server.now.plusSeconds(300));
    }

    @Test
    @DisplayName("of what a token says about the subject, what is wanted is handed on, and nothing else")
    void claims() {
        UnaryOperator<JsonObject> saying = claims -> claims.with("given_name", "Erika")
                .with("address", Map.of("locality", "Köln"))
                .with("secret", "x");
        var token = JwtAccessTokens.of(trusted().withClaims(Set.of("given_name", "address", "absent")), server, server)
                .verify(server.token(saying))
                .orElseThrow();
        assertThat(token.claims().members()).containsOnlyKeys("given_name", "address");
        assertThat(token.claims().object("address").string("locality")).isEqualTo("Köln");
        assertThat(tokens.verify(server.token(saying)).orElseThrow().claims().members())
                .isEmpty();
    }

    @Test
    @DisplayName("a refreshed token continues the authorization, a token of another user or wallet does not")
    void authorizations() {
        var first = authorization(claims -> claims);
        assertThat(authorization(claims -> claims.with("jti", "another"))).isEqualTo(first);
        assertThat(authorization(claims -> claims.with("sub", "bilbo"))).isNotEqualTo(first);
        assertThat(authorization(claims -> claims.with("client_id", "other"))).isNotEqualTo(first);
        assertThat(authorization(claims -> claims.with("sid", "session"))).isNotEqualTo(first);
    }

    private String authorization(UnaryOperator<JsonObject> change) {
        return tokens.verify(server.token(change)).orElseThrow().authorizationId();
    }

    @Test
    @DisplayName("a token of Keycloak's, which says more of the key it is bound to, is bound to that key")
    void keycloakConfirmation() {
        var cnf = Map.of("jkt", "thumb", "kc-jkt-type", "DPoP");
        assertThat(tokens.verify(server.token(claims -> claims.with("cnf", cnf)))
                        .orElseThrow()
                        .dpopKeyThumbprint())
                .contains("thumb");
    }

    static Stream<Arguments> notGood() {
        return Stream.of(
                claims("of another server", claims -> claims.with("iss", "https://login.example/realms/other")),
                claims("of nobody", claims -> claims.without("iss")),
                claims("for another service", claims -> claims.with("aud", "https://shop.example")),
                claims("for no service", claims -> claims.without("aud")),
                claims("expired", claims -> claims.with("exp", 1793700930L)),
                claims("without end", claims -> claims.without("exp")),
                claims("not yet good", claims -> claims.with("nbf", 1793700930L + 3600)),
                claims("about nobody", claims -> claims.without("sub")),
                claims("about an empty name", claims -> claims.with("sub", " ")),
                claims(
                        "bound to a certificate",
                        claims ->
                                claims.with("cnf", Map.of("x5t#S256", "A4DtL2JmUMhAsvJj5tKyn64SqzmuXbMrJa0n761y5v0"))),
                claims(
                        "bound to two things",
                        claims -> claims.with("cnf", Map.of("jkt", "thumb", "x5t#S256", "A4DtL2JmUMhAsvJj5tKyn"))),
                claims("bound to something unheard of", claims -> claims.with("cnf", Map.of("new", "x"))),
                claims("bound to nothing we can read", claims -> claims.with("cnf", Map.of("jkt", 7))),
                claims(
                        "with malformed authorization details",
                        claims -> claims.with("authorization_details", List.of(Map.of("type", "openid_credential")))));
    }

    private static Arguments claims(String what, UnaryOperator<JsonObject> change) {
        return Arguments.of(what, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notGood")
    @DisplayName("is not good:")
    void refuses(String what, UnaryOperator<JsonObject> change) {
        assertThat(tokens.verify(server.token())).isPresent();
        assertThat(tokens.verify(server.token(change))).isEmpty();
    }

    @Test
    @DisplayName("another claim may name the subject")
    void subjectClaim() {
        var others = JwtAccessTokens.of(trusted().withSubjectClaim("national_id"), server, server);
        assertThat(ServerElsewhere.subject(others.verify(server.token(claims -> claims.with("national_id", "1234")))))
                .contains("1234");
        assertThat(others.verify(server.token())).isEmpty();
    }

    @Test
    @DisplayName("another audience may be ours, one of several")
    void audience() {
        var others = JwtAccessTokens.of(trusted().withAudiences(Set.of("credentials", "pid")), server, server);
        assertThat(others.verify(server.token(claims -> claims.with("aud", "pid"))))
                .isPresent();
        assertThat(others.verify(server.token())).isEmpty();
    }

    @Test
    @DisplayName("scope may be a list, or be called scp; azp may be the client")
    void dialects() {
        var token = tokens.verify(server.token(claims -> claims.with("scope", List.of("a", "b"))
                        .with("scp", "c d")
                        .without("client_id")
                        .with("azp", "wallet")))
                .orElseThrow();
        assertThat(token.scopes()).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(token.clientId()).contains("wallet");
    }

    @Test
    @DisplayName("authorization details count where they are about our credentials: with identifiers, or as a whole")
    void authorizationDetails() {
        var ours = Map.of("type", "openid_credential", "credential_configuration_id", "pid");
        var named = JsonObject.of(ours)
                .with("credential_configuration_id", "diploma")
                .with("credential_identifiers", List.of("d-1"))
                .with("locations", List.of("https://issuer.example"));
        var elsewhere = JsonObject.of(ours)
                .with("credential_configuration_id", "loyalty")
                .with("locations", List.of("https://shop.example"));
        var token = tokens.verify(server.token(claims -> claims.with(
                        "authorization_details", List.of(ours, named, elsewhere, Map.of("type", "payment")))))
                .orElseThrow();
        assertThat(token.configurationIds()).containsExactly("pid");
        assertThat(token.authorizationDetails())
                .extracting(AuthorizationDetail::credentialConfigurationId)
                .containsExactly("diploma");
    }

    @Nested
    @DisplayName("typ")
    class Type {
        @Test
        @DisplayName("is at+jwt, with or without application/, in any case; an ID token is none")
        void standard() {
            assertThat(tokens.verify(typed("application/AT+jwt"))).isPresent();
            assertThat(tokens.verify(typed("JWT"))).isEmpty();
        }

        @Test
        @DisplayName("may be JWT, if so set")
        void looser() {
            var looser = tokens.withTypes(Set.of("JWT"));
            assertThat(looser.verify(typed("JWT"))).isPresent();
            assertThat(looser.verify(typed("logout+jwt"))).isEmpty();
        }

        private String typed(String type) {
            return server.token(type, server.key, claims -> claims);
        }
    }

    @Nested
    @DisplayName("Signatures")
    class Signatures {
        @Test
        @DisplayName("by RSA are fine unless fewer algorithms are allowed")
        void rsa() throws JOSEException {
            var rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
            server.publishes(server.key.publicJwk(), rsa);
            assertThat(tokens.verify(signed(rsa, JWSAlgorithm.RS256))).isPresent();
            assertThat(tokens.verify(signed(rsa, JWSAlgorithm.PS256))).isPresent();
            var strict = tokens.withAlgorithms(Set.of(JWSAlgorithm.PS256));
            assertThat(strict.verify(signed(rsa, JWSAlgorithm.RS256))).isEmpty();
            assertThat(strict.verify(server.token())).isEmpty();
        }

        @Test
        @DisplayName("by none, or with a public key as HMAC secret, are none")
        void noneAndHmac() throws JOSEException {
            assertThat(tokens.verify(server.token())).isPresent();
            var none = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString("{\"alg\":\"none\",\"typ\":\"at+jwt\"}".getBytes(StandardCharsets.UTF_8));
            assertThat(tokens.verify(none + "." + server.token().split("\\.")[1] + "."))
                    .isEmpty();
            var hmac = new JWSObject(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .type(new JOSEObjectType("at+jwt"))
                            .keyID(server.key.publicJwk().getKeyID())
                            .build(),
                    new Payload(server.claims().text()));
            hmac.sign(new MACSigner(server.key.publicJwk().toJSONString().getBytes(StandardCharsets.UTF_8)));
            assertThat(tokens.verify(hmac.serialize())).isEmpty();
            assertThatThrownBy(() -> tokens.withAlgorithms(Set.of(JWSAlgorithm.HS256)))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        @DisplayName("by an unpublished key, by an encryption key, or changed afterwards, are none")
        void foreign() {
            var other = SigningKey.generate(JWSAlgorithm.ES256);
            assertThat(tokens.verify(server.token("at+jwt", other, claims -> claims)))
                    .isEmpty();
            var token = server.token();
            var parts = token.split("\\.");
            var forged = server.token(claims -> claims.with("sub", "bilbo")).split("\\.")[1];
            assertThat(tokens.verify(parts[0] + "." + forged + "." + parts[2])).isEmpty();
            server.published = List.of(dev.intaglio.protocol.jose.SignedJwt.jwk(other.publicJwk())
                    .with("use", KeyUse.ENCRYPTION.identifier()));
            server.now = server.now.plus(Remembered.FRESH);
            assertThat(tokens.verify(server.token("at+jwt", other, claims -> claims)))
                    .isEmpty();
        }

        private String signed(RSAKey key, JWSAlgorithm algorithm) throws JOSEException {
            var jws = new JWSObject(
                    new JWSHeader.Builder(algorithm)
                            .type(new JOSEObjectType("at+jwt"))
                            .keyID(key.getKeyID())
                            .build(),
                    new Payload(server.claims().text()));
            jws.sign(new RSASSASigner(key));
            return jws.serialize();
        }
    }

    @Nested
    @DisplayName("The server's keys")
    class Keys {
        @Test
        @DisplayName("are asked for once, and again when they are no longer fresh")
        void remembered() {
            for (var i = 0; i < 5; i++) {
                assertThat(tokens.verify(server.token())).isPresent();
            }
            assertThat(server.timesAsked("/keys")).isEqualTo(1);
            server.now = server.now.plus(Remembered.FRESH);
            assertThat(tokens.verify(server.token())).isPresent();
            assertThat(server.timesAsked("/keys")).isEqualTo(2);
        }

        @Test
        @DisplayName("are asked for at once when a token names a new one, but not for every name that somebody invents")
        void rotated() {
            assertThat(tokens.verify(server.token())).isPresent();
            server.now = server.now.plus(Remembered.PAUSE);
            var next = SigningKey.generate(JWSAlgorithm.ES256);
            server.publishes(server.key.publicJwk(), next.publicJwk());
            assertThat(tokens.verify(server.token("at+jwt", next, claims -> claims)))
                    .isPresent();
            for (var i = 0; i < 20; i++) {
                var invented = SigningKey.generate(JWSAlgorithm.ES256);
                assertThat(tokens.verify(server.token("at+jwt", invented, claims -> claims)))
                        .isEmpty();
            }
            assertThat(server.timesAsked("/keys")).isEqualTo(2);
        }

        @Test
        @DisplayName("no longer published sign nothing")
        void withdrawn() {
            assertThat(tokens.verify(server.token())).isPresent();
            server.publishes(SigningKey.generate(JWSAlgorithm.ES256).publicJwk());
            server.now = server.now.plus(Remembered.FRESH);
            assertThat(tokens.verify(server.token())).isEmpty();
        }

        @Test
        @DisplayName("of kinds we do not know are passed over")
        void unknownKinds() {
            server.published = List.of(
                    JsonObject.of(Map.of("kty", "AKP", "kid", "future")),
                    JsonObject.of(Map.of("kty", "oct", "k", "c2VjcmV0")),
                    server.published.getFirst());
            assertThat(tokens.verify(server.token())).isPresent();
        }
    }

    @Nested
    @DisplayName("A server that does not do its part")
    class Failures {
        @Test
        @DisplayName("is not the wallet's fault: 503 server_error, and not asked again at once")
        void down() {
            server.down = true;
            assertUnavailable();
            assertUnavailable();
            assertThat(server.asked).hasSize(1);
            server.down = false;
            server.now = server.now.plus(Remembered.PAUSE);
            assertThat(tokens.verify(server.token())).isPresent();
        }

        @Test
        @DisplayName("is done without for an hour")
        void downLater() {
            assertThat(tokens.verify(server.token())).isPresent();
            server.down = true;
            server.now = server.now.plus(Duration.ofMinutes(59));
            assertThat(tokens.verify(server.token())).isPresent();
            server.now = server.now.plus(Duration.ofMinutes(1));
            assertUnavailable();
        }

        @Test
        @DisplayName("has metadata of another issuer, or none")
        void wrongMetadata() {
            server.announced = "https://login.example/realms/citizens/";
            assertUnavailable();
            server.announced = ServerElsewhere.ISSUER.toString();
            server.metadataAt = Set.of();
            server.now = server.now.plus(Remembered.PAUSE);
            assertUnavailable();
        }

        @Test
        @DisplayName("may have its metadata where OpenID Connect Discovery has it")
        void discovery() {
            server.metadataAt = Set.of("/realms/citizens/.well-known/openid-configuration");
            assertThat(tokens.verify(server.token())).isPresent();
        }

        private void assertUnavailable() {
            assertThatThrownBy(() -> tokens.verify(server.token())).isInstanceOfSatisfying(Refusal.class, refusal -> {
                assertThat(refusal.status()).isEqualTo(503);
                assertThat(refusal.error()).isEqualTo("server_error");
                assertThat(refusal.description()).doesNotContain("login.example");
                assertThat(refusal.detail()).isNotEmpty();
                assertThat(refusal.response().header("Retry-After")).contains("10");
            });
        }
    }
}
