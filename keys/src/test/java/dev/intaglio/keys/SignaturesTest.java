package dev.intaglio.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.intaglio.requirements.Requirement;
import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {

    private static final byte[] MESSAGE = "a message to be signed".getBytes(US_ASCII);

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.intaglio.keys.SigningKeyTest#algorithms")
    @DisplayName("any flipped bit of a message or a signature is refused")
    void flippedBits(JWSAlgorithm algorithm) {
        var key = SigningKey.generate(algorithm);
        var signature = key.sign(MESSAGE);
        for (int i = 0; i < signature.length; i++) {
            var flipped = signature.clone();
            flipped[i] ^= (byte) (1 << (i % 8));
            assertThat(Signatures.verify(key.publicJwk(), algorithm, MESSAGE, flipped))
                    .isFalse();
        }
        for (int i = 0; i < MESSAGE.length; i++) {
            var flipped = MESSAGE.clone();
            flipped[i] ^= (byte) (1 << (i % 8));
            assertThat(Signatures.verify(key.publicJwk(), algorithm, flipped, signature))
                    .isFalse();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.intaglio.keys.SigningKeyTest#algorithms")
    @DisplayName("a signature of another length, of zeros or of all ones is refused")
    void degenerateSignatures(JWSAlgorithm algorithm) {
        var key = SigningKey.generate(algorithm);
        var length = key.sign(MESSAGE).length;
        for (var size : List.of(0, 1, length - 1, length + 1, 2 * length)) {
            assertThat(Signatures.verify(key.publicJwk(), algorithm, MESSAGE, new byte[size]))
                    .isFalse();
        }
        assertThat(Signatures.verify(key.publicJwk(), algorithm, MESSAGE, new byte[length]))
                .isFalse();
        var ones = new byte[length];
        java.util.Arrays.fill(ones, (byte) 0xff);
        assertThat(Signatures.verify(key.publicJwk(), algorithm, MESSAGE, ones)).isFalse();
    }

    @Test
    @DisplayName("a DER signature is not taken for R || S")
    void der() throws Exception {
        var pair = NamedCurve.P256.generate();
        var signature = java.security.Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(MESSAGE);
        assertThat(Signatures.verify(pair.getPublic(), JWSAlgorithm.ES256, MESSAGE, signature.sign()))
                .isFalse();
    }

    @Nested
    @DisplayName("known answers")
    class KnownAnswers {

        @Test
        @DisplayName("RFC 7515 A.3 (ES256)")
        void rfc7515() throws Exception {
            var jwk = JWK.parse("""
                    {"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                     "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""");
            assertThat(verify(
                            jwk,
                            JWSAlgorithm.ES256,
                            "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkz"
                                    + "ODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4"
                                    + "GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"))
                    .isTrue();
        }

        @Test
        @DisplayName("RFC 8037 A.4 (EdDSA), also under the name Ed25519")
        void rfc8037() throws Exception {
            var jwk = JWK.parse("""
                    {"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""");
            var jws = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3"
                    + "AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
            assertThat(verify(jwk, JWSAlgorithm.EdDSA, jws)).isTrue();
            assertThat(verify(jwk, JWSAlgorithm.Ed25519, jws)).isTrue();
        }

        @Test
        @DisplayName("RFC 9449 §6.1: the thumbprint of the DPoP key")
        @Requirement("AS-DPOP-3")
        void rfc9449() throws Exception {
            var dpopKey = (ECKey) JWK.parse("""
                    {"kty":"EC","crv":"P-256","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
                     "y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA"}""");
            assertThat(dpopKey.computeThumbprint()).hasToString("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
            assertThat(PublicKeys.toJwk(dpopKey.toPublicKey()).getKeyID())
                    .isEqualTo("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
        }

        @ParameterizedTest
        @ValueSource(strings = {"openid4vci-1.0-i.1-signed-metadata.jwt", "openid4vci-1.0-i.2-wallet-attestation.jwt"})
        @DisplayName("OpenID4VCI Appendix I: signatures by the first certificate of x5c")
        void appendixI(String file) throws Exception {
            var jws = resource(file);
            var x5c = JWSObject.parse(jws).getHeader().getX509CertChain();
            var chain = X5c.parse(x5c.stream().map(Object::toString).toList());
            assertThat(verify(chain.getFirst().getPublicKey(), JWSAlgorithm.ES256, jws))
                    .isTrue();
            assertThat(verify(X5c.publicJwk(chain.getFirst()), JWSAlgorithm.ES256, jws))
                    .isTrue();
        }

        @Test
        @Requirement({"HAIP-CI-6", "HAIP-11"})
        @DisplayName("OpenID4VCI Appendix F.1: the key proof by its jwk")
        void appendixF() throws Exception {
            var jws = resource("openid4vci-1.0-f.1-key-proof.jwt");
            assertThat(verify(JWSObject.parse(jws).getHeader().getJWK(), JWSAlgorithm.ES256, jws))
                    .isTrue();
        }

        private static String resource(String name) throws Exception {
            try (var stream = SignaturesTest.class.getResourceAsStream(name)) {
                return new String(stream.readAllBytes(), US_ASCII).strip();
            }
        }

        private static boolean verify(JWK key, JWSAlgorithm algorithm, String jws) {
            return Signatures.verify(key, algorithm, input(jws), signature(jws));
        }

        private static boolean verify(PublicKey key, JWSAlgorithm algorithm, String jws) {
            return Signatures.verify(key, algorithm, input(jws), signature(jws));
        }

        private static byte[] input(String jws) {
            return jws.substring(0, jws.lastIndexOf('.')).getBytes(US_ASCII);
        }

        private static byte[] signature(String jws) {
            return new Base64URL(jws.substring(jws.lastIndexOf('.') + 1)).decode();
        }
    }

    @Nested
    @DisplayName("a key is refused")
    class KeysRefused {

        @Test
        @DisplayName("when its type or curve is not the algorithm's")
        void otherKind() {
            var p256 = SigningKey.generate(JWSAlgorithm.ES256).publicJwk();
            var bare = PublicKeys.toJwk(NamedCurve.P256.generate().getPublic());
            var ed25519 = PublicKeys.toJwk(NamedCurve.ED25519.generate().getPublic());
            refuses(p256, JWSAlgorithm.ES384).withMessageContaining("ES384");
            refuses(bare, JWSAlgorithm.ES384).withMessageContaining("P-256");
            refuses(bare, JWSAlgorithm.ES512);
            refuses(bare, JWSAlgorithm.EdDSA);
            refuses(bare, JWSAlgorithm.RS256);
            refuses(ed25519, JWSAlgorithm.ES256);
            refuses(new OctetSequenceKey.Builder(new byte[32]).build(), JWSAlgorithm.ES256);
            var jca = NamedCurve.P256.generate().getPublic();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Signatures.verify(jca, JWSAlgorithm.ES384, MESSAGE, new byte[96]));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Signatures.verify(jca, JWSAlgorithm.PS256, MESSAGE, new byte[96]));
        }

        @ParameterizedTest
        @ValueSource(strings = {"none", "HS256", "HS512", "ES256K", "Ed448", "RS1", ""})
        @DisplayName("with an algorithm that is none, symmetric or unknown")
        void otherAlgorithm(String name) {
            var key = SigningKey.generate(JWSAlgorithm.ES256).publicJwk();
            refuses(key, new JWSAlgorithm(name)).withMessageContaining("not supported");
        }

        @Test
        @DisplayName("when its point is not on the curve")
        void offCurve() {
            for (var curve : List.of(NamedCurve.P256, NamedCurve.P384, NamedCurve.P521)) {
                var point = curve.point(curve.generate().getPublic());
                assertThat(contains(curve, point)).isTrue();
                point[point.length - 1] ^= 1;
                assertThat(contains(curve, point)).isFalse();
                assertThat(contains(curve, new byte[point.length])).isFalse();
            }
            var good = NamedCurve.P256.generate().getPublic();
            var encoded = good.getEncoded();
            encoded[encoded.length - 1] ^= 1;
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> Signatures.verify(new EncodedKey(encoded), JWSAlgorithm.ES256, MESSAGE, new byte[64]))
                    .withMessageContaining("not on P-256");
        }

        private static boolean contains(NamedCurve curve, byte[] point) {
            return curve.contains(
                    java.util.Arrays.copyOf(point, curve.size()),
                    java.util.Arrays.copyOfRange(point, curve.size(), point.length));
        }

        @Test
        @DisplayName("when a coordinate is written in more ways than one")
        void ambiguousCoordinates() {
            var key = (ECKey) PublicKeys.toJwk(NamedCurve.P256.generate().getPublic());
            var longer = new byte[33];
            System.arraycopy(key.getX().decode(), 0, longer, 1, 32);
            refuses(new ECKey.Builder(Curve.P_256, Base64URL.encode(longer), key.getY()).build(), JWSAlgorithm.ES256)
                    .withMessageContaining("33 bytes");

            var p521 = (ECKey) PublicKeys.toJwk(NamedCurve.P521.generate().getPublic());
            var wrapped =
                    p521.getX().decodeToBigInteger().add(BigInteger.TWO.pow(521).subtract(BigInteger.ONE));
            var x = Base64URL.encode(wrapped);
            assertThat(x.decode()).hasSize(66);
            refuses(new ECKey.Builder(Curve.P_521, x, p521.getY()).build(), JWSAlgorithm.ES512)
                    .withMessageContaining("not on P-521");
        }

        private static org.assertj.core.api.ThrowableAssertAlternative<IllegalArgumentException> refuses(
                JWK key, JWSAlgorithm algorithm) {
            return assertThatIllegalArgumentException()
                    .isThrownBy(() -> Signatures.verify(key, algorithm, MESSAGE, new byte[64]));
        }
    }

    @Nested
    @DisplayName("RSA, for the certificates of others")
    class Rsa {

        @Test
        @DisplayName("verifies what an independent signer made, and refuses it changed")
        void roundTrip() throws Exception {
            var rsa = new RSAKeyGenerator(2048).generate();
            for (var algorithm : JWSAlgorithm.Family.RSA) {
                var jws = new JWSObject(new JWSHeader(algorithm), new Payload("hello"));
                jws.sign(new RSASSASigner(rsa));
                var signature = jws.getSignature().decode();
                assertThat(Signatures.verify(rsa.toPublicJWK(), algorithm, jws.getSigningInput(), signature))
                        .isTrue();
                assertThat(Signatures.verify(rsa.toPublicKey(), algorithm, jws.getSigningInput(), signature))
                        .isTrue();
                signature[10] ^= 1;
                assertThat(Signatures.verify(rsa.toPublicJWK(), algorithm, jws.getSigningInput(), signature))
                        .isFalse();
                assertThat(Signatures.verify(rsa.toPublicJWK(), algorithm, jws.getSigningInput(), new byte[3]))
                        .isFalse();
            }
        }

        @Test
        @DisplayName("refuses a short modulus, an enormous one and a senseless exponent")
        void bounds() throws Exception {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(1024);
            var small = (RSAPublicKey) generator.generateKeyPair().getPublic();
            refuses(new RSAKey.Builder(small).build()).withMessageContaining("1024 bits");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Signatures.verify(small, JWSAlgorithm.RS256, MESSAGE, new byte[128]));
            refuses(rsa(BigInteger.TWO.pow(16384).subtract(BigInteger.ONE), BigInteger.valueOf(65537)));
            var modulus = BigInteger.TWO.pow(2048).subtract(BigInteger.ONE);
            refuses(rsa(modulus, BigInteger.ONE)).withMessageContaining("exponent");
            refuses(rsa(modulus, BigInteger.TWO.pow(2000).add(BigInteger.ONE))).withMessageContaining("exponent");
        }

        private static RSAKey rsa(BigInteger modulus, BigInteger exponent) {
            return new RSAKey.Builder(Base64URL.encode(modulus), Base64URL.encode(exponent)).build();
        }

        private static org.assertj.core.api.ThrowableAssertAlternative<IllegalArgumentException> refuses(JWK key) {
            return assertThatIllegalArgumentException()
                    .isThrownBy(() -> Signatures.verify(key, JWSAlgorithm.RS256, MESSAGE, new byte[256]));
        }
    }

    /// A key as a careless provider might hand it out.
    private record EncodedKey(byte[] encoded) implements PublicKey {
        @Override
        public String getAlgorithm() {
            return "EC";
        }

        @Override
        public String getFormat() {
            return "X.509";
        }

        @Override
        public byte[] getEncoded() {
            return encoded;
        }
    }
}
