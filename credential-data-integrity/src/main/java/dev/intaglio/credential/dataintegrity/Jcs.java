package dev.intaglio.credential.dataintegrity;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The JSON Canonicalization Scheme (RFC 8785): members sorted by UTF-16 code units, no space, numbers as ECMAScript writes them.
final class Jcs {
    private Jcs() {}

    static byte[] canonical(JsonObject document) {
        var text = new StringBuilder(1_024);
        write(text, document);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(StringBuilder text, @Nullable Object value) {
        switch (value) {
            case JsonObject object -> write(text, object.members());
            case Map<?, ?> object -> object(text, object);
            case List<?> array -> {
                var comma = "[";
                for (var element : array) {
                    write(text.append(comma), element);
                    comma = ",";
                }
                text.append(array.isEmpty() ? "[]" : "]");
            }
            case Number number -> text.append(number(number));
            // The JSON writer escapes what RFC 8785, section 3.2.2.2 says and nothing else.
            case null, default -> text.append(Json.writeString(value));
        }
    }

    private static void object(StringBuilder text, Map<?, ?> object) {
        var sorted = new TreeMap<String, @Nullable Object>();
        object.forEach((name, member) -> sorted.put((String) name, member));
        var comma = "{";
        for (var member : sorted.entrySet()) {
            text.append(comma).append(Json.writeString(member.getKey())).append(':');
            write(text, member.getValue());
            comma = ",";
        }
        text.append(sorted.isEmpty() ? "{}" : "}");
    }

    /// ECMA-262, Number::toString: the shortest digits that are the same double, plain from 1e-6 up to 1e21.
    ///
    /// @throws IllegalArgumentException if no double is that number: RFC 8785 needs I-JSON
    static String number(Number number) {
        var value = number.doubleValue();
        if (Double.isInfinite(value) || Double.isNaN(value)) {
            throw new IllegalArgumentException("a number is larger than JSON canonicalization knows");
        }
        if (value == 0) {
            return "0";
        }
        var shortest = shortest(Math.abs(value));
        var digits = shortest.unscaledValue().toString();
        var point = digits.length() - shortest.scale(); // the value is 0.digits times ten to this
        var sign = value < 0 ? "-" : "";
        if (point > 21 || point < -5) {
            var exponent = point - 1;
            return sign
                    + digits.charAt(0)
                    + (digits.length() > 1 ? "." + digits.substring(1) : "")
                    + "e"
                    + (exponent < 0 ? "" : "+")
                    + exponent;
        }
        if (point <= 0) {
            return sign + "0." + "0".repeat(-point) + digits;
        }
        return point >= digits.length()
                ? sign + digits + "0".repeat(point - digits.length())
                : sign + digits.substring(0, point) + "." + digits.substring(point);
    }

    /// What Java writes is the shortest with two digits or more; sometimes one digit is enough.
    private static BigDecimal shortest(double value) {
        var written = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        var oneDigit = written.round(new MathContext(1));
        return oneDigit.doubleValue() == value ? oneDigit : written;
    }
}
