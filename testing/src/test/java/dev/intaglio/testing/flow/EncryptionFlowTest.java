package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.intaglio.issuer.encryption.EncryptionPolicy;
import dev.intaglio.issuer.encryption.EncryptionPolicy.Use;
import dev.intaglio.protocol.credential.CredentialResponse;
import dev.intaglio.protocol.encryption.EncryptionKey;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestCredentialRequest;
import dev.intaglio.testing.TestEncryption;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestWallet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("§10 Encrypted Credential Requests and Responses")
class EncryptionFlowTest {
    private TestIssuer issuer = issuer(EncryptionPolicy.OPTIONAL);
    private TestWallet wallet = issuer.wallet();
    private TestEncryption encryption = TestEncryption.of(wallet.issuerMetadata());

    private static TestIssuer issuer(EncryptionPolicy policy) {
        return TestIssuer.builder().encryption(policy).build();
    }

    private void use(EncryptionPolicy policy) {
        issuer = issuer(policy);
        wallet = issuer.wallet();
        encryption = TestEncryption.of(wallet.issuerMetadata());
    }

    private TestCredentialRequest request() {
        var token = wallet.redeem(issuer.offer(TestIssuer.PID).offer()).token();
        return wallet.request(token, TestIssuer.PID);
    }

    private static List<Object> issued(JsonObject answer) {
        return ((CredentialResponse.Issued) CredentialResponse.read(answer)).credentials();
    }

    private static Request jwt(Request request, JWEObject message) {
        return request.withBody("application/jwt", message.serialize().getBytes(StandardCharsets.US_ASCII));
    }

    @Nested
    @DisplayName("the metadata")
    class InMetadata {
        @Test
        @Requirement({"CI-META-15", "CI-ENC-2"})
        @DisplayName("shows the keys for requests, each with kid and alg, and what else goes with them")
        void requests() {
            var said = wallet.issuerMetadata().requestEncryption().orElseThrow();
            assertThat(said.strings("enc_values_supported")).containsExactly("A128GCM", "A256GCM");
            assertThat(said.strings("zip_values_supported")).containsExactly("DEF");
            assertThat(said.optionalBoolean("encryption_required")).contains(false);
            assertThat(said.object("jwks").objects("keys")).singleElement().satisfies(key -> {
                assertThat(key.string("kid")).isNotEmpty();
                assertThat(key.string("alg")).isEqualTo("ECDH-ES");
                assertThat(key.string("use")).isEqualTo("enc");
                assertThat(key.string("crv")).isEqualTo("P-256");
                assertThat(key.has("d")).isFalse();
            });
        }

        @Test
        @Requirement("CI-META-16")
        @DisplayName("says how responses can be encrypted")
        void responses() {
            var said = wallet.issuerMetadata().responseEncryption().orElseThrow();
            assertThat(said.strings("alg_values_supported")).contains("ECDH-ES");
            assertThat(said.strings("enc_values_supported")).containsExactly("A128GCM", "A256GCM");
            assertThat(said.strings("zip_values_supported")).containsExactly("DEF");
            assertThat(said.optionalBoolean("encryption_required")).contains(false);
        }

        @Test
        @Requirement({"CI-META-15", "CI-META-16"})
        @DisplayName("says that encryption is required where it is")
        void required() {
            use(EncryptionPolicy.REQUIRED);
            assertThat(wallet.issuerMetadata().requestEncryption().orElseThrow().optionalBoolean("encryption_required"))
                    .contains(true);
            assertThat(wallet.issuerMetadata()
                            .responseEncryption()
                            .orElseThrow()
                            .optionalBoolean("encryption_required"))
                    .contains(true);
        }

        @Test
        @Requirement("CI-META-17")
        @DisplayName("cannot offer encrypted responses without encrypted requests")
        void notResponsesAlone() {
            assertThatThrownBy(() -> new EncryptionPolicy(Use.OFF, Use.OPTIONAL))
                    .isInstanceOf(IllegalArgumentException.class);
            use(new EncryptionPolicy(Use.OPTIONAL, Use.OFF));
            assertThat(wallet.issuerMetadata().requestEncryption()).isPresent();
            assertThat(wallet.issuerMetadata().responseEncryption()).isEmpty();
        }
    }

