package dev.intaglio.authorization.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.authorization.client.Client;
import dev.intaglio.authorization.grant.Authorization;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.AuthorizationDetail;
import dev.intaglio.requirements.Requirement;
import java.math.BigDecimal;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9068 Access tokens")
class AccessTokensTest {
    private static final URI ISSUER = URI.create("https://login.example");
    private static final URI AUDIENCE = URI.create("https://issuer.example");
    private static final Instant NOW = Instant.parse("2026-11-03T10:15:30Z");
    private static final SigningKey KEY = SigningKey.generate(JWSAlgorithm.ES256);
    private static final Authorization AUTHORIZATION =
            new Authorization("a-1", "erika", Set.of("pid", "diploma"), List.of(), Set.of("x", "y"));

    private final AccessTokens tokens = tokens(ISSUER, AUDIENCE, KeyRing.of(KEY), NOW);

    @Nested
    @DisplayName("one of ours")
    class Ours {
        @Test
        @Requirement({"AS-RAR-6", "AS-DPOP-3"})
        @DisplayName("says what it was issued for")
        void roundTrip() {
            var detail = AuthorizationDetail.of("x").withIdentifiers(List.of("dataset-1"));
            var authorization =
                    new Authorization("a-1", "erika", Set.of("pid", "diploma"), List.of(detail), Set.of("x", "y"));
            var token = tokens.issue(authorization, new Client(Optional.of("wallet")), Optional.of("thumbprint"));
            assertThat(tokens.verify(token)).hasValueSatisfying(read -> {
                assertThat(read.subject()).isEqualTo("erika");
                assertThat(read.clientId()).contains("wallet");
                assertThat(read.scopes()).containsExactlyInAnyOrder("pid", "diploma");
                assertThat(read.authorizationDetails()).containsExactly(detail);
                assertThat(read.configurationIds()).containsExactlyInAnyOrder("x", "y");
                assertThat(read.dpopKeyThumbprint()).contains("thumbprint");
                assertThat(read.authorizationId()).isEqualTo("a-1");
                assertThat(read.expiresAt()).isEqualTo(NOW.plusSeconds(300));
                assertThat(read.toString()).doesNotContain("erika");
            });
            var jwt = SignedJwt.parse(token);
            assertThat(jwt.type()).contains("at+jwt");
            assertThat(jwt.claims().members()).containsKeys("iss", "aud", "sub", "client_id", "iat", "exp", "jti");
            assertThat(jwt.claims().object("cnf").string("jkt")).isEqualTo("thumbprint");
        }

        @Test
        @DisplayName("is good to its last second")
        void expiry() {
            var token = issued();
            assertThat(tokens(ISSUER, AUDIENCE, KeyRing.of(KEY), NOW.plusSeconds(299))
                            .verify(token))
                    .isPresent();
            assertThat(tokens(ISSUER, AUDIENCE, KeyRing.of(KEY), NOW.plusSeconds(300))
                            .verify(token))
                    .isEmpty();
        }

        @Test
        @DisplayName("outlives a change of keys while the old one is published")
        void rotation() {
            var next = SigningKey.generate(JWSAlgorithm.ES256);
            var token = issued();
            assertThat(tokens(ISSUER, AUDIENCE, KeyRing.of(Map.of(KeyUse.ACCESS_TOKEN, List.of(next, KEY))), NOW)
                            .verify(token))
                    .isPresent();
            assertThat(tokens(ISSUER, AUDIENCE, KeyRing.of(Map.of(KeyUse.ACCESS_TOKEN, List.of(next))), NOW)
                            .verify(token))
                    .isEmpty();
        }

        @Test
        @DisplayName("is like no other")
        void unique() {
            assertThat(issued()).isNotEqualTo(issued());
        }
    }

    @Nested
    @DisplayName("one that is not ours is no token, and no fault either")
    class Foreign {
        @ParameterizedTest
        @DisplayName("when it is no JWT")
        @ValueSource(strings = {"", "x", "a.b.c", "e30.e30.AAAA", "\u20ac"})
        void noJwt(String token) {
            assertThat(tokens.verify(token)).isEmpty();
        }

        @Test
        @DisplayName("when another server issued it, or it is for another issuer")
        void others() {
            assertThat(tokens(URI.create("https://other.example"), AUDIENCE, KeyRing.of(KEY), NOW)
                            .verify(issued()))
                    .isEmpty();
            assertThat(tokens(ISSUER, URI.create("https://other.example"), KeyRing.of(KEY), NOW)
                            .verify(issued()))
                    .isEmpty();
        }

        @Test
        @DisplayName("when another key signed it, under our kid or its own")
        void otherKeys() {
            var other = SigningKey.generate(JWSAlgorithm.ES256);
            var claims = SignedJwt.parse(issued()).claims();
            for (var kid : List.of(KEY.publicJwk().getKeyID(), other.publicJwk().getKeyID())) {
                assertThat(tokens.verify(SignedJwt.sign(header("at+jwt", kid), claims, other)))
                        .isEmpty();
            }
            assertThat(tokens.verify(SignedJwt.sign(
                            JsonObject.builder().put("typ", "at+jwt").build(), claims, KEY)))
                    .isEmpty();
        }

        @Test
        @DisplayName("when our key signed something else")
        void otherTypes() {
            var claims = SignedJwt.parse(issued()).claims();
            for (var type : List.of("JWT", "dc+sd-jwt", "AT+JWT", "application/at+jwt")) {
                assertThat(tokens.verify(
                                SignedJwt.sign(header(type, KEY.publicJwk().getKeyID()), claims, KEY)))
                        .as(type)
                        .isEmpty();
            }
        }

        @Test
        @DisplayName("when a claim is missing or impossible")
        void claims() {
            var claims = SignedJwt.parse(issued()).claims();
            for (var name : List.of("iss", "aud", "sub", "exp", "authorization_id")) {
                assertThat(signed(claims.without(name))).as("without %s", name).isEmpty();
                assertThat(signed(claims.with(name, List.of("x"))))
                        .as("%s as an array", name)
                        .isEmpty();
            }
            for (var expiry : List.of(
                    0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, Instant.MAX.getEpochSecond(), new BigDecimal("1e99999"))) {
                assertThat(signed(claims.with("exp", expiry)))
                        .as("exp %s", expiry)
                        .isEmpty();
            }
            assertThat(signed(claims.with("scope", 1))).isEmpty();
            assertThat(signed(claims.with("cnf", Map.of()))).isEmpty();
            assertThat(signed(claims)).isPresent();
        }

        @Test
        @DisplayName("when nobody signed it and its expiry is beyond all time")
        void unsignedAndBeyondTime() {
            var claims = SignedJwt.parse(issued()).claims().with("exp", Long.MAX_VALUE);
            assertThat(tokens.verify(
                            SignedJwt.sign(header("at+jwt", "x"), claims, SigningKey.generate(JWSAlgorithm.ES256))))
                    .isEmpty();
        }

        private Optional<?> signed(JsonObject claims) {
            return tokens.verify(SignedJwt.sign(header("at+jwt", KEY.publicJwk().getKeyID()), claims, KEY));
        }

        private static JsonObject header(String type, String kid) {
            return JsonObject.builder().put("typ", type).put("kid", kid).build();
        }
    }

    private String issued() {
        return tokens.issue(AUTHORIZATION, Client.ANONYMOUS, Optional.empty());
    }

    private static AccessTokens tokens(URI issuer, URI audience, KeyRing keys, Instant now) {
        return new AccessTokens(
                issuer, audience, keys, Duration.ofMinutes(5), Clock.fixed(now, ZoneOffset.UTC), new SecureRandom());
    }
}
