package dev.intaglio.statuslist;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/// Both lists are compressed, one as ZLIB (RFC 1950), the other as GZIP (RFC 1952). A few bytes of either can stand for
/// gigabytes, so whoever reads says how many may come out.
final class Inflation {
    /// What is read unless a caller says otherwise: sixteen million statuses of a bit, two million of eight.
    static final int MOST = 2 * 1024 * 1024;

    private Inflation() {}

    /// @throws StatusListException if it is no ZLIB, or longer than `most` bytes
    static byte[] unzlib(byte[] compressed, int most) {
        return read(new InflaterInputStream(new ByteArrayInputStream(compressed)), most);
    }

    /// @throws StatusListException if it is no GZIP, or longer than `most` bytes
    static byte[] ungzip(byte[] compressed, int most) {
        try {
            return read(new GZIPInputStream(new ByteArrayInputStream(compressed)), most);
        } catch (IOException none) {
            throw notCompressed(none);
        }
    }

    private static byte[] read(InputStream input, int most) {
        try (input) {
            var content = input.readNBytes(most);
            if (input.read() >= 0) {
                throw StatusListException.malformed("the list is longer than " + most + " bytes");
            }
            return content;
        } catch (IOException none) {
            throw notCompressed(none);
        }
    }

    private static StatusListException notCompressed(IOException cause) {
        return new StatusListException(
                StatusListException.Problem.MALFORMED_VALUE_ERROR, "the list is not compressed as it should be", cause);
    }
}
