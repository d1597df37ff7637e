package dev.intaglio.credential.cbor;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;

/// Reads CBOR that strangers wrote: well-formed and valid (RFC 8949 §5.3.1: no key twice, texts in UTF-8), of definite
/// lengths, one item and nothing after it, within bounds of length, depth and number of items.
///
/// The order of map keys is not asked for, and neither is the shortest form of a number: mdocs are hashed as they came,
/// never decoded and encoded again, so another form is another document and no attack.
public final class CborReader {
    /// A portrait fits many times.
    public static final int MAX_LENGTH = 1024 * 1024;

    private static final int MAX_DEPTH = 16;
    private static final int MAX_ITEMS = 50_000;

    private final byte[] input;
    private int position;
    private int items;

    private CborReader(byte[] input) {
        this.input = input;
    }

    /// @throws CborException if the bytes are anything but one item
    public static Cbor read(byte[] input) {
        if (input.length > MAX_LENGTH) {
            throw new CborException("longer than " + MAX_LENGTH + " bytes");
        }
        var reader = new CborReader(input);
        var item = reader.item(0);
        if (reader.position < input.length) {
            throw new CborException("bytes follow the item");
        }
        return item;
    }

    private Cbor item(int depth) {
        if (depth > MAX_DEPTH) {
            throw new CborException("nested deeper than " + MAX_DEPTH + " levels");
        }
        if (++items > MAX_ITEMS) {
            throw new CborException("more than " + MAX_ITEMS + " items");
        }
        var initial = octet();
        var information = initial & 0x1f;
        return switch (initial >> 5) {
            case 0 -> new Cbor.Int(unsigned(argument(information)));
            case 1 -> new Cbor.Int(unsigned(argument(information)).not());
            case 2 -> new Cbor.Bytes(octets(length(information)));
            case 3 -> new Cbor.Text(text(length(information)));
            case 4 -> array(length(information), depth);
            case 5 -> members(length(information), depth);
            case 6 -> tag(argument(information), depth);
            default -> simpleOrFloat(information);
        };
    }

    private Cbor array(int length, int depth) {
        var elements = new ArrayList<Cbor>(length);
        for (var i = 0; i < length; i++) {
            elements.add(item(depth + 1));
        }
        return new Cbor.Array(elements);
    }

    private Cbor members(int length, int depth) {
        var entries = LinkedHashMap.<Cbor, Cbor>newLinkedHashMap(length);
        for (var i = 0; i < length; i++) {
            if (entries.put(item(depth + 1), item(depth + 1)) != null) {
                throw new CborException("a map has a key twice");
            }
        }
        return new Cbor.Members(entries);
    }

    private Cbor tag(long number, int depth) {
        if (number < 0) {
            throw new CborException("no tag has so large a number");
        }
        return new Cbor.Tag(number, item(depth + 1));
    }

    private Cbor simpleOrFloat(int information) {
        return switch (information) {
            case 24 -> {
                var value = octet();
                if (value < 32) { // §3.3: would be a second way of writing what one byte says
                    throw new CborException("not well-formed: a simple value in the wrong form");
                }
                yield new Cbor.Simple(value);
            }
            case 25 -> new Cbor.Float(Float.float16ToFloat((short) argument(information)));
            case 26 -> new Cbor.Float(Float.intBitsToFloat((int) argument(information)));
            case 27 -> new Cbor.Float(Double.longBitsToDouble(argument(information)));
            default -> {
                if (information > 24) {
                    throw new CborException("not well-formed, or of indefinite length");
                }
                yield new Cbor.Simple(information);
            }
        };
    }

    /// How much is to follow, which cannot be more than there is: an item takes at least a byte.
    private int length(int information) {
        var length = argument(information);
        if (length < 0 || length > input.length - position) {
            throw new CborException("the input ends too early");
        }
        return (int) length;
    }

    /// §3: the number in the first byte, or in the one, two, four or eight that follow; unsigned.
    private long argument(int information) {
        if (information < 24) {
            return information;
        }
        if (information > 27) {
            throw new CborException("not well-formed, or of indefinite length");
        }
        var value = 0L;
        for (var i = 1 << (information - 24); i > 0; i--) {
            value = value << 8 | octet();
        }
        return value;
    }

    private static BigInteger unsigned(long argument) {
        var value = BigInteger.valueOf(argument);
        return argument < 0 ? value.add(BigInteger.ONE.shiftLeft(64)) : value;
    }

    private int octet() {
        if (position == input.length) {
            throw new CborException("the input ends too early");
        }
        return input[position++] & 0xff;
    }

    private byte[] octets(int length) {
        position += length;
        return Arrays.copyOfRange(input, position - length, position);
    }

    private String text(int length) {
        position += length;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder() // which refuses what a String would replace
                    .decode(ByteBuffer.wrap(input, position - length, length))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new CborException("a text is not in UTF-8");
        }
    }
}
