package dev.intaglio.protocol.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.Examples;
import dev.intaglio.protocol.RandomJson;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 7515, RFC 7519: signed JWTs")
class SignedJwtTest {
    private static final SigningKey KEY = SigningKey.generate(JWSAlgorithm.ES256);

    @Nested
    @DisplayName("known answers")
    class KnownAnswers {
        @Test
        @DisplayName("RFC 7515 App. A.3: ES256")
        void appendixA3() {
            var jwt = SignedJwt.parse("eyJhbGciOiJFUzI1NiJ9"
                    + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
                    + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
            var key = SignedJwt.publicKey(Json.readObject("""
                    {"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"""));
            assertThat(jwt.verifies(key)).isTrue();
            assertThat(jwt.verifies(KEY.publicJwk())).isFalse();
            assertThat(jwt.claims().string("iss")).isEqualTo("joe");
            assertThat(jwt.claims().flag("http://example.com/is_root")).isTrue();
            assertThat(jwt.type()).isEmpty();
        }

        @ParameterizedTest
        @DisplayName("OpenID4VCI I.1 signed metadata, I.2 wallet attestation: by the certificate in x5c")
        @ValueSource(
                strings = {
                    "signed_metadata openidvci-issuer-metadata+jwt",
                    "wallet_attestation oauth-client-attestation+jwt"
                })
        void appendixI(String example) {
            var parts = example.split(" ");
            var jwt = SignedJwt.parse(Examples.read().string(parts[0]));
            assertThat(jwt.type()).contains(parts[1]);
            var leaf = X5c.parse(jwt.headerChain().orElseThrow()).getFirst();
            assertThat(jwt.verifies(X5c.publicJwk(leaf))).isTrue();
            assertThat(jwt.verifies(KEY.publicJwk())).isFalse();
        }

        @Test
        @DisplayName("FIPS 180: SHA-256 of abc, base64url")
        void sha256() {
            assertThat(SignedJwt.sha256("abc".getBytes(StandardCharsets.US_ASCII)))
                    .isEqualTo("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
        }
    }

    @Nested
    @DisplayName("signing")
    class Signing {
        @ParameterizedTest
        @DisplayName("by each algorithm verifies by the public half, and gives back header and claims")
        @ValueSource(strings = {"ES256", "ES384", "ES512", "EdDSA", "Ed25519"})
        void roundTrip(String algorithm) {
            var key = SigningKey.generate(JWSAlgorithm.parse(algorithm));
            var documents = new RandomJson(algorithm.hashCode());
            for (var i = 0; i < 20; i++) {
                var claims = documents.object();
                var jwt = SignedJwt.parse(
                        SignedJwt.sign(JsonObject.builder().put("typ", "x").build(), claims, key));
                assertThat(jwt.claims()).isEqualTo(claims);
                assertThat(jwt.type()).contains("x");
                assertThat(jwt.algorithm()).isEqualTo(key.algorithm());
                assertThat(jwt.verifies(key.publicJwk())).isTrue();
            }
        }

        @Test
        @DisplayName("holds for these bytes alone: no flipped bit verifies, none is read as the same token")
        void flippedBits() {
            var compact = SignedJwt.sign(
                    JsonObject.empty(), JsonObject.builder().put("a", "b").build(), KEY);
            var verified = 0;
            for (var i = 0; i < compact.length(); i++) {
                for (var bit = 0; bit < 7; bit++) {
                    var altered =
                            compact.substring(0, i) + (char) (compact.charAt(i) ^ 1 << bit) + compact.substring(i + 1);
                    try {
                        if (SignedJwt.parse(altered).verifies(KEY.publicJwk())) {
                            verified++;
                        }
                    } catch (JsonException refused) {
                        assertThat(refused.getMessage()).doesNotContain(altered);
                    }
                }
            }
            assertThat(verified).isZero();
        }

        @Test
        @DisplayName("is not verified by a key of another kind, which is no, not an error")
        void otherKinds() {
            var jwt = SignedJwt.parse(SignedJwt.sign(JsonObject.empty(), JsonObject.empty(), KEY));
            assertThat(jwt.verifies(SigningKey.generate(JWSAlgorithm.ES384).publicJwk()))
                    .isFalse();
            assertThat(jwt.verifies(SigningKey.generate(JWSAlgorithm.EdDSA).publicJwk()))
                    .isFalse();
        }
    }

    @Nested
    @DisplayName("parsing")
    class Parsing {
        @ParameterizedTest
        @DisplayName("refuses every algorithm that is not asymmetric and known")
        @ValueSource(
                strings = {
                    "none", "None", "NONE", "HS256", "HS384", "HS512", "RS256", "PS256", "ES256K", "A128KW", "dir", "",
                    "es256"
                })
        void algorithms(String algorithm) {
            assertThatThrownBy(() -> SignedJwt.parse(token("{\"alg\":\"" + algorithm + "\"}", "{}", new byte[64])))
                    .isInstanceOf(JsonException.class);
        }

        @ParameterizedTest
        @DisplayName("refuses what is no compact JWT with JSON objects in it, and never quotes it")
        @ValueSource(
                strings = {
                    "",
                    "s3cret",
                    "a.b",
                    "a.b.c.d",
                    "..",
                    "e30..",
                    ".e30.",
                    "e30.e30.e30",
                    "s3cret.s3cret.s3cret",
                    "eyJhbGciOiJFUzI1NiJ9.W10.AAAA",
                    "eyJhbGciOiJFUzI1NiJ9.czNjcmV0.AAAA",
                    "eyJhbGciOiJFUzI1NiJ9=.e30.AAAA",
                    "eyJhbGciOiJFUzI1NiJ9.e30.AA==",
                    "eyJhbGciOiJFUzI1NiJ9.e30.A",
                    "eyJhbGciOiJFUzI1NiJ9.e30.AB",
                    "eyJhbGciOiJFUzI1NiJ9.e30.A+/A",
                    " eyJhbGciOiJFUzI1NiJ9.e30.AAAA",
                    "eyJhbGciOiJFUzI1NiJ9.e30.AAAA\n"
                })
        void malformed(String compact) {
            assertThatThrownBy(() -> SignedJwt.parse(compact))
                    .isInstanceOf(JsonException.class)
                    .extracting(Throwable::getMessage)
                    .asString()
                    .doesNotContain("s3cret");
        }

        @Test
        @DisplayName("refuses a header that asks to be understood")
        void critical() {
            assertThatThrownBy(() -> SignedJwt.parse(
                            token("{\"alg\":\"ES256\",\"crit\":[\"b64\"],\"b64\":false}", "{}", new byte[64])))
                    .hasMessageContaining("critical");
        }

        @Test
        @DisplayName("refuses duplicates in header and claims, and what is longer than we read")
        void strict() {
            assertThatThrownBy(() -> SignedJwt.parse(token("{\"alg\":\"ES256\",\"alg\":\"none\"}", "{}", new byte[64])))
                    .isInstanceOf(JsonException.class);
            assertThatThrownBy(() -> SignedJwt.parse(token("{\"alg\":\"ES256\"}", "{\"a\":1,\"a\":2}", new byte[64])))
                    .isInstanceOf(JsonException.class);
            assertThatThrownBy(() -> SignedJwt.parse(
                            token("{\"alg\":\"ES256\"}", "{\"a\":\"" + "x".repeat(300_000) + "\"}", new byte[64])))
                    .isInstanceOf(JsonException.class);
        }

        @Test
        @DisplayName("says of itself the type and the algorithm, not the token")
        void toStringIsShort() {
            var jwt = SignedJwt.parse(SignedJwt.sign(
                    JsonObject.builder().put("typ", "t").build(),
                    JsonObject.builder().put("sub", "s3cret").build(),
                    KEY));
            assertThat(jwt).hasToString("SignedJwt[t, ES256]");
        }
    }

    @Nested
    @DisplayName("RFC 7517 keys in headers")
    class Keys {
        private static final String OKP_D = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";

        @Test
        @DisplayName("are refused with a private part, whatever their kind")
        void privateKeys() {
            var ec = SignedJwt.jwk(KEY.publicJwk());
            var okp = SignedJwt.jwk(SigningKey.generate(JWSAlgorithm.EdDSA).publicJwk());
            assertThat(SignedJwt.publicKey(ec).isPrivate()).isFalse();
            for (var jwk : List.of(
                    ec.with("d", OKP_D),
                    okp.with("d", OKP_D),
                    JsonObject.builder().put("kty", "oct").put("k", OKP_D).build())) {
                assertThatThrownBy(() -> SignedJwt.publicKey(jwk)).hasMessageContaining("private");
            }
        }

        @Test
        @DisplayName("however mangled are either a key or a JsonException")
        void mangled() {
            var values = new RandomJson(11);
            var names = List.of(
                    "kty",
                    "crv",
                    "x",
                    "y",
                    "d",
                    "kid",
                    "use",
                    "alg",
                    "key_ops",
                    "x5c",
                    "x5u",
                    "x5t",
                    "x5t#S256",
                    "exp",
                    "nbf",
                    "iat",
                    "revoked",
                    "n",
                    "e",
                    "k");
            for (var i = 0; i < 5_000; i++) {
                var members = new HashMap<String, Object>(
                        SignedJwt.jwk(KEY.publicJwk()).members());
                for (var k = 0; k <= values.upTo(3); k++) {
                    var value = values.value(2);
                    if (value == null) {
                        members.remove(names.get(values.upTo(names.size() - 1)));
                    } else {
                        members.put(names.get(values.upTo(names.size() - 1)), value);
                    }
                }
                try {
                    JWK key = SignedJwt.publicKey(JsonObject.of(members));
                    assertThat(key.isPrivate()).isFalse();
                } catch (JsonException refused) {
                    assertThat(refused.getMessage()).contains("jwk");
                }
            }
        }

        @Test
        @DisplayName("are written without a private part")
        void written() {
            Map<String, Object> members = new LinkedHashMap<>(KEY.publicJwk().toJSONObject());
            assertThat(SignedJwt.jwk(KEY.publicJwk()).members())
                    .containsAllEntriesOf(members)
                    .doesNotContainKey("d");
        }
    }

    private static String token(String header, String claims, byte[] signature) {
        var encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(signature);
    }
}
