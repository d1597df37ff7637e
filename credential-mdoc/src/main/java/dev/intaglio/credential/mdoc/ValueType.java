package dev.intaglio.credential.mdoc;

import dev.intaglio.credential.cbor.Cbor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a claim, which is JSON, becomes in an mdoc, which is CBOR and knows more kinds of values.
enum ValueType {
    /// As JSON has it: texts, numbers, truth values, arrays, objects.
    PLAIN("plain", "a value of JSON") {
        @Override
        Cbor convert(Object value) {
            return plain(value);
        }
    },
    /// A day (RFC 8943): a text such as `1986-03-22`.
    FULL_DATE("full-date", "a date such as 1986-03-22") {
        @Override
        Cbor convert(Object value) {
            return new Cbor.Tag(
                    FULL_DATE_TAG, Cbor.of(LocalDate.parse(text(value)).toString()));
        }
    },
    /// A moment (RFC 8949 §3.4.1), in UTC and without fractions of a second, as ISO/IEC 18013-5 §7.2.1 has it.
    TDATE("tdate", "a time such as 2026-01-15T12:00:00Z") {
        @Override
        Cbor convert(Object value) {
            return tdate(Instant.parse(text(value)));
        }
    },
    /// Bytes: a text in base64url, or a `data:` URL in base64.
    BYTES("bytes", "base64url, or a data: URL in base64") {
        @Override
        Cbor convert(Object value) {
            var text = text(value);
            var data = DATA_URL.matcher(text);
            return Cbor.of(
                    data.lookingAt()
                            ? Base64.getDecoder().decode(text.substring(data.end()))
                            : Base64.getUrlDecoder().decode(text));
        }
    };

    private static final long FULL_DATE_TAG = 1004;
    private static final long TDATE_TAG = 0;
    private static final Pattern DATA_URL = Pattern.compile("data:[^,;]*(;[^,;]*)*;base64,");

    private final String word;
    private final String expected;

    ValueType(String word, String expected) {
        this.word = word;
        this.expected = expected;
    }

    /// As definitions write it.
    String word() {
        return word;
    }

    /// What a value of this type is written as.
    String expected() {
        return expected;
    }

    static Optional<ValueType> of(String word) {
        return Stream.of(values()).filter(type -> type.word.equals(word)).findFirst();
    }

    /// @throws IllegalArgumentException or [DateTimeException] if the value is not one of this type
    abstract Cbor convert(Object value);

    /// @param moment of whole seconds; what is finer is dropped
    static Cbor tdate(Instant moment) {
        return new Cbor.Tag(
                TDATE_TAG, Cbor.of(moment.truncatedTo(ChronoUnit.SECONDS).toString()));
    }

    /// @throws IllegalArgumentException or [DateTimeException] if it is none
    static Instant moment(Cbor tdate) {
        var text = tdate.tagged(TDATE_TAG).text();
        if (!text.endsWith("Z") || text.contains(".")) {
            throw new IllegalArgumentException("a tdate is in UTC and without fractions of a second");
        }
        return Instant.parse(text);
    }

    private static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("not a text");
    }

    private static Cbor plain(@Nullable Object value) {
        return switch (value) {
            case null -> Cbor.NULL;
            case String text -> Cbor.of(text);
            case Boolean truth -> Cbor.of(truth.booleanValue());
            case BigInteger number -> Cbor.of(number);
            case Integer number -> Cbor.of(number);
            case Long number -> Cbor.of(number);
            case BigDecimal number -> new Cbor.Float(number.doubleValue());
            case Number number -> new Cbor.Float(number.doubleValue());
            case List<?> elements -> {
                var array = new ArrayList<Cbor>(elements.size());
                elements.forEach(element -> array.add(plain(element)));
                yield new Cbor.Array(array);
            }
            case Map<?, ?> members -> {
                var entries = new LinkedHashMap<Cbor, Cbor>();
                members.forEach((name, member) -> entries.put(Cbor.of(String.valueOf(name)), plain(member)));
                yield new Cbor.Members(entries);
            }
            default -> throw new IllegalArgumentException("not a value of JSON");
        };
    }
}
