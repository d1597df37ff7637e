package dev.intaglio.statuslist;

import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.statuslist.StatusListException.Problem;
import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// An array of statuses, each of 1, 2, 4 or 8 bits, the first in the least significant bits of the first byte (Token Status
/// List §4.1). Immutable.
///
/// ```java
/// var list = StatusList.of(1, 16, index -> index == 3 ? StatusType.INVALID.value() : StatusType.VALID.value());
/// var json = list.json(Optional.empty()); // {"bits":1,"lst":"…"}
/// ```
public final class StatusList {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final int bits;
    private final byte[] array;
    private volatile byte @Nullable [] compressed;

    private StatusList(int bits, byte[] array) {
        this.bits = bits;
        this.array = array;
    }

    /// @param size how many statuses; a multiple of what fits into a byte
    /// @param statuses the status of each index
    public static StatusList of(int bits, int size, IntUnaryOperator statuses) {
        requireBits(bits);
        var each = Byte.SIZE / bits;
        if (size < 1 || size % each != 0) {
            throw new IllegalArgumentException("a list of " + bits + " bits has a size that is a multiple of " + each);
        }
        var array = new byte[size / each];
        for (var index = 0; index < size; index++) {
            var status = statuses.applyAsInt(index);
            if (status < 0 || status >> bits != 0) {
                throw new IllegalArgumentException("the status " + status + " is wider than " + bits + " bits");
            }
            array[index / each] |= (byte) (status << index % each * bits);
        }
        return new StatusList(bits, array);
    }

    /// @param array as it is before compression
    public static StatusList packed(int bits, byte[] array) {
        requireBits(bits);
        return new StatusList(bits, array.clone());
    }

    private static void requireBits(int bits) {
        if (bits != 1 && bits != 2 && bits != 4 && bits != 8) {
            throw StatusListException.malformed("a status has 1, 2, 4 or 8 bits");
        }
    }

    public int bits() {
        return bits;
    }

    public int size() {
        return array.length * (Byte.SIZE / bits);
    }

    /// The statuses as they are before compression.
    public byte[] array() {
        return array.clone();
    }

    /// @throws StatusListException `RANGE_ERROR` if the list has no such index
    public int status(long index) {
        if (index < 0 || index >= size()) {
            throw new StatusListException(Problem.RANGE_ERROR, "the list has " + size() + " entries and no such index");
        }
        var each = Byte.SIZE / bits;
        var octet = array[(int) (index / each)] & 0xff;
        return octet >> index % each * bits & (1 << bits) - 1;
    }

    /// ZLIB with DEFLATE (§4.1).
    byte[] compressed() {
        // Once for all forms of the list: it costs more than everything else about them. Done twice at most, with one
        // result.
        var known = compressed;
        if (known == null) {
            known = Deflation.zlib(array);
            compressed = known;
        }
        return known;
    }

    /// @throws StatusListException if it is not compressed, or too long
    static StatusList inflated(int bits, byte[] compressed) {
        requireBits(bits);
        return new StatusList(bits, Inflation.unzlib(compressed, Inflation.MOST));
    }

    /// The claim `status_list` (§4.2).
    ///
    /// @param aggregation where the addresses of the issuer's lists are
    public JsonObject json(Optional<URI> aggregation) {
        return JsonObject.builder()
                .put("bits", bits)
                .put("lst", BASE64URL.encodeToString(compressed()))
                .putIf("aggregation_uri", aggregation.map(URI::toString))
                .build();
    }

    /// @throws StatusListException if it is no list, or one that is longer than we read
    public static StatusList read(JsonObject json) {
        var bits = json.integer("bits");
        requireBits((int) Math.clamp(bits, 0L, 9L));
        try {
            return inflated((int) bits, Base64.getUrlDecoder().decode(json.string("lst")));
        } catch (IllegalArgumentException malformed) {
            throw new StatusListException(Problem.MALFORMED_VALUE_ERROR, "lst is not base64url", malformed);
        }
    }

    /// The claim 65533 (§4.3).
    public Cbor.Members cbor(Optional<URI> aggregation) {
        var members = new LinkedHashMap<Cbor, Cbor>();
        members.put(Cbor.of("bits"), Cbor.of(bits));
        members.put(Cbor.of("lst"), Cbor.of(compressed()));
        aggregation.ifPresent(uri -> members.put(Cbor.of("aggregation_uri"), Cbor.of(uri.toString())));
        return new Cbor.Members(members);
    }

    /// @throws StatusListException if it is no list, or one that is longer than we read
    /// @throws dev.intaglio.credential.cbor.CborException if it is something else altogether
    public static StatusList read(Cbor item) {
        var members = item.members();
        var bits = members.get("bits").unsigned();
        requireBits((int) Math.clamp(bits, 0L, 9L));
        return inflated((int) bits, members.get("lst").bytes());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StatusList list && bits == list.bits && Arrays.equals(array, list.array);
    }

    @Override
    public int hashCode() {
        return 31 * bits + Arrays.hashCode(array);
    }

    @Override
    public String toString() {
        return "StatusList[" + size() + " of " + bits + " bits]";
    }
}