    @Nested
    @DisplayName("a request")
    class Requests {
        @ParameterizedTest
        @Requirement({"CI-ENC-1", "CI-ENC-4", "CI-ENC-7"})
        @DisplayName("is taken as application/jwt by each enc the metadata lists, and answered in the clear")
        @ValueSource(strings = {"A128GCM", "A256GCM"})
        void taken(String enc) {
            var answer = request().http(encryption.method(enc)::seal).send();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.mediaType()).isEqualTo("application/json");
            assertThat(issued(answer.bodyObject())).hasSize(1);
        }

        @Test
        @Requirement("CI-ENC-5")
        @DisplayName("may be compressed")
        void compressed() {
            var answer = request().http(encryption.compressed()::seal).send();
            assertThat(issued(answer.bodyObject())).hasSize(1);
        }

        @Test
        @Requirement("CI-ENC-6")
        @DisplayName("may be in the clear where encryption is optional, and is refused where it is required")
        void inTheClear() {
            assertThat(request().credential()).isNotEmpty();
            use(new EncryptionPolicy(Use.REQUIRED, Use.OPTIONAL));
            var request = request();
            assertRefused(request.send(), 400, "invalid_encryption_parameters");
            assertThat(request.http(encryption::seal).credential()).isNotEmpty();
        }

        @Test
        @Requirement({"CI-ENC-3", "CI-ERR-8"})
        @DisplayName("without kid, with an unknown one, or encrypted to another key than it names, is refused")
        void keys() throws Exception {
            var ours = encryption.issuerKey().key();
            var stranger = new ECKeyGenerator(Curve.P_256).generate();
            var request = request();
            for (var key : List.of(
                    new ECKey.Builder(ours).keyID(null).build(),
                    new ECKey.Builder(ours).keyID("1").build(),
                    new ECKey.Builder(stranger).keyID(ours.getKeyID()).build())) {
                var to = encryption.to(new EncryptionKey(key, "ECDH-ES"));
                assertRefused(request.http(to::seal).send(), 400, "invalid_encryption_parameters");
            }
            assertThat(request.http(encryption::seal).credential()).isNotEmpty();
        }

        @Test
        @Requirement({"CI-ENC-2", "CI-ENC-8"})
        @DisplayName("by another alg than that of the key is refused")
        void algorithm() {
            var other = new EncryptionKey(encryption.issuerKey().key(), "ECDH-ES+A256KW");
            assertRefused(request().http(encryption.to(other)::seal).send(), 400, "invalid_encryption_parameters");
        }

        @ParameterizedTest
        @Requirement({"CI-ENC-4", "CI-ENC-8"})
        @DisplayName("by an enc the metadata does not list is refused")
        @ValueSource(strings = {"A128CBC-HS256", "A256CBC-HS512", "A192GCM"})
        void unlisted(String enc) {
            var answer = request()
                    .http(http -> jwt(http, sealed(http, EncryptionMethod.parse(enc))))
                    .send();
            assertRefused(answer, 400, "invalid_encryption_parameters");
        }

        private JWEObject sealed(Request request, EncryptionMethod method) {
            try {
                var key = encryption.issuerKey().key();
                var message = new JWEObject(
                        new JWEHeader.Builder(JWEAlgorithm.ECDH_ES, method)
                                .keyID(key.getKeyID())
                                .build(),
                        new Payload(request.body()));
                message.encrypt(new ECDHEncrypter(key));
                return message;
            } catch (com.nimbusds.jose.JOSEException failed) {
                throw new AssertionError(failed);
            }
        }

