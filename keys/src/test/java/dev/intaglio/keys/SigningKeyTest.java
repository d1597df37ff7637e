package dev.intaglio.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.intaglio.requirements.Requirement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SigningKeyTest {

    static final byte[] MESSAGE = "a message".getBytes(US_ASCII);

    static Stream<JWSAlgorithm> algorithms() {
        return Stream.of(
                JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512, JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("algorithms")
    @DisplayName("what a key signs, its public JWK verifies, and nothing else does")
    void roundTrip(JWSAlgorithm algorithm) {
        var key = SigningKey.generate(algorithm);
        var signature = key.sign(MESSAGE);
        assertThat(key.algorithm()).isEqualTo(algorithm);
        assertThat(Signatures.verify(key.publicJwk(), algorithm, MESSAGE, signature))
                .isTrue();
        var stranger = SigningKey.generate(algorithm);
        assertThat(Signatures.verify(stranger.publicJwk(), algorithm, MESSAGE, signature))
                .isFalse();
        assertThat(Signatures.verify(key.publicJwk(), algorithm, "another".getBytes(US_ASCII), signature))
                .isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("algorithms")
    @DisplayName("the public JWK has kid, alg and use, and no private member")
    void publicJwk(JWSAlgorithm algorithm) throws Exception {
        var jwk = SigningKey.generate(algorithm).publicJwk();
        assertThat(jwk.isPrivate()).isFalse();
        assertThat(jwk.getKeyID()).isEqualTo(jwk.computeThumbprint().toString());
        var ec = jwk instanceof ECKey;
        assertThat(jwk.toJSONObject().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        ec
                                ? List.of("kty", "crv", "x", "y", "kid", "alg", "use")
                                : List.of("kty", "crv", "x", "kid", "alg", "use"));
        assertThat(jwk.toJSONObject()).containsEntry("alg", algorithm.getName()).containsEntry("use", "sig");
    }

    @Test
    @DisplayName("ECDSA signatures are R || S, as an independent verifier wants them")
    void nimbusVerifiesThem() throws Exception {
        for (var algorithm : List.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512)) {
            var key = SigningKey.generate(algorithm);
            var jws = new JWSObject(new JWSHeader(algorithm), new Payload("hello"));
            jws.sign(key.jwsSigner());
            assertThat(jws.verify(new ECDSAVerifier(key.publicJwk().toECKey()))).isTrue();
        }
    }

    @Test
    @DisplayName("the signer refuses a header that names another algorithm")
    void headerOfAnotherAlgorithm() {
        var signer = SigningKey.generate(JWSAlgorithm.ES256).jwsSigner();
        assertThat(signer.supportedJWSAlgorithms()).containsExactly(JWSAlgorithm.ES256);
        assertThatThrownBy(() -> signer.sign(new JWSHeader(JWSAlgorithm.ES384), MESSAGE))
                .isInstanceOf(JOSEException.class)
                .hasMessageContaining("ES384");
    }

    @Test
    @DisplayName("RFC 8037 Appendix A: thumbprint and signature of the Ed25519 key")
    void rfc8037() throws Exception {
        var key = SigningKey.of(JWK.parse("""
                {"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
                 "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"""));
        assertThat(key.publicJwk().getKeyID()).isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        assertThat(key.algorithm()).isEqualTo(JWSAlgorithm.EdDSA);
        var signature = key.sign("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc".getBytes(US_ASCII));
        assertThat(Base64URL.encode(signature))
                .hasToString("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    }

    @Test
    @DisplayName("RFC 7515 A.3: the key of the ES256 example signs for itself")
    void rfc7515() throws Exception {
        var key = SigningKey.of(JWK.parse("""
                {"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                 "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
                 "d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}"""));
        assertThat(Signatures.verify(key.publicJwk(), JWSAlgorithm.ES256, MESSAGE, key.sign(MESSAGE)))
                .isTrue();
    }

    @Test
    @DisplayName("many threads share one key")
    void manyThreads() throws Exception {
        var key = SigningKey.generate(JWSAlgorithm.ES256);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = IntStream.range(0, 200)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        var message = ("message " + i).getBytes(US_ASCII);
                        return Signatures.verify(key.publicJwk(), JWSAlgorithm.ES256, message, key.sign(message));
                    })
                    .toList();
            for (var result : threads.invokeAll(tasks)) assertThat(result.get()).isTrue();
        }
    }

    @Test
    @DisplayName("toString says which key it is and nothing of its secret")
    void toStringIsSilent() throws Exception {
        var jwk = new ECKeyGenerator(Curve.P_256).keyID("our-key").generate();
        var key = SigningKey.of(jwk);
        assertThat(key.toString())
                .contains("our-key", "ES256")
                .doesNotContain(jwk.getD().toString());
    }

    @Nested
    @DisplayName("a private JWK")
    class OfJwk {

        @Test
        @DisplayName("keeps its own kid")
        void keepsKid() throws Exception {
            var key = SigningKey.of(
                    new ECKeyGenerator(Curve.P_384).keyID("2026-01").generate());
            assertThat(key.publicJwk().getKeyID()).isEqualTo("2026-01");
            assertThat(key.algorithm()).isEqualTo(JWSAlgorithm.ES384);
        }

        @Test
        @DisplayName("with alg Ed25519 signs under that name")
        void fullySpecified() {
            var pair = NamedCurve.ED25519.generate();
            var encoded = pair.getPrivate().getEncoded();
            var seed = java.util.Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
            var jwk = new OctetKeyPair.Builder(
                            Curve.Ed25519, Base64URL.encode(NamedCurve.ED25519.point(pair.getPublic())))
                    .d(Base64URL.encode(seed))
                    .algorithm(JWSAlgorithm.Ed25519)
                    .build();
            assertThat(SigningKey.of(jwk).algorithm()).isEqualTo(JWSAlgorithm.Ed25519);
        }

        @Test
        @DisplayName("brings its chain as x5c")
        void chainFromX5c() throws Exception {
            var pair = NamedCurve.P256.generate();
            var leaf = TestAuthority.root("root").leaf("leaf", pair);
            var jwk = new ECKey.Builder(Curve.P_256, (java.security.interfaces.ECPublicKey) pair.getPublic())
                    .privateKey(pair.getPrivate())
                    .d(Base64URL.encode(unsigned(((java.security.interfaces.ECPrivateKey) pair.getPrivate()).getS())))
                    .x509CertChain(X5c.encode(List.of(leaf)))
                    .build();
            assertThat(SigningKey.of(jwk).chain()).containsExactly(leaf);
            assertThat(SigningKey.of(jwk).publicJwk().getX509CertChain()).isNull();
        }

        private static byte[] unsigned(java.math.BigInteger number) {
            return Base64URL.encode(number).decode();
        }

        @Test
        @DisplayName("is refused without its private part, for encryption, or with a public half of another key")
        void refused() throws Exception {
            var ec = new ECKeyGenerator(Curve.P_256).generate();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SigningKey.of(ec.toPublicJWK()))
                    .withMessageContaining("no private part");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SigningKey.of(new ECKey.Builder(ec)
                            .keyUse(com.nimbusds.jose.jwk.KeyUse.ENCRYPTION)
                            .build()))
                    .withMessageContaining("encryption");
            var other = new ECKeyGenerator(Curve.P_256).generate();
            var mixed = new ECKey.Builder(Curve.P_256, other.getX(), other.getY())
                    .d(ec.getD())
                    .build();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SigningKey.of(mixed))
                    .withMessageContaining("does not belong");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SigningKey.of(
                            new ECKey.Builder(ec).algorithm(JWSAlgorithm.ES384).build()))
                    .withMessageContaining("ES384");
        }

        @Test
        @DisplayName("is refused when it is of a kind we do not sign with")
        void otherKinds() throws Exception {
            var secp256k1 = JWK.parse("""
                    {"kty":"EC","crv":"secp256k1","x":"eb5mfvncu6xVoGKVzocLBwKb_NstzijZWfKBWxb4F5g",
                     "y":"SDradyajxGVdpPv8DhEIqP0XtEimhVQZnEfQj_sQ1Lg",
                     "d":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"}""");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SigningKey.of(secp256k1))
                    .withMessageContaining("P-256");
            var rsa = new RSAKeyGenerator(2048).generate();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SigningKey.of(rsa))
                    .withMessageContaining("P-256");
            assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.generate(JWSAlgorithm.RS256));
            assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.generate(JWSAlgorithm.HS256));
            assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.generate(new JWSAlgorithm("none")));
        }
    }

    @Nested
    @DisplayName("a chain")
    class Chain {

        final java.security.KeyPair pair = NamedCurve.P256.generate();
        final TestAuthority root = TestAuthority.root("root");
        final TestAuthority intermediate = root.intermediate("intermediate");

        @Test
        @DisplayName("begins with the leaf and goes up")
        void fits() {
            var leaf = intermediate.leaf("leaf", pair);
            var key = SigningKey.of(pair.getPrivate(), pair.getPublic(), List.of(leaf, intermediate.certificate()));
            assertThat(key.chain()).containsExactly(leaf, intermediate.certificate());
        }

        @Test
        @Requirement({"HAIP-CI-15", "HAIP-CI-13", "HAIP-9"})
        @DisplayName("has neither a self-signed leaf nor the trust anchor in it")
        void selfSigned() {
            var selfSigned = TestAuthority.selfSigned("self", pair);
            refused(List.of(selfSigned)).withMessageContaining("self-signed");
            var withAnchor = List.of(intermediate.leaf("leaf", pair), intermediate.certificate(), root.certificate());
            refused(withAnchor).withMessageContaining("trust anchor");
        }

        @Test
        @DisplayName("is refused when it is another key's, or has a gap")
        void doesNotFit() {
            refused(List.of(root.leaf("leaf"))).withMessageContaining("another key");
            refused(List.of(root.leaf("leaf", pair), intermediate.certificate()))
                    .withMessageContaining("gap");
        }

        private org.assertj.core.api.ThrowableAssertAlternative<IllegalArgumentException> refused(
                List<java.security.cert.X509Certificate> chain) {
            return assertThatIllegalArgumentException()
                    .isThrownBy(() -> SigningKey.of(pair.getPrivate(), pair.getPublic(), chain));
        }
    }

    @Test
    @DisplayName("the start-up line names the provider that signs")
    void provider() {
        assertThat(CryptoProviders.active()).contains("ES256", CryptoProviders.activeName());
    }
}
