package dev.intaglio.protocol.nonce;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Nonces that need no store when they are handed out: 128 random bits, an expiry and a tag by a key all nodes share.
/// A nonce of one purpose (an authorization server's DPoP nonce, an issuer's `c_nonce`) is not a nonce of another.
/// That one is used once only is for a store to say.
public final class KeyedNonces {
    private static final int RANDOM_BYTES = 16;
    private static final int TAG_BYTES = 16;
    private static final int LENGTH = Long.BYTES + RANDOM_BYTES + TAG_BYTES;
    private static final String MAC = "HmacSHA256";

    private final byte[] purpose;
    private final List<SecretKeySpec> keys;
    private final Duration lifetime;
    private final Clock clock;
    private final SecureRandom random;

    /// @param purpose tells apart nonces made with the same keys
    /// @param keys the first makes tags, all are accepted, so that keys can be rotated; each at least 32 bytes
    public KeyedNonces(String purpose, List<byte[]> keys, Duration lifetime, Clock clock, SecureRandom random) {
        if (keys.isEmpty() || keys.stream().anyMatch(key -> key.length < 32)) {
            throw new IllegalArgumentException("nonces need a key of at least 32 bytes");
        }
        this.purpose = purpose.getBytes(StandardCharsets.UTF_8);
        this.keys = keys.stream().map(key -> new SecretKeySpec(key, MAC)).toList();
        this.lifetime = lifetime;
        this.clock = clock;
        this.random = random;
    }

    /// A new, unpredictable nonce.
    public String next() {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        var content = ByteBuffer.allocate(Long.BYTES + RANDOM_BYTES)
                .putLong(clock.instant().plus(lifetime).getEpochSecond())
                .put(bytes)
                .array();
        var nonce = ByteBuffer.allocate(LENGTH)
                .put(content)
                .put(tag(keys.getFirst(), content))
                .array();
        return encoded(nonce);
    }

    /// What there is to say about a nonce somebody sent.
    public Check check(String nonce) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException malformed) {
            return new Check.Foreign();
        }
        // The decoder is lenient about padding and spare bits; a nonce that can be written in two ways could be used
        // twice.
        if (bytes.length != LENGTH || !encoded(bytes).equals(nonce)) {
            return new Check.Foreign();
        }
        var content = Arrays.copyOf(bytes, LENGTH - TAG_BYTES);
        var tag = Arrays.copyOfRange(bytes, LENGTH - TAG_BYTES, LENGTH);
        if (keys.stream().noneMatch(key -> MessageDigest.isEqual(tag(key, content), tag))) {
            return new Check.Foreign();
        }
        var expiresAt = Instant.ofEpochSecond(ByteBuffer.wrap(content).getLong());
        return clock.instant().isBefore(expiresAt) ? new Check.Good(expiresAt) : new Check.Expired(expiresAt);
    }

    /// The result of [#check].
    public sealed interface Check {
        /// Ours, and in time.
        record Good(Instant expiresAt) implements Check {}

        /// Ours, but too old.
        record Expired(Instant expiredAt) implements Check {}

        /// Not made by us for this purpose, or altered.
        record Foreign() implements Check {}
    }

    private static String encoded(byte[] nonce) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    }

    private byte[] tag(SecretKeySpec key, byte[] content) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(key);
            mac.update(purpose);
            mac.update((byte) 0);
            return Arrays.copyOf(mac.doFinal(content), TAG_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + MAC, impossible);
        }
    }
}