        @Test
        @Requirement({"CI-ENC-1", "CI-ERR-8"})
        @DisplayName("that is no JWE, or altered anywhere, is refused and uses nothing up")
        void altered() {
            var request = request();
            assertRefused(
                    request.http(http ->
                                    http.withBody("application/jwt", "e30.e30.e30".getBytes(StandardCharsets.US_ASCII)))
                            .send(),
                    400,
                    "invalid_encryption_parameters");
            for (var part = 0; part < 5; part++) {
                var at = part;
                assertRefused(
                        request.http(http -> altered(encryption.seal(http), at)).send(),
                        400,
                        "invalid_encryption_parameters");
            }
            assertThat(request.http(encryption::seal).credential()).isNotEmpty();
        }

        /// With another character somewhere inside that part.
        private static Request altered(Request request, int part) {
            var parts = new String(request.body(), StandardCharsets.US_ASCII).split("\\.", -1);
            var middle = parts[part].length() / 2;
            parts[part] = parts[part].isEmpty()
                    ? "AAAA"
                    : parts[part].substring(0, middle)
                            + (parts[part].charAt(middle) == 'A' ? 'B' : 'A')
                            + parts[part].substring(middle + 1);
            return request.withBody("application/jwt", String.join(".", parts).getBytes(StandardCharsets.US_ASCII));
        }

