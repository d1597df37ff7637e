package dev.intaglio.storage.jdbc.source;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the columns of a row as claims, by their labels.
final class Columns {
    private static final Set<String> JSON_TYPES = Set.of("json", "jsonb");
    private static final Set<Integer> BOOLEAN_TYPES = Set.of(Types.BOOLEAN, Types.BIT);

    private Columns() {}

    /// @throws IllegalArgumentException naming the label that cannot become a claim; never the value
    static JsonObject claims(ResultSet row) throws SQLException {
        var claims = new LinkedHashMap<String, Object>();
        var columns = row.getMetaData();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            var label = columns.getColumnLabel(column);
            var list = label.endsWith("[]");
            try {
                var value = value(row, columns, column);
                if (value != null) {
                    place(
                            claims,
                            list ? label.substring(0, label.length() - 2) : label,
                            list ? elements(value) : value);
                }
            } catch (IllegalArgumentException refused) {
                throw new IllegalArgumentException("the column \"" + label + "\" " + refused.getMessage(), refused);
            }
        }
        return JsonObject.of(claims);
    }

    /// Dots lead into nested objects.
    @SuppressWarnings("unchecked")
    private static void place(Map<String, Object> claims, String label, Object value) {
        var steps = label.split("\\.", -1);
        var object = claims;
        for (int i = 0; i < steps.length; i++) {
            if (steps[i].isEmpty()) {
                throw new IllegalArgumentException("has an empty name in its label");
            }
            if (i == steps.length - 1) {
                if (object.putIfAbsent(steps[i], value) != null) {
                    throw new IllegalArgumentException("gives a claim that another column gives, too");
                }
            } else if (object.computeIfAbsent(steps[i], name -> new LinkedHashMap<String, Object>())
                    instanceof LinkedHashMap<?, ?> nested) {
                object = (Map<String, Object>) nested;
            } else {
                throw new IllegalArgumentException("lies inside a claim that another column gives");
            }
        }
    }

    /// `null` for SQL's null: the claim is absent.
    private static @Nullable Object value(ResultSet row, ResultSetMetaData columns, int column) throws SQLException {
        var type = String.valueOf(columns.getColumnTypeName(column)).toLowerCase(Locale.ROOT);
        if (type.equals("timestamptz")) {
            var time = row.getObject(column, OffsetDateTime.class);
            return time == null ? null : DateTimeFormatter.ISO_INSTANT.format(time.toInstant());
        }
        if (JSON_TYPES.contains(type)) {
            var text = row.getString(column);
            return text == null ? null : json(text);
        }
        var value = row.getObject(column);
        if (value instanceof Number number && BOOLEAN_TYPES.contains(columns.getColumnType(column))) {
            return number.intValue() != 0; // SQLite has no booleans of its own
        }
        if (value instanceof Array array) {
            var elements = new ArrayList<Object>();
            for (var element : (Object[]) array.getArray()) {
                elements.add(plain(element, String.valueOf(element)));
            }
            return elements;
        }
        return value == null ? null : plain(value, row.getString(column));
    }

    private static Object plain(@Nullable Object value, String text) {
        return switch (value) {
            case null -> throw new IllegalArgumentException("holds a null inside an array");
            case String string -> string;
            case Boolean truth -> truth;
            case Integer number -> number.longValue();
            case Short number -> number.longValue();
            case Long number -> number;
            case BigInteger number -> number;
            case BigDecimal number -> number;
            case Double number -> BigDecimal.valueOf(number);
            case Float number -> new BigDecimal(number.toString());
            case java.sql.Date date -> date.toLocalDate().toString();
            case java.sql.Timestamp time -> time.toLocalDateTime().toString();
            case byte[] bytes ->
                throw new IllegalArgumentException("is binary; let the query encode it, as a data: URL for instance");
            default -> text; // uuid, time, enumerations and whatever else has a text
        };
    }

    private static Object elements(Object value) {
        var elements = value instanceof String text ? json(text) : value;
        if (elements instanceof List<?>) {
            return elements;
        }
        throw new IllegalArgumentException("is no JSON array, as its label says");
    }

    private static Object json(String text) {
        try {
            var value = Json.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT);
            if (value != null) {
                return value;
            }
        } catch (JsonException malformed) {
            throw new IllegalArgumentException("is not readable as JSON", malformed);
        }
        throw new IllegalArgumentException("is JSON's null; SQL's null leaves a claim out");
    }
}
