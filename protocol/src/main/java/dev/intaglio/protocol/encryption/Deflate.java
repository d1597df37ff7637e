package dev.intaglio.protocol.encryption;

import dev.intaglio.protocol.json.JsonException;
import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// DEFLATE (RFC 1951) as JWE uses it. A few bytes may stand for millions, so the output is counted while it comes.
final class Deflate {
    private static final int STEP = 8 * 1024;

    private Deflate() {}

    /// @throws JsonException if it is not DEFLATE, or would be more than so many bytes
    static byte[] inflate(byte[] compressed, int most) {
        var inflater = new Inflater(true);
        try {
            inflater.setInput(compressed);
            var output = new ByteArrayOutputStream(Math.min(most, Math.max(STEP, compressed.length)));
            var step = new byte[STEP];
            while (!inflater.finished()) {
                var count = inflater.inflate(step);
                if (count == 0) {
                    throw new JsonException("the compressed message is incomplete");
                }
                if (output.size() + count > most) {
                    throw new JsonException("the compressed message is more than " + most + " bytes when inflated");
                }
                output.write(step, 0, count);
            }
            if (inflater.getRemaining() > 0) {
                throw new JsonException("bytes follow the compressed message");
            }
            return output.toByteArray();
        } catch (DataFormatException malformed) {
            throw new JsonException("the compressed message is not DEFLATE", malformed);
        } finally {
            inflater.end();
        }
    }
}
