package dev.intaglio.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("x5c (RFC 7515 §4.1.6)")
class X5cTest {

    final TestAuthority root = TestAuthority.root("root");
    final TestAuthority intermediate = root.intermediate("intermediate");

    @Test
    @DisplayName("reading what was written gives the same chain")
    void roundTrip() {
        var chain = List.of(intermediate.leaf("leaf"), intermediate.certificate());
        assertThat(X5c.parse(strings(chain))).isEqualTo(chain);
    }

    @Test
    @DisplayName("the number of certificates is bounded, from below too")
    void number() {
        var one = strings(List.of(root.leaf("leaf"))).getFirst();
        assertThat(X5c.parse(Collections.nCopies(10, one))).hasSize(10);
        refuses(Collections.nCopies(11, one), "at most 10");
        refuses(List.of(), "empty");
    }

    @Test
    @DisplayName("a large value is refused before it is decoded")
    void size() {
        refuses(List.of("A".repeat(100_000)), "x5c[0]", "16384 bytes");
    }

    @Test
    @DisplayName(
            "bits of a signature that would not count are not there: the byte that says so cannot be changed unnoticed")
    void wholeBytes() throws Exception {
        for (var round = 0; round < 50; round++) {
            var good = root.leaf("leaf");
            var der = good.getEncoded();
            der[der.length - good.getSignature().length - 1] = 1;
            refuses(List.of(Base64.encode(der).toString()), "x5c[0]");
        }
    }

    @Test
    @DisplayName("a value that is no DER certificate in base64 is refused by its place")
    void malformed() throws Exception {
        var good = root.leaf("leaf");
        var value = strings(List.of(good)).getFirst();
        refuses(List.of(value, "not base64!"), "x5c[1]");
        refuses(List.of(value.substring(0, 40) + "\n" + value.substring(40)), "x5c[0]");
        refuses(List.of(""), "x5c[0]");
        refuses(List.of(Base64.encode("hello").toString()), "x5c[0]");
        refuses(List.of(value.substring(0, value.length() / 8 * 4)), "x5c[0]");
        refuses(List.of(Base64.encode(Pem.write(List.of(good))).toString()), "x5c[0]");
        var der = good.getEncoded();
        refuses(
                List.of(Base64.encode(java.util.Arrays.copyOf(der, der.length + 1))
                        .toString()),
                "x5c[0]",
                "follow");
        var base64url = new byte[] {(byte) 0xfb, (byte) 0xff, (byte) 0xfe};
        refuses(List.of(Base64URL.encode(base64url).toString()), "x5c[0]");
    }

    @Test
    @DisplayName("self-signed certificates at the end are no part of the chain shown")
    void withoutAnchor() {
        var leaf = intermediate.leaf("leaf");
        assertThat(X5c.withoutAnchor(List.of(leaf, intermediate.certificate(), root.certificate())))
                .containsExactly(leaf, intermediate.certificate());
        assertThat(X5c.withoutAnchor(List.of(leaf))).containsExactly(leaf);
        assertThat(X5c.withoutAnchor(List.of(root.certificate()))).isEmpty();
    }

    @Test
    @DisplayName("the key of a certificate as JWK is the key that was certified")
    void publicJwk() {
        for (var curve : NamedCurve.values()) {
            var pair = curve.generate();
            var jwk = X5c.publicJwk(root.leaf("leaf", pair));
            assertThat(jwk).isEqualTo(PublicKeys.toJwk(pair.getPublic()));
            assertThat(jwk.isPrivate()).isFalse();
        }
    }

    private static List<String> strings(List<java.security.cert.X509Certificate> chain) {
        return X5c.encode(chain).stream().map(Base64::toString).toList();
    }

    private static void refuses(List<String> values, String... words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> X5c.parse(values))
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(words));
    }
}
