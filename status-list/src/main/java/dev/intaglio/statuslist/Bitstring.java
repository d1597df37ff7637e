package dev.intaglio.statuslist;

import dev.intaglio.statuslist.StatusListException.Problem;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// The statuses of a Bitstring Status List, the first in the most significant bits of the first byte: the other way round than
/// in a [StatusList]. Immutable.
public final class Bitstring {
    /// So many entries a list has at least, that nobody stands out in it (§6.1).
    public static final int FEWEST = 131_072;

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final String MULTIBASE = "u";

    private final byte[] array;
    private final int statusSize;
    private volatile @Nullable String encoded;

    private Bitstring(int statusSize, byte[] array) {
        this.statusSize = statusSize;
        this.array = array;
    }

    /// @param statusSize the bits of one status: 1, 2, 4 or 8
    /// @param size how many statuses
    /// @throws StatusListException `STATUS_LIST_LENGTH_ERROR` if the list would be shorter than [#FEWEST]
    public static Bitstring of(int statusSize, int size, IntUnaryOperator statuses) {
        requireSize(statusSize);
        requireLength(size);
        var each = Byte.SIZE / statusSize;
        var array = new byte[(size + each - 1) / each];
        for (var index = 0; index < size; index++) {
            var status = statuses.applyAsInt(index);
            if (status < 0 || status >> statusSize != 0) {
                throw new IllegalArgumentException("the status " + status + " is wider than " + statusSize + " bits");
            }
            array[index / each] |= (byte) (status << (each - 1 - index % each) * statusSize);
        }
        return new Bitstring(statusSize, array);
    }

    /// @param array as it is before compression
    /// @throws StatusListException `STATUS_LIST_LENGTH_ERROR` if the list would be shorter than [#FEWEST]
    public static Bitstring packed(int statusSize, byte[] array) {
        requireSize(statusSize);
        requireLength(array.length * (Byte.SIZE / statusSize));
        return new Bitstring(statusSize, array.clone());
    }

    private static void requireSize(int statusSize) {
        if (statusSize != 1 && statusSize != 2 && statusSize != 4 && statusSize != 8) {
            throw StatusListException.malformed("a status of 1, 2, 4 or 8 bits is what we know");
        }
    }

    private static void requireLength(int size) {
        if (size < FEWEST) {
            throw new StatusListException(
                    Problem.STATUS_LIST_LENGTH_ERROR, "the list has " + size + " entries, fewer than " + FEWEST);
        }
    }

    public int statusSize() {
        return statusSize;
    }

    public int size() {
        return array.length * (Byte.SIZE / statusSize);
    }

    /// @throws StatusListException `RANGE_ERROR` if the list has no such index
    public int status(long index) {
        if (index < 0 || index >= size()) {
            throw new StatusListException(Problem.RANGE_ERROR, "the list has " + size() + " entries and no such index");
        }
        var each = Byte.SIZE / statusSize;
        var octet = array[(int) (index / each)] & 0xff;
        return octet >> (each - 1 - index % each) * statusSize & (1 << statusSize) - 1;
    }

    /// The `encodedList`: GZIP, in base64url, with the letter by which multibase knows that.
    public String encoded() {
        // Once for all credentials that hold the list, however they are secured. Done twice at most, with one result.
        var known = encoded;
        if (known == null) {
            known = MULTIBASE + BASE64URL.encodeToString(Deflation.gzip(array));
            encoded = known;
        }
        return known;
    }

    /// @throws StatusListException if it is none, shorter than [#FEWEST], or longer than we read
    public static Bitstring read(String encodedList, int statusSize) {
        requireSize(statusSize);
        if (!encodedList.startsWith(MULTIBASE)) {
            throw StatusListException.malformed("encodedList is not base64url in multibase");
        }
        byte[] compressed;
        try {
            compressed = Base64.getUrlDecoder().decode(encodedList.substring(1));
        } catch (IllegalArgumentException malformed) {
            throw new StatusListException(Problem.MALFORMED_VALUE_ERROR, "encodedList is not base64url", malformed);
        }
        var bitstring = new Bitstring(statusSize, Inflation.ungzip(compressed, Inflation.MOST));
        requireLength(bitstring.size());
        return bitstring;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bitstring list && statusSize == list.statusSize && Arrays.equals(array, list.array);
    }

    @Override
    public int hashCode() {
        return 31 * statusSize + Arrays.hashCode(array);
    }

    @Override
    public String toString() {
        return "Bitstring[" + size() + " of " + statusSize + " bits]";
    }
}
