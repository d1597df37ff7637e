package dev.intaglio.credential.cbor;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;

/// Writes the deterministic encoding (RFC 8949 §4.2.1): shortest forms, definite lengths, map keys in the order of
/// their bytes.
///
/// Whole items, or their pieces where the caller keeps the order: a [#array] or [#map] is followed by what it
/// announced.
public final class CborWriter {
    private final ByteArrayOutputStream output;

    public CborWriter() {
        this(256);
    }

    /// @param size how many bytes are expected
    public CborWriter(int size) {
        output = new ByteArrayOutputStream(size);
    }

    public CborWriter write(Cbor item) {
        switch (item) {
            case Cbor.Int(var value) -> integer(value);
            case Cbor.Bytes(var value) -> bytes(value);
            case Cbor.Text(var value) -> text(value);
            case Cbor.Array(var elements) -> {
                array(elements.size());
                elements.forEach(this::write);
            }
            case Cbor.Members(var entries) -> members(entries);
            case Cbor.Tag(var number, var content) -> tag(number).write(content);
            case Cbor.Simple(var value) -> head(7, value);
            case Cbor.Float(var value) -> number(value);
        }
        return this;
    }

    public CborWriter integer(long value) {
        return value < 0 ? head(1, ~value) : head(0, value);
    }

    private void integer(BigInteger value) {
        if (value.signum() < 0) {
            head(1, value.not().longValue());
        } else {
            head(0, value.longValue());
        }
    }

    public CborWriter bytes(byte[] value) {
        head(2, value.length);
        return raw(value);
    }

    /// @throws IllegalArgumentException if the text has half a surrogate pair, which UTF-8 cannot say
    public CborWriter text(String value) {
        var utf8 = utf8(value);
        head(3, utf8.length);
        return raw(utf8);
    }

    /// `String#getBytes` would write a question mark for what cannot be written.
    private static byte[] utf8(String value) {
        if (value.chars().noneMatch(unit -> Character.isSurrogate((char) unit))) {
            return value.getBytes(StandardCharsets.UTF_8);
        }
        try {
            var buffer = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
            return Arrays.copyOf(buffer.array(), buffer.limit());
        } catch (CharacterCodingException unpaired) {
            throw new IllegalArgumentException("a text holds half a character", unpaired);
        }
    }

    /// Begins an array of so many items.
    public CborWriter array(int length) {
        return head(4, length);
    }

    /// Begins a map of so many keys, each followed by its value.
    public CborWriter map(int length) {
        return head(5, length);
    }

    /// Begins a tag; its content follows.
    public CborWriter tag(long number) {
        return head(6, number);
    }

    /// What is encoded already.
    public CborWriter raw(byte[] encoded) {
        output.writeBytes(encoded);
        return this;
    }

    public byte[] toByteArray() {
        return output.toByteArray();
    }

    private void members(Map<Cbor, Cbor> entries) {
        map(entries.size());
        var ordered = new ArrayList<Entry>(entries.size());
        entries.forEach((key, value) -> ordered.add(new Entry(key.encoded(), value)));
        ordered.sort((one, other) -> Arrays.compareUnsigned(one.key, other.key));
        ordered.forEach(entry -> raw(entry.key).write(entry.value));
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry(byte[] key, Cbor value) {}

    /// The shortest of the three forms that says the same number; one NaN (§4.2.1, §4.2.2).
    private void number(double value) {
        var single = (float) value;
        if (Double.isNaN(value)) {
            head(7, 25, 0x7e00, 2);
        } else if (single != value) {
            head(7, 27, Double.doubleToRawLongBits(value), 8);
        } else if (Float.float16ToFloat(Float.floatToFloat16(single)) != single) {
            head(7, 26, Float.floatToRawIntBits(single), 4);
        } else {
            head(7, 25, Float.floatToFloat16(single), 2);
        }
    }

    private CborWriter head(int major, long argument) {
        if (argument >= 0 && argument < 24) {
            output.write(major << 5 | (int) argument);
            return this;
        }
        if (argument >= 0 && argument < 1L << 8) {
            return head(major, 24, argument, 1);
        }
        if (argument >= 0 && argument < 1L << 16) {
            return head(major, 25, argument, 2);
        }
        return argument >= 0 && argument < 1L << 32 ? head(major, 26, argument, 4) : head(major, 27, argument, 8);
    }

    private CborWriter head(int major, int information, long argument, int size) {
        output.write(major << 5 | information);
        for (var shift = 8 * (size - 1); shift >= 0; shift -= 8) {
            output.write((int) (argument >> shift));
        }
        return this;
    }
}
