package dev.intaglio.keys.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.intaglio.keys.Pem;
import dev.intaglio.keys.Signatures;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("signing keys out of files")
class KeyFilesTest {

    @TempDir
    Path directory;

    final TestAuthority root = TestAuthority.root("root");
    KeyPair p256;
    KeyPair ed25519;

    @BeforeEach
    void keys() throws Exception {
        var ec = KeyPairGenerator.getInstance("EC");
        ec.initialize(new ECGenParameterSpec("secp256r1"));
        p256 = ec.generateKeyPair();
        ed25519 = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    static void assertSignsFor(SigningKey key, KeyPair pair) {
        var message = "message".getBytes(US_ASCII);
        assertThat(Signatures.verify(pair.getPublic(), key.algorithm(), message, key.sign(message)))
                .isTrue();
    }

    @Nested
    @DisplayName("PKCS#12")
    class Pkcs12 {

        final char[] password = "correct horse".toCharArray();

        Path store() throws Exception {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "b", p256.getPrivate(), password, new X509Certificate[] {root.leaf("leaf", p256), root.certificate()
                    });
            store.setKeyEntry("a", ed25519.getPrivate(), password, new X509Certificate[] {root.leaf("ed", ed25519)});
            store.setCertificateEntry("anchor", root.certificate());
            var file = directory.resolve("keys.p12");
            try (var out = Files.newOutputStream(file)) {
                store.store(out, password);
            }
            return file;
        }

        @Test
        @DisplayName("every key by its alias, its chain without the anchor")
        void all() throws Exception {
            var keys = Pkcs12Keys.load(store(), password);
            assertThat(keys.keySet()).containsExactly("a", "b");
            assertSignsFor(keys.get("a"), ed25519);
            assertSignsFor(keys.get("b"), p256);
            assertThat(keys.get("b").chain()).hasSize(1);
        }

        @Test
        @DisplayName("one key by its alias, or the aliases there are")
        void one() throws Exception {
            assertSignsFor(Pkcs12Keys.load(store(), password, "b"), p256);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Pkcs12Keys.load(store(), password, "anchor"))
                    .withMessageContaining("keys.p12");
        }

        @Test
        @DisplayName("a wrong password or file is said by name, without the password")
        void wrong() throws Exception {
            var file = store();
            assertThatIOException()
                    .isThrownBy(() -> Pkcs12Keys.load(file, "wrong".toCharArray()))
                    .withMessageContaining("keys.p12")
                    .withMessageNotContaining("wrong");
            Files.writeString(file, "nonsense");
            assertThatIOException().isThrownBy(() -> Pkcs12Keys.load(file, password));
            assertThatIOException().isThrownBy(() -> Pkcs12Keys.load(directory.resolve("none"), password));
        }
    }

    @Nested
    @DisplayName("PEM")
    class PemFiles {

        String block(String label, byte[] content) {
            return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                    + label + "-----\n";
        }

        Path write(String name, String... blocks) throws Exception {
            return Files.writeString(directory.resolve(name), String.join("", blocks));
        }

        String privateKey(KeyPair pair) {
            return block("PRIVATE KEY", pair.getPrivate().getEncoded());
        }

        String publicKey(KeyPair pair) {
            return block("PUBLIC KEY", pair.getPublic().getEncoded());
        }

        @Test
        @DisplayName("key and chain in two files, or in one")
        void withChain() throws Exception {
            var leaf = root.leaf("leaf", p256);
            var chain = write("chain.pem", Pem.write(List.of(leaf, root.certificate())));
            var key = PemKeys.load(write("key.pem", privateKey(p256)), chain);
            assertSignsFor(key, p256);
            assertThat(key.chain()).containsExactly(leaf);
            var both = PemKeys.load(write("both.pem", privateKey(p256), Pem.write(List.of(leaf))));
            assertThat(both.chain()).containsExactly(leaf);
        }

        @Test
        @DisplayName("key and public key, of both kinds")
        void withPublicKey() throws Exception {
            for (var pair : List.of(p256, ed25519)) {
                var key = PemKeys.load(write("key.pem", privateKey(pair), publicKey(pair)));
                assertSignsFor(key, pair);
                assertThat(key.chain()).isEmpty();
            }
        }

        @Test
        @DisplayName("what is missing or in another form is said, and what to do")
        void refused() throws Exception {
            refuses(write("k", privateKey(p256)), "PUBLIC KEY");
            refuses(write("k", publicKey(p256)), "PRIVATE KEY");
            refuses(write("k", block("EC PRIVATE KEY", new byte[3])), "openssl pkcs8");
            refuses(write("k", block("ENCRYPTED PRIVATE KEY", new byte[3])), "encrypted");
            refuses(write("k", block("PRIVATE KEY", new byte[3]), publicKey(p256)), "none of");
            refuses(write("k", privateKey(p256), publicKey(ed25519)), "private key");
            var rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
            refuses(write("k", privateKey(rsa), publicKey(rsa)), "none of");
        }

        private void refuses(Path file, String... words) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PemKeys.load(file))
                    .satisfies(refusal ->
                            assertThat(refusal.getMessage()).contains(words).contains(file.toString()));
        }
    }

    @Nested
    @DisplayName("JWKS")
    class Jwks {

        @Test
        @DisplayName("every key of a set in its order, or the one of a single JWK")
        void load() throws Exception {
            var first = new ECKeyGenerator(Curve.P_256).keyID("first").generate();
            var second = new ECKeyGenerator(Curve.P_384).keyID("second").generate();
            var file = directory.resolve("keys.jwks");
            Files.writeString(file, new JWKSet(List.of(first, second)).toString(false));
            assertThat(JwksKeys.load(file))
                    .extracting(key -> key.publicJwk().getKeyID())
                    .containsExactly("first", "second");
            assertThat(JwksKeys.load(file))
                    .extracting(SigningKey::algorithm)
                    .containsExactly(JWSAlgorithm.ES256, JWSAlgorithm.ES384);
            Files.writeString(file, second.toJSONString());
            assertThat(JwksKeys.load(file))
                    .extracting(key -> key.publicJwk().getKeyID())
                    .containsExactly("second");
        }

        @Test
        @DisplayName("what is no set of private keys is refused, quoting nothing of it")
        void refused() throws Exception {
            var key = new ECKeyGenerator(Curve.P_256).generate();
            refuses(new JWKSet(key).toString(true), "no private part");
            refuses("{\"keys\":[]}", "no key");
            refuses("[]", "neither");
            refuses(key.toJSONString().replace("\"kty\":\"EC\"", "\"kty\":\"XX\""), "neither");
            var broken = key.toJSONString().replace("\"d\":", "\"d\"");
            refuses(broken, "neither");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JwksKeys.load(directory.resolve("keys.jwks")))
                    .satisfies(refusal -> assertThat(org.assertj.core.util.Throwables.getStackTrace(refusal))
                            .doesNotContain(key.getD().toString()));
        }

        private void refuses(String content, String word) throws Exception {
            var file = Files.writeString(directory.resolve("keys.jwks"), content);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JwksKeys.load(file))
                    .withMessageContaining(word)
                    .withMessageContaining("keys.jwks");
        }
    }
}
