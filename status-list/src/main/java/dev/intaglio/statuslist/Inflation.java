package dev.intaglio.statuslist;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

/// Both lists are compressed, one as ZLIB (RFC 1950), the other as GZIP (RFC 1952). A few bytes of either can stand for
/// gigabytes, so whoever reads says how many may come out.
final class Inflation {
    /// What is read unless a caller says otherwise: sixteen million statuses of a bit, two million of eight.
    static final int MOST = 2 * 1024 * 1024;

    private Inflation() {}

    static byte[] zlib(byte[] content) {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            var compressed = new ByteArrayOutputStream(1_024);
            try (var output = new DeflaterOutputStream(compressed, deflater)) {
                output.write(content);
            }
            return compressed.toByteArray();
        } catch (IOException impossible) {
            throw new IllegalStateException("memory cannot be written to", impossible);
        } finally {
            deflater.end();
        }
    }

    static byte[] gzip(byte[] content) {
        try {
            var compressed = new ByteArrayOutputStream(1_024);
            try (var output = new GZIPOutputStream(compressed)) {
                output.write(content);
            }
            return compressed.toByteArray();
        } catch (IOException impossible) {
            throw new IllegalStateException("memory cannot be written to", impossible);
        }
    }

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
