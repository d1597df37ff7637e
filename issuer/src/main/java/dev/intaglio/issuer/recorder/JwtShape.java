package dev.intaglio.issuer.recorder;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.explanation.Shown;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import java.text.ParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What may be kept of a proof that is a JWT: of its header and payload what the protocol makes public, of its keys their
/// thumbprints, of its signature the length.
final class JwtShape {
    private static final Set<String> PUBLIC =
            Set.of("typ", "alg", "enc", "zip", "kid", "aud", "iss", "iat", "nbf", "exp", "htm", "htu");

    private JwtShape() {}

    static Object of(String compact) {
        var parts = compact.split("\\.", -1);
        if (parts.length != 3) {
            return Redaction.kind("string", compact.length());
        }
        var shapes = new LinkedHashMap<String, Object>();
        shapes.put("header", part(parts[0]));
        shapes.put("payload", part(parts[1]));
        shapes.put("signature", Redaction.kind("string", parts[2].length()));
        return shapes;
    }

    /// A message in JWE compact serialisation.
    static Map<String, Object> encrypted(String compact) {
        var shapes = new LinkedHashMap<String, Object>();
        var dot = compact.indexOf('.');
        shapes.put("header", part(dot < 0 ? "" : compact.substring(0, dot)));
        shapes.put("encrypted", Redaction.kind("string", compact.length()));
        return shapes;
    }

    /// The claim `nonce` of a JWT.
    static Optional<String> nonce(String compact) {
        var parts = compact.split("\\.", -1);
        return parts.length == 3 ? decoded(parts[1]).flatMap(JwtShape::nonce) : Optional.empty();
    }

    private static Optional<String> nonce(JsonObject payload) {
        return payload.members().get("nonce") instanceof String nonce ? Optional.of(nonce) : Optional.empty();
    }

    private static Object part(String encoded) {
        return decoded(encoded).<Object>map(JwtShape::members).orElse("unreadable");
    }

    private static Map<String, Object> members(JsonObject part) {
        var shapes = new LinkedHashMap<String, Object>();
        part.members().forEach((name, value) -> {
            var shown = switch (value) {
                case String text when PUBLIC.contains(name) -> Shown.value(text);
                case Number number when PUBLIC.contains(name) -> number;
                case List<?> list when name.equals("x5c") -> Redaction.kind("certificates", list.size());
                case null, default -> Redaction.shape(name, value, 2);
            };
            shapes.put(Shown.value(name), shown);
        });
        return shapes;
    }

    /// A public key: its kind and thumbprint.
    static Map<String, Object> key(Map<?, ?> jwk) {
        var shapes = new LinkedHashMap<String, Object>();
        for (var name : List.of("kty", "crv", "use", "alg")) {
            if (jwk.get(name) instanceof String value) {
                shapes.put(name, Shown.value(value));
            }
        }
        try {
            shapes.put(
                    "thumbprint",
                    DpopProof.thumbprint(JWK.parse(JsonObject.of(jwk).members())));
        } catch (ParseException | IllegalArgumentException | IllegalStateException | NullPointerException unreadable) {
            shapes.put("thumbprint", "unreadable");
        }
        return shapes;
    }

    private static Optional<JsonObject> decoded(String part) {
        try {
            return Optional.of(Json.readObject(Base64.getUrlDecoder().decode(part)));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
