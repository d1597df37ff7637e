package dev.intaglio.statuslist;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Compresses the bits of a status list (DEFLATE, RFC 1951), as ZLIB (RFC 1950) or as GZIP (RFC 1952), in the way that suits how
/// many of them are set. Which credentials are revoked is random, so there is nothing in a list to be found again but stretches
/// of equal bytes. While those are long it gets the smaller the more one searches. Where few are left, to search everything that looks
/// alike takes a hundred times as long as to count how often each byte comes, and the outcome is larger.
final class Deflation {
    /// Not worth a thought.
    private static final int SMALL = 4 * 1024;

    /// How hard a list is searched: if in so many per mille of its bytes, or fewer, a stretch ends, at that level.
    private static final int[][] SEARCHES = {{20, 9}, {80, 8}, {250, 7}};

    /// No name, no time, no system: nothing that could differ between two makers of one list.
    private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private Deflation() {}

    static byte[] zlib(byte[] content) {
        return deflate(content, false, 0, 0);
    }

    static byte[] gzip(byte[] content) {
        var trailer = ByteBuffer.allocate(2 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        var compressed = deflate(content, true, GZIP_HEADER.length, trailer.capacity());
        System.arraycopy(GZIP_HEADER, 0, compressed, 0, GZIP_HEADER.length);
        var checksum = new CRC32();
        checksum.update(content);
        trailer.putInt((int) checksum.getValue()).putInt(content.length);
        System.arraycopy(trailer.array(), 0, compressed, compressed.length - trailer.capacity(), trailer.capacity());
        return compressed;
    }

    /// @param bare without the frame of ZLIB
    /// @param before bytes to be left free before it
    /// @param after and after it
    private static byte[] deflate(byte[] content, boolean bare, int before, int after) {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION, bare);
        try {
            suit(deflater, content);
            deflater.setInput(content);
            deflater.finish();
            var compressed = new byte[content.length / 8 + 256];
            var length = before;
            while (!deflater.finished()) {
                if (length == compressed.length) {
                    compressed = Arrays.copyOf(compressed, 2 * length);
                }
                length += deflater.deflate(compressed, length, compressed.length - length);
            }
            return Arrays.copyOf(compressed, length + after);
        } finally {
            deflater.end();
        }
    }

    private static void suit(Deflater deflater, byte[] content) {
        if (content.length <= SMALL) {
            return;
        }
        var ends = ends(content) * 1_000L / content.length;
        for (var search : SEARCHES) {
            if (ends <= search[0]) {
                deflater.setLevel(search[1]);
                return;
            }
        }
        deflater.setStrategy(Deflater.HUFFMAN_ONLY);
    }

    /// How many stretches of equal bytes end.
    private static int ends(byte[] content) {
        var count = 0;
        for (var i = 1; i < content.length; i++) {
            if (content[i] != content[i - 1]) {
                count++;
            }
        }
        return count;
    }
}
