package dev.intaglio.credential;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/// Where the status of one document is to be read: it is revoked as soon as its identifier stands in an identifier list
/// (ISO/IEC 18013-5, second edition, §12.3.6.4).
///
/// @param uri where the list is
/// @param id in hexadecimal, lower case
public record IdentifierReference(URI uri, String id) {
    private static final HexFormat HEX = HexFormat.of();

    /// @throws IllegalArgumentException if `id` is no hexadecimal, or empty
    public IdentifierReference {
        if (id.isEmpty() || !HEX.formatHex(HEX.parseHex(id)).equals(id)) {
            throw new IllegalArgumentException("an identifier is some bytes, in lower-case hexadecimal");
        }
    }

    /// For the document that has an index among others, drawn at random.
    public static IdentifierReference of(URI uri, int index) {
        return new IdentifierReference(uri, HEX.formatHex(identifier(index)));
    }

    /// @param id as bytes
    public static IdentifierReference of(URI uri, byte[] id) {
        return new IdentifierReference(uri, HEX.formatHex(id));
    }

    /// The identifier of the document that has this index: four bytes.
    public static byte[] identifier(int index) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(index).array();
    }

    /// The identifier.
    public byte[] bytes() {
        return HEX.parseHex(id);
    }
}
