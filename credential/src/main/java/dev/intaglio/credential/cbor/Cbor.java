package dev.intaglio.credential.cbor;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A data item of CBOR (RFC 8949 §3).
public sealed interface Cbor {
    Simple FALSE = new Simple(20);
    Simple TRUE = new Simple(21);
    Simple NULL = new Simple(22);

    /// Encoded CBOR as a byte string (§3.4.5.1).
    long ENCODED = 24;

    /// Major types 0 and 1: from -2^64 to 2^64 - 1.
    record Int(BigInteger value) implements Cbor {
        public Int {
            // Bits beside the sign; -2^64 has 64 of them, as 2^64 - 1 has.
            if (value.bitLength() > 64) {
                throw new IllegalArgumentException("the number does not fit into a CBOR integer");
            }
        }
    }

    /// Major type 2. The bytes are not copied; nobody changes them.
    record Bytes(byte[] value) implements Cbor {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return "Bytes[" + value.length + "]";
        }
    }

    /// Major type 3.
    record Text(String value) implements Cbor {}

    /// Major type 4.
    record Array(java.util.List<Cbor> elements) implements Cbor {
        public Array {
            elements = java.util.List.copyOf(elements);
        }
    }

    /// Major type 5, in the order it was read or made in.
    record Members(Map<Cbor, Cbor> entries) implements Cbor {
        public Members {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        /// What stands under a text key.
        public Optional<Cbor> find(String key) {
            return Optional.ofNullable(entries.get(new Text(key)));
        }

        /// What stands under an integer key, as COSE likes them.
        public Optional<Cbor> find(long key) {
            return Optional.ofNullable(entries.get(of(key)));
        }

        /// @throws CborException if nothing stands under the key
        public Cbor get(String key) {
            return find(key).orElseThrow(() -> new CborException("the map has no " + key));
        }
    }

    /// Major type 6.
    record Tag(long number, Cbor content) implements Cbor {}

    /// Major type 7, values that are no numbers.
    record Simple(int value) implements Cbor {}

    /// Major type 7, numbers.
    record Float(double value) implements Cbor {}

    static Int of(long value) {
        return new Int(BigInteger.valueOf(value));
    }

    /// An integer, or a bignum (§3.4.3) where no integer is large enough.
    static Cbor of(BigInteger value) {
        if (value.bitLength() <= 64) {
            return new Int(value);
        }
        var magnitude = (value.signum() < 0 ? value.not() : value).toByteArray();
        var content = magnitude[0] == 0 ? Arrays.copyOfRange(magnitude, 1, magnitude.length) : magnitude;
        return new Tag(value.signum() < 0 ? 3 : 2, new Bytes(content));
    }

    static Text of(String value) {
        return new Text(value);
    }

    static Bytes of(byte[] value) {
        return new Bytes(value);
    }

    static Simple of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /// The deterministic encoding (§4.2.1).
    default byte[] encoded() {
        return new CborWriter().write(this).toByteArray();
    }

    /// This item, encoded, in a byte string that says what it is (§3.4.5.1).
    default Tag wrapped() {
        return new Tag(ENCODED, new Bytes(encoded()));
    }

    /// @throws CborException if this is no text; so with the other questions
    default String text() {
        if (this instanceof Text(var value)) {
            return value;
        }
        throw new CborException("expected a text string");
    }

    default byte[] bytes() {
        if (this instanceof Bytes(var value)) {
            return value;
        }
        throw new CborException("expected a byte string");
    }

    /// An integer that is at least 0 and below 2^63.
    default long unsigned() {
        if (this instanceof Int(var value) && value.signum() >= 0 && value.bitLength() < 64) {
            return value.longValue();
        }
        throw new CborException("expected an unsigned integer");
    }

    default java.util.List<Cbor> elements(int count) {
        if (this instanceof Array(var elements) && elements.size() == count) {
            return elements;
        }
        throw new CborException("expected an array of " + count);
    }

    default Members members() {
        if (this instanceof Members members) {
            return members;
        }
        throw new CborException("expected a map");
    }

    /// What stands in a tag of this number.
    default Cbor tagged(long number) {
        if (this instanceof Tag(var actual, var content) && actual == number) {
            return content;
        }
        throw new CborException("expected the tag " + number);
    }
}
