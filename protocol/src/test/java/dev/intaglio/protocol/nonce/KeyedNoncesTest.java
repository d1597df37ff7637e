package dev.intaglio.protocol.nonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.protocol.nonce.KeyedNonces.Check.Expired;
import dev.intaglio.protocol.nonce.KeyedNonces.Check.Foreign;
import dev.intaglio.protocol.nonce.KeyedNonces.Check.Good;
import dev.intaglio.requirements.Requirement;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("§7 Nonces that need no store")
class KeyedNoncesTest {
    private static final Instant NOW = Instant.parse("2026-11-03T10:15:30Z");
    private static final byte[] OLD = key(1);
    private static final byte[] NEW = key(2);

    private final KeyedNonces nonces = nonces("c_nonce", List.of(OLD), NOW);

    @Test
    @DisplayName("are good until they expire, and expired from that second on")
    void expiry() {
        var nonce = nonces.next();
        assertThat(nonces.check(nonce)).isEqualTo(new Good(NOW.plusSeconds(60)));
        assertThat(nonces("c_nonce", List.of(OLD), NOW.plusSeconds(59)).check(nonce))
                .isInstanceOf(Good.class);
        assertThat(nonces("c_nonce", List.of(OLD), NOW.plusSeconds(60)).check(nonce))
                .isEqualTo(new Expired(NOW.plusSeconds(60)));
    }

    @Test
    @Requirement("CI-NONCE-4")
    @DisplayName("are never the same")
    void unpredictable() {
        var seen = new HashSet<String>();
        for (var i = 0; i < 10_000; i++) {
            assertThat(seen.add(nonces.next())).isTrue();
        }
    }

    @Test
    @DisplayName("are foreign with any bit flipped")
    void flippedBits() {
        var bytes = Base64.getUrlDecoder().decode(nonces.next());
        for (var bit = 0; bit < bytes.length * 8; bit++) {
            var altered = bytes.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(nonces.check(encoded(altered))).as("bit %s", bit).isInstanceOf(Foreign.class);
        }
    }

    @Test
    @DisplayName("have one spelling: with padding, in other spare bits, or longer or shorter they are foreign")
    void oneSpelling() {
        var nonce = nonces.next();
        var good = 0;
        for (var last : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray()) {
            if (nonces.check(nonce.substring(0, nonce.length() - 1) + last) instanceof Good) {
                good++;
            }
        }
        assertThat(good).isOne();
        for (var other :
                List.of(nonce + "==", nonce + "=", nonce + "A", nonce.substring(1), " " + nonce, nonce + "\n")) {
            assertThat(nonces.check(other)).isInstanceOf(Foreign.class);
        }
    }

    @ParameterizedTest
    @DisplayName("are foreign when made up")
    @ValueSource(
            strings = {
                "",
                "x",
                "!",
                "LarRGSbmUPYtRYO6BQ4yn8",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "\u20ac",
                "a b"
            })
    void madeUp(String nonce) {
        assertThat(nonces.check(nonce)).isInstanceOf(Foreign.class);
    }

    @Test
    @Requirement("CI-DPOP-4")
    @DisplayName("of one purpose are foreign to another, though the key is the same")
    void purposes() {
        assertThat(nonces("dpop", List.of(OLD), NOW).check(nonces.next())).isInstanceOf(Foreign.class);
        assertThat(nonces("c_nonce ", List.of(OLD), NOW).check(nonces.next())).isInstanceOf(Foreign.class);
        assertThat(nonces("", List.of(OLD), NOW).check(nonces.next())).isInstanceOf(Foreign.class);
        assertThat(nonces("c_nonce", List.of(OLD), NOW).check(nonces.next())).isInstanceOf(Good.class);
    }

    @Test
    @DisplayName("outlive the change of keys as long as the old key is listed, and are made with the first")
    void rotation() {
        var old = nonces.next();
        var rotated = nonces("c_nonce", List.of(NEW, OLD), NOW);
        assertThat(rotated.check(old)).isInstanceOf(Good.class);
        var fresh = rotated.next();
        assertThat(nonces.check(fresh)).isInstanceOf(Foreign.class);
        assertThat(nonces("c_nonce", List.of(NEW), NOW).check(fresh)).isInstanceOf(Good.class);
        assertThat(nonces("c_nonce", List.of(NEW), NOW).check(old)).isInstanceOf(Foreign.class);
    }

    @Test
    @DisplayName("need a key, and one that is long enough")
    void keys() {
        assertThatThrownBy(() -> nonces("x", List.of(), NOW)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> nonces("x", List.of(NEW, new byte[31]), NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static KeyedNonces nonces(String purpose, List<byte[]> keys, Instant now) {
        return new KeyedNonces(
                purpose, keys, Duration.ofMinutes(1), Clock.fixed(now, ZoneOffset.UTC), new SecureRandom());
    }

    private static byte[] key(int seed) {
        var key = new byte[32];
        key[0] = (byte) seed;
        return key;
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
