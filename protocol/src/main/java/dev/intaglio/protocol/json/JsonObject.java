package dev.intaglio.protocol.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An immutable JSON object whose members are taken out by name and type. A missing or mistyped member is a
/// [JsonException] that names it by path. A member whose value is `null` counts as absent.
public final class JsonObject {
    private static final JsonObject EMPTY = new JsonObject("", Map.of());

    /// About thirty million years.
    private static final long MAX_SECONDS = 1_000_000_000_000_000L;

    private final String path;
    private final Map<String, @Nullable Object> members;

    private JsonObject(String path, Map<String, @Nullable Object> members) {
        this.path = path;
        this.members = members;
    }

    public static JsonObject empty() {
        return EMPTY;
    }

    /// Wraps members whose values are of the plain types of [Json].
    public static JsonObject of(Map<?, ?> members) {
        return at("", members);
    }

    private static JsonObject at(String path, Map<?, ?> members) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        members.forEach((name, value) -> copy.put((String) name, value));
        return new JsonObject(path, Collections.unmodifiableMap(copy));
    }

    public static Builder builder() {
        return new Builder();
    }

    /// The members in the order they were written.
    public Map<String, @Nullable Object> members() {
        return members;
    }

    public boolean has(String name) {
        return members.get(name) != null;
    }

    public String string(String name) {
        return required(name, optionalString(name));
    }

    public Optional<String> optionalString(String name) {
        return optional(name, String.class, "a string");
    }

    public Optional<Boolean> optionalBoolean(String name) {
        return optional(name, Boolean.class, "a boolean");
    }

    public boolean flag(String name) {
        return optionalBoolean(name).orElse(false);
    }

    public long integer(String name) {
        return required(name, optionalInteger(name));
    }

    public Optional<Long> optionalInteger(String name) {
        var value = members.get(name);
        return switch (value) {
            case null -> Optional.empty();
            case Long number -> Optional.of(number);
            case Integer number -> Optional.of(number.longValue());
            default -> throw mistyped(name, "an integer", value);
        };
    }

    /// An integer that an `int` holds.
    public OptionalInt optionalInt(String name) {
        var value = optionalInteger(name);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        if (value.get() != value.get().intValue()) {
            throw new JsonException(pathOf(name) + " is out of range");
        }
        return OptionalInt.of(value.get().intValue());
    }

    /// A JWT NumericDate: seconds, with or without a fraction (RFC 7519, section 2). Never so many that
    /// [java.time.Instant] or [java.time.Duration] could not hold them, or the sum of two.
    public Optional<Long> optionalSeconds(String name) {
        var value = members.get(name);
        return switch (value) {
            case null -> Optional.empty();
            case Long seconds when seconds >= -MAX_SECONDS && seconds <= MAX_SECONDS -> Optional.of(seconds);
            case Integer seconds -> Optional.of(seconds.longValue());
            case BigDecimal seconds
            when seconds.abs().compareTo(BigDecimal.valueOf(MAX_SECONDS)) <= 0 -> Optional.of(seconds.longValue());
            case Number ignored -> throw new JsonException(pathOf(name) + " is out of range");
            default -> throw mistyped(name, "a number of seconds", value);
        };
    }

    public JsonObject object(String name) {
        return required(name, optionalObject(name));
    }

    public Optional<JsonObject> optionalObject(String name) {
        return optional(name, Map.class, "an object").map(value -> at(pathOf(name), value));
    }

    public List<String> strings(String name) {
        return required(name, optionalStrings(name));
    }

    public Optional<List<String>> optionalStrings(String name) {
        return optional(name, List.class, "an array of strings")
                .map(values -> elements(name, values, String.class, "a string"));
    }

    public List<JsonObject> objects(String name) {
        return required(name, optionalObjects(name));
    }

    public Optional<List<JsonObject>> optionalObjects(String name) {
        return optional(name, List.class, "an array of objects").map(values -> {
            var objects = new ArrayList<JsonObject>();
            for (var value : elements(name, values, Map.class, "an object")) {
                objects.add(at(pathOf(name) + "[" + objects.size() + "]", value));
            }
            return List.copyOf(objects);
        });
    }

    /// An array of anything, `null` included.
    public Optional<List<@Nullable Object>> optionalArray(String name) {
        return optional(name, List.class, "an array").map(values -> {
            var copy = new ArrayList<@Nullable Object>();
            for (var value : (List<?>) values) {
                copy.add(value);
            }
            return Collections.unmodifiableList(copy);
        });
    }

    /// Reads a member that is itself a word of the protocol; what its constructor refuses is named by path.
    public <T> Optional<T> optional(String name, Function<JsonObject, T> reader) {
        return optionalObject(name).map(object -> object.read(reader));
    }

    /// Applies a reader and turns what its constructors refuse into a [JsonException] that names this object.
    public <T> T read(Function<JsonObject, T> reader) {
        try {
            return reader.apply(this);
        } catch (JsonException named) {
            throw named;
        } catch (IllegalArgumentException refused) {
            throw new JsonException(
                    path.isEmpty() ? String.valueOf(refused.getMessage()) : path + ": " + refused.getMessage(),
                    refused);
        }
    }

    /// This object with more members, replacing those of the same name.
    public JsonObject with(String name, @Nullable Object value) {
        var copy = new LinkedHashMap<>(members);
        copy.put(name, plain(value));
        return new JsonObject(path, Collections.unmodifiableMap(copy));
    }

    public JsonObject without(String name) {
        var copy = new LinkedHashMap<>(members);
        copy.remove(name);
        return new JsonObject(path, Collections.unmodifiableMap(copy));
    }

    public byte[] bytes() {
        return Json.write(members);
    }

    public String text() {
        return Json.writeString(members);
    }

    /// As it would be if it had been read: what was built is then equal to what was written and read again.
    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case JsonObject object -> object.members;
            case Integer number -> number.longValue();
            case List<?> elements -> {
                var copy = new ArrayList<@Nullable Object>(elements.size());
                elements.forEach(element -> copy.add(plain(element)));
                yield Collections.unmodifiableList(copy);
            }
            case Map<?, ?> members -> {
                var copy = new LinkedHashMap<@Nullable Object, @Nullable Object>();
                members.forEach((name, member) -> copy.put(name, plain(member)));
                yield Collections.unmodifiableMap(copy);
            }
            case null, default -> value;
        };
    }

    private <T> Optional<T> optional(String name, Class<T> type, String expected) {
        var value = members.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value instanceof JsonObject object ? object.members : value)) {
            throw mistyped(name, expected, value);
        }
        return Optional.of(type.cast(value instanceof JsonObject object ? object.members : value));
    }

    private <T> List<T> elements(String name, List<?> values, Class<T> type, String expected) {
        var elements = new ArrayList<T>(values.size());
        for (var value : values) {
            var plain = value instanceof JsonObject object ? object.members : value;
            if (!type.isInstance(plain)) {
                throw new JsonException(
                        pathOf(name) + "[" + elements.size() + "]: expected " + expected + ", found " + kind(plain));
            }
            elements.add(type.cast(plain));
        }
        return List.copyOf(elements);
    }

    private <T> T required(String name, Optional<T> value) {
        return value.orElseThrow(() -> new JsonException(pathOf(name) + " is missing"));
    }

    private JsonException mistyped(String name, String expected, Object value) {
        return new JsonException(pathOf(name) + ": expected " + expected + ", found " + kind(value));
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String ignored -> "a string";
            case Boolean ignored -> "a boolean";
            case Number ignored -> "a number";
            case List<?> ignored -> "an array";
            default -> "an object";
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonObject that && members.equals(that.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    /// Names only: values may be claims, codes or tokens.
    @Override
    public String toString() {
        return "JsonObject" + members.keySet();
    }

    /// Collects members; an absent value writes nothing, since the standards treat an empty member as an error.
    public static final class Builder {
        private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

        public Builder put(String name, Object value) {
            members.put(name, plain(value));
            return this;
        }

        public Builder putIf(String name, Optional<?> value) {
            value.ifPresent(present -> put(name, present));
            return this;
        }

        /// Leaves out an empty collection.
        public Builder putUnlessEmpty(String name, Collection<?> values) {
            return values.isEmpty() ? this : put(name, List.copyOf(values));
        }

        public <T> Builder putEach(String name, Stream<T> values, Function<T, ?> writer) {
            return putUnlessEmpty(name, values.<Object>map(writer).toList());
        }

        public Builder putAll(JsonObject other) {
            members.putAll(other.members);
            return this;
        }

        public JsonObject build() {
            return new JsonObject("", Collections.unmodifiableMap(new LinkedHashMap<>(members)));
        }
    }
}
