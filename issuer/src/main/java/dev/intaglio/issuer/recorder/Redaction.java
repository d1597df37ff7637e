package dev.intaglio.issuer.recorder;

import dev.intaglio.protocol.explanation.Shown;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What may be kept of a message: names, types and lengths of its members. Values are kept of those alone that are listed here,
/// because the protocol makes them public; and even of these nothing that is as long as a secret. A credential is never looked
/// into: its members would be claims.
final class Redaction {
    private static final Set<String> PUBLIC = Set.of(
            "grant_type",
            "response_type",
            "response_mode",
            "client_id",
            "redirect_uri",
            "scope",
            "resource",
            "code_challenge_method",
            "client_assertion_type",
            "credential_configuration_id",
            "credential_configuration_ids",
            "credential_issuer",
            "authorization_server",
            "type",
            "locations",
            "token_type",
            "expires_in",
            "c_nonce_expires_in",
            "interval",
            "event",
            "error",
            "error_description",
            "proof_type",
            "format",
            "enc",
            "alg",
            "zip",
            "iss");
    private static final Set<String> CREDENTIALS = Set.of("credential", "credentials");
    private static final Set<String> PROOFS = Set.of("jwt", "attestation", "client_assertion", "key_attestation");
    private static final int DEEPEST = 6;
    private static final int MOST = 20;

    private Redaction() {}

    /// The body of a message.
    static Map<String, Object> body(String mediaType, byte[] body) {
        try {
            return switch (mediaType) {
                case "application/json" ->
                    object(Json.readObject(body, JsonLimits.DOCUMENT).members(), 0);
                case Form.MEDIA_TYPE -> form(Form.read(new String(body, StandardCharsets.UTF_8)));
                case "application/jwt" -> JwtShape.encrypted(new String(body, StandardCharsets.US_ASCII));
                default -> Map.of();
            };
        } catch (JsonException malformed) {
            return Map.of("unreadable", Shown.value(String.valueOf(malformed.getMessage())));
        } catch (IllegalArgumentException malformed) {
            return Map.of("unreadable", "no form");
        }
    }

    static Map<String, Object> object(JsonObject message) {
        return object(message.members(), 0);
    }

    static Map<String, Object> form(Form form) {
        var shapes = new LinkedHashMap<String, Object>();
        form.names().stream().limit(MOST * 2).forEach(name -> {
            var value = form.value(name).orElse("");
            shapes.put(Shown.value(name), name.equals("authorization_details") ? details(value) : text(name, value));
        });
        return shapes;
    }

    private static Object details(String parameter) {
        try {
            return shape(
                    "authorization_details",
                    Json.read(parameter.getBytes(StandardCharsets.UTF_8), JsonLimits.REQUEST),
                    1);
        } catch (JsonException malformed) {
            return kind("string", parameter.length());
        }
    }

    private static Map<String, Object> object(Map<?, ?> members, int depth) {
        var shapes = new LinkedHashMap<String, Object>();
        for (var member : members.entrySet()) {
            if (shapes.size() == MOST * 2) {
                shapes.put("...", members.size() - shapes.size() + " more");
                break;
            }
            var name = String.valueOf(member.getKey());
            shapes.put(Shown.value(name), shape(name, member.getValue(), depth + 1));
        }
        return shapes;
    }

    static Object shape(String name, @Nullable Object value, int depth) {
        return switch (value) {
            case null -> "null";
            case String text -> text(name, text);
            case Number number -> PUBLIC.contains(name) ? number : "number";
            case Boolean ignored -> "boolean";
            case List<?> list -> list(name, list, depth);
            case Map<?, ?> object ->
                depth >= DEEPEST || name.equals("credential")
                        ? kind("object", object.size())
                        : name.equals("jwk") ? JwtShape.key(object) : object(object, depth);
            default -> value.getClass().getSimpleName();
        };
    }

    private static Object list(String name, List<?> list, int depth) {
        if (depth >= DEEPEST) {
            return kind("array", list.size());
        }
        var shapes = new ArrayList<>();
        list.stream().limit(MOST).forEach(element -> shapes.add(shape(name, element, depth + 1)));
        if (list.size() > MOST) {
            shapes.add(list.size() - MOST + " more");
        }
        return shapes;
    }

    private static Object text(String name, String value) {
        if (CREDENTIALS.contains(name)) {
            return kind("string", value.length());
        }
        if (PROOFS.contains(name)) {
            return JwtShape.of(value);
        }
        return PUBLIC.contains(name) ? Shown.value(value) : kind("string", value.length());
    }

    static String kind(String type, int size) {
        return type + "(" + size + ")";
    }
}
