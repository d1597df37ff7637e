package dev.intaglio.issuer.status;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The order in which the indices of a list are given away: a shuffle (Fisher and Yates) of all of them, drawn by the key stream
/// of AES in counter mode under a secret of the list. To whoever does not have the secret, every order is as likely as any
/// other; to whoever has it, it is always the same, on every node and after every restart.
final class ListOrder {
    /// Bytes of a list's secret.
    static final int KEY_LENGTH = 32;

    private static final int BUFFER = 64 * 1024;
    private static final long RANGE = 1L << 32;

    private final Cipher stream;
    private final byte[] zeros = new byte[BUFFER];
    private IntBuffer drawn = IntBuffer.allocate(0);

    private ListOrder(byte[] key) {
        try {
            stream = Cipher.getInstance("AES/CTR/NoPadding");
            // The key is used for nothing else, so the counter may begin anywhere.
            stream.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has AES", impossible);
        }
    }

    /// The indices at some places of the order.
    static int[] places(byte[] key, int size, int from, int to) {
        if (key.length != KEY_LENGTH || from < 0 || to < from || to > size) {
            throw new IllegalArgumentException("no such places");
        }
        var order = new ListOrder(key);
        var indices = new int[size];
        Arrays.setAll(indices, index -> index);
        // After step i the first i places are final: no need to go on to the end.
        for (var i = 0; i < to; i++) {
            var other = i + order.below(size - i);
            var index = indices[other];
            indices[other] = indices[i];
            indices[i] = index;
        }
        return Arrays.copyOfRange(indices, from, to);
    }

    /// A number below the bound, each as likely as any other: what would favour some is drawn again.
    private int below(int bound) {
        var limit = RANGE - RANGE % bound;
        long number;
        do {
            number = next() & 0xffff_ffffL;
        } while (number >= limit);
        return (int) (number % bound);
    }

    private int next() {
        if (!drawn.hasRemaining()) {
            drawn = ByteBuffer.wrap(stream.update(zeros)).asIntBuffer();
        }
        return drawn.get();
    }
}
