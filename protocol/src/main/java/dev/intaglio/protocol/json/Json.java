package dev.intaglio.protocol.json;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// Reads and writes JSON. Values are plain: [String], [Boolean], [Long], [BigInteger], [BigDecimal], `null`, unmodifiable
/// [List] and (ordered) [Map]; objects are handed around as [JsonObject].
///
/// Reading is strict: duplicate members, trailing text, and documents over the limits are refused.
public final class Json {
    private static final int MAX_NUMBER_LENGTH = 64;
    private static final int MAX_NAME_LENGTH = 1_024;
    private static final JsonFactory WRITER = new JsonFactory();

    private Json() {}

    /// Reads one JSON object, as a request body may be ([JsonLimits#REQUEST]).
    ///
    /// @throws JsonException if it is not one well-formed object within the limits
    public static JsonObject readObject(byte[] document) {
        return readObject(document, JsonLimits.REQUEST);
    }

    public static JsonObject readObject(String document) {
        return readObject(document.getBytes(StandardCharsets.UTF_8), JsonLimits.REQUEST);
    }

    /// @throws JsonException if it is not one well-formed object within the limits
    public static JsonObject readObject(byte[] document, JsonLimits limits) {
        if (read(document, limits) instanceof Map<?, ?> members) {
            return JsonObject.of(members);
        }
        throw new JsonException("expected a JSON object");
    }

    /// Reads any JSON value.
    ///
    /// @throws JsonException if it is not one well-formed value within the limits
    public static @Nullable Object read(byte[] document, JsonLimits limits) {
        if (document.length > limits.maxBytes()) {
            throw new JsonException(
                    "the document has " + document.length + " bytes; at most " + limits.maxBytes() + " are read");
        }
        try (JsonParser parser = factory(limits).createParser(ObjectReadContext.empty(), text(document))) {
            if (parser.nextToken() == null) {
                throw new JsonException("expected JSON, found nothing");
            }
            var value = value(parser);
            if (parser.nextToken() != null) {
                throw new JsonException("text after the end of the JSON value");
            }
            return value;
        } catch (JacksonException malformed) {
            throw new JsonException(describe(malformed), malformed);
        }
    }

    /// UTF-8 and nothing else (RFC 8259, section 8.1): the parser would guess at other encodings, and let some of what is
    /// not UTF-8 pass. A byte order mark is ignored, as the section allows.
    private static String text(byte[] document) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException malformed) {
            throw new JsonException("the document is not UTF-8", malformed);
        }
    }

    /// Writes a value made of the plain types above; a [JsonObject] may stand anywhere in it.
    public static byte[] write(@Nullable Object value) {
        var bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator generator = WRITER.createGenerator(ObjectWriteContext.empty(), bytes)) {
            write(generator, value);
        }
        return bytes.toByteArray();
    }

    public static String writeString(@Nullable Object value) {
        return new String(write(value), StandardCharsets.UTF_8);
    }

    private static JsonFactory factory(JsonLimits limits) {
        if (limits.equals(JsonLimits.REQUEST)) {
            return Factories.REQUEST;
        }
        return limits.equals(JsonLimits.DOCUMENT) ? Factories.DOCUMENT : Factories.strict(limits);
    }

    /// Symbol tables live in a factory, so the common ones are made once.
    private static final class Factories {
        static final JsonFactory REQUEST = strict(JsonLimits.REQUEST);
        static final JsonFactory DOCUMENT = strict(JsonLimits.DOCUMENT);

        static JsonFactory strict(JsonLimits limits) {
            return JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(limits.maxDepth())
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .maxNameLength(MAX_NAME_LENGTH)
                            .maxStringLength(limits.maxBytes())
                            .build())
                    .build();
        }
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            default -> throw new JsonException("unexpected " + parser.currentToken());
        };
    }

    private static Number integer(JsonParser parser) {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? parser.getBigIntegerValue()
                : (Number) parser.getLongValue();
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return Collections.unmodifiableMap(members);
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        var elements = new ArrayList<@Nullable Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return Collections.unmodifiableList(elements);
    }

    private static void write(JsonGenerator generator, @Nullable Object value) {
        switch (value) {
            case null -> generator.writeNull();
            case String text -> generator.writeString(text);
            case Boolean truth -> generator.writeBoolean(truth);
            case Integer number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            case BigInteger number -> generator.writeNumber(number);
            case BigDecimal number -> generator.writeNumber(number);
            case Double number -> generator.writeNumber(number);
            case JsonObject object -> write(generator, object.members());
            case Map<?, ?> members -> {
                generator.writeStartObject();
                for (var member : members.entrySet()) {
                    generator.writeName((String) member.getKey());
                    write(generator, member.getValue());
                }
                generator.writeEndObject();
            }
            case Iterable<?> elements -> {
                generator.writeStartArray();
                for (var element : elements) {
                    write(generator, element);
                }
                generator.writeEndArray();
            }
            default ->
                throw new IllegalArgumentException(
                        "not a JSON value: " + value.getClass().getName());
        }
    }

    /// Says where and what, without quoting the text: it may hold a code or a claim.
    private static String describe(JacksonException malformed) {
        var message = String.valueOf(malformed.getOriginalMessage());
        var kind = message.contains("Duplicate")
                ? "a member stands twice in one object"
                : message.contains("nesting depth")
                        ? "nested too deeply"
                        : message.contains("exceeds the maximum") ? "a value is too long" : "malformed";
        var location = malformed.getLocation();
        return location == null
                ? "not acceptable JSON: " + kind
                : "not acceptable JSON: " + kind + " (line " + location.getLineNr() + ", column "
                        + location.getColumnNr() + ")";
    }
}
