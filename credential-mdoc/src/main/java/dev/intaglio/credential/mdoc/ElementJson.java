package dev.intaglio.credential.mdoc;

import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.credential.mdoc.IssuerSigned.Item;
import dev.intaglio.protocol.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Data elements as JSON, for reading: an object by namespace, in it the elements by identifier. Bytes become
/// base64url, dates and times their texts, and other tags are left away.
final class ElementJson {
    private ElementJson() {}

    static JsonObject of(Map<String, List<Item>> namespaces) {
        var json = new LinkedHashMap<String, Object>();
        namespaces.forEach((namespace, items) -> {
            var elements = new LinkedHashMap<String, @Nullable Object>();
            items.forEach(item -> elements.put(item.identifier(), value(item.value())));
            json.put(namespace, elements);
        });
        return JsonObject.of(json);
    }

    private static @Nullable Object value(Cbor item) {
        return switch (item) {
            case Cbor.Int(var number) -> integer(number);
            case Cbor.Bytes(var bytes) ->
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            case Cbor.Text(var text) -> text;
            case Cbor.Array(var elements) -> {
                var array = new ArrayList<@Nullable Object>(elements.size());
                elements.forEach(element -> array.add(value(element)));
                yield array;
            }
            case Cbor.Members(var entries) -> {
                var members = new LinkedHashMap<String, @Nullable Object>();
                entries.forEach((key, entry) -> members.put(String.valueOf(value(key)), value(entry)));
                yield members;
            }
            case Cbor.Tag(var ignored, var content) -> value(content);
            case Cbor.Simple simple ->
                simple.equals(Cbor.TRUE) ? (Object) true : simple.equals(Cbor.FALSE) ? false : null;
            case Cbor.Float(var number) ->
                Double.isFinite(number) ? BigDecimal.valueOf(number) : (Object) String.valueOf(number);
        };
    }

    private static Object integer(BigInteger number) {
        return number.bitLength() < 64 ? (Object) number.longValue() : number;
    }
}