        @Test
        @Requirement("CI-ERR-3")
        @DisplayName("that decrypts to something else than a Credential Request: invalid_credential_request")
        void content() {
            assertRefused(
                    request()
                            .body(body -> body.without("credential_configuration_id"))
                            .http(encryption::seal)
                            .send(),
                    400,
                    "invalid_credential_request");
            assertRefused(
                    request()
                            .http(http ->
                                    jwt(http, sealed(http.withBody("", new byte[] {'['}), EncryptionMethod.A128GCM)))
                            .send(),
                    400,
                    "invalid_credential_request");
        }
    }

    @Nested
    @DisplayName("a response")
    class Responses {
        @ParameterizedTest
        @Requirement({"CI-RESP-7", "CI-ENC-1", "CI-ENC-2", "CI-ENC-4"})
        @DisplayName("comes as application/jwt, by the key and the enc of the request")
        @ValueSource(strings = {"A128GCM", "A256GCM"})
        void encrypted(String enc) throws Exception {
            var with = encryption.method(enc);
            var answer = request().body(with::ask).http(with::seal).send();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.mediaType()).isEqualTo("application/jwt");
            assertThat(answer.headers().all("Cache-Control")).containsExactly("no-store");
            assertThat(issued(with.open(answer))).hasSize(1);
            var header = JWEObject.parse(answer.bodyText()).getHeader();
            assertThat(header.getAlgorithm()).isEqualTo(JWEAlgorithm.ECDH_ES);
            assertThat(header.getEncryptionMethod().getName()).isEqualTo(enc);
            assertThat(header.getCompressionAlgorithm()).isNull();
            assertThat(header.getKeyID())
                    .isEqualTo(with.wanted().key().key().getKeyID())
                    .isNotNull();
        }

        @Test
        @Requirement("CI-ENC-3")
        @DisplayName("has no kid where the wallet's key has none")
        void withoutKid() throws Exception {
            var own = new ECKeyGenerator(Curve.P_384).generate();
            var answer = request()
                    .body(body -> body.with(
                            "credential_response_encryption",
                            Map.of(
                                    "jwk",
                                    with(own.toPublicJWK().toJSONObject(), "alg", "ECDH-ES+A128KW"),
                                    "enc",
                                    "A256GCM",
                                    "future",
                                    "ignored")))
                    .http(encryption::seal)
                    .send();
            var message = JWEObject.parse(answer.bodyText());
            assertThat(message.getHeader().getKeyID()).isNull();
            assertThat(message.getHeader().getAlgorithm()).isEqualTo(JWEAlgorithm.ECDH_ES_A128KW);
            message.decrypt(new ECDHDecrypter(own));
            assertThat(message.getPayload().toJSONObject()).containsKey("credentials");
        }

        @Test
        @Requirement("CI-ENC-5")
        @DisplayName("is compressed if the request says zip, and only then")
        void compressed() throws Exception {
            var with = encryption.compressed();
            var answer = request().body(with::ask).http(with::seal).send();
            assertThat(issued(with.open(answer))).hasSize(1);
            assertThat(JWEObject.parse(answer.bodyText()).getHeader().getCompressionAlgorithm())
                    .isEqualTo(CompressionAlgorithm.DEF);
        }

        @Test
        @Requirement({"CI-ENC-6", "CI-META-17"})
        @DisplayName("is not encrypted to a key that came in the clear: the request is refused and uses nothing up")
        void keyInTheClear() {
            var request = request().body(encryption::ask);
            assertRefused(request.send(), 400, "invalid_encryption_parameters");
            assertThat(issued(encryption.open(request.http(encryption::seal).send())))
                    .hasSize(1);
        }

        @Test
        @Requirement("CI-ERR-8")
        @DisplayName("must be asked for encrypted where that is required")
        void required() {
            use(EncryptionPolicy.REQUIRED);
            var request = request();
            assertRefused(request.http(encryption::seal).send(), 400, "invalid_encryption_parameters");
            assertThat(issued(encryption.open(
                            request.body(encryption::ask).http(encryption::seal).send())))
                    .hasSize(1);
        }

        @Test
        @Requirement({"CI-CRED-9", "CI-ERR-8"})
        @DisplayName("cannot be asked for with parameters that are wrong or missing")
        void parameters() throws Exception {
            var request = request();
            var good = encryption.wanted().write();
            var jwk = good.object("jwk");
            var own = new ECKeyGenerator(Curve.P_256).generate();
            for (var bad : List.of(
                    good.without("jwk"),
                    good.without("enc"),
                    good.with("enc", "A128CBC-HS256"),
                    good.with("enc", "none"),
                    good.with("zip", "GZ"),
                    good.with("jwk", jwk.without("alg")),
                    good.with("jwk", jwk.without("alg")).with("alg", "ECDH-ES"),
                    good.with("jwk", jwk.with("alg", "RSA1_5")),
                    good.with("jwk", jwk.with("alg", "dir")),
                    good.with("jwk", jwk.with("use", "sig")),
                    good.with("jwk", jwk.with("x", jwk.string("y"))),
                    good.with("jwk", Map.of("kty", "oct", "k", "AAAA", "alg", "ECDH-ES")),
                    good.with("jwk", with(own.toJSONObject(), "alg", "ECDH-ES")))) {
                assertRefused(
                        request.body(body -> body.with("credential_response_encryption", bad))
                                .http(encryption::seal)
                                .send(),
                        400,
                        "invalid_encryption_parameters");
            }
            assertRefused(
                    request.body(body -> body.with("credential_response_encryption", List.of()))
                            .http(encryption::seal)
                            .send(),
                    400,
                    "invalid_encryption_parameters");
            assertThat(request.http(encryption::seal).credential()).isNotEmpty();
        }

        @Test
        @Requirement("CI-ERR-10")
        @DisplayName("that is an error is never encrypted")
        void errors() {
            assertRefused(
                    request()
                            .body(encryption::ask)
                            .withoutProofs()
                            .http(encryption::seal)
                            .send(),
                    400,
                    "invalid_proof");
        }

        private static Map<String, Object> with(Map<String, Object> members, String name, Object value) {
            var copy = new java.util.HashMap<>(members);
            copy.put(name, value);
            return copy;
        }
    }

    @Nested
    @DisplayName("the keys for requests")
    class Rotation {
        @Test
        @Requirement("CI-META-15")
        @DisplayName("change, and one that was published is taken for its time of grace and no longer")
        void rotated() {
            var old = encryption.issuerKey().key().getKeyID();
            issuer.clock().advance(Duration.ofDays(1));
            var now = TestEncryption.of(issuer.wallet().issuerMetadata());
            assertThat(now.issuerKey().key().getKeyID()).isNotEqualTo(old);
            assertThat(request().http(encryption::seal).credential()).isNotEmpty();
            issuer.clock().advance(Duration.ofDays(1));
            Response late = request().http(encryption::seal).send();
            assertRefused(late, 400, "invalid_encryption_parameters");
        }
    }
}
