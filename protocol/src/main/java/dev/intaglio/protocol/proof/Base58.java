package dev.intaglio.protocol.proof;

import dev.intaglio.protocol.json.JsonException;
import java.math.BigInteger;
import java.util.Arrays;

/// The alphabet of Bitcoin, which multibase calls `z`: how keys and proofs are written where DIDs are.
public final class Base58 {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger RADIX = BigInteger.valueOf(58);

    private Base58() {}

    /// @throws JsonException if it is not base58, or longer than that
    public static byte[] decode(String text, int maxLength) {
        if (text.isEmpty() || text.length() > maxLength) {
            throw new JsonException("the base58 text is empty or longer than we read");
        }
        var value = BigInteger.ZERO;
        for (var i = 0; i < text.length(); i++) {
            var digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new JsonException("the text is not base58");
            }
            value = value.multiply(RADIX).add(BigInteger.valueOf(digit));
        }
        var zeros = 0;
        while (zeros < text.length() && text.charAt(zeros) == ALPHABET.charAt(0)) {
            zeros++;
        }
        var magnitude = value.signum() == 0 ? new byte[0] : value.toByteArray();
        var from = magnitude.length > 0 && magnitude[0] == 0 ? 1 : 0;
        var bytes = new byte[zeros + magnitude.length - from];
        System.arraycopy(magnitude, from, bytes, zeros, magnitude.length - from);
        return bytes;
    }

    public static String encode(byte[] bytes) {
        var text = new StringBuilder(bytes.length * 2);
        for (var value = new BigInteger(1, bytes); value.signum() > 0; ) {
            var division = value.divideAndRemainder(RADIX);
            text.append(ALPHABET.charAt(division[1].intValue()));
            value = division[0];
        }
        for (var i = 0; i < bytes.length && bytes[i] == 0; i++) {
            text.append(ALPHABET.charAt(0));
        }
        return text.reverse().toString();
    }

    /// Multibase `z` before it.
    public static String multibase(byte[] prefix, byte[] bytes) {
        var all = Arrays.copyOf(prefix, prefix.length + bytes.length);
        System.arraycopy(bytes, 0, all, prefix.length, bytes.length);
        return "z" + encode(all);
    }
}
