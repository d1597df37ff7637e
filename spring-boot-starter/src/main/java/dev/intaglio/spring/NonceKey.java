package dev.intaglio.spring;

import java.security.SecureRandom;

/// The secret that makes nonces ours; the same on all nodes.
public record NonceKey(byte[] bytes) {
    private static final int LENGTH = 32;

    static byte[] fresh() {
        var bytes = new byte[LENGTH];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return "NonceKey";
    }
}
