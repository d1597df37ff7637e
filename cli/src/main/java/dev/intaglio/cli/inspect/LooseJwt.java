package dev.intaglio.cli.inspect;

import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import java.util.Base64;
import java.util.Optional;

/// Something of the shape of a JWT, with whatever algorithm, signed or not: for showing only.
///
/// @param strict the same as the product reads it, if it would
record LooseJwt(JsonObject header, JsonObject claims, boolean signed, Optional<SignedJwt> strict) {
    /// @throws JsonException saying what it lacks
    static LooseJwt parse(String compact) {
        var parts = compact.split("\\.", -1);
        if (parts.length != 3) {
            throw new JsonException("expected three parts joined by dots");
        }
        return new LooseJwt(json("header", parts[0]), json("payload", parts[1]), !parts[2].isEmpty(), strict(compact));
    }

    Optional<String> type() {
        return member("typ");
    }

    String algorithm() {
        return member("alg").orElse("(none named)");
    }

    private Optional<String> member(String name) {
        return header.members().get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static Optional<SignedJwt> strict(String compact) {
        try {
            return Optional.of(SignedJwt.parse(compact, JsonLimits.DOCUMENT));
        } catch (IllegalArgumentException notForUs) {
            return Optional.empty();
        }
    }

    private static JsonObject json(String what, String part) {
        try {
            return Json.readObject(Base64.getUrlDecoder().decode(part), JsonLimits.DOCUMENT);
        } catch (JsonException malformed) {
            throw new JsonException("the " + what + " is no JSON object: " + malformed.getMessage(), malformed);
        } catch (IllegalArgumentException malformed) {
            throw new JsonException("the " + what + " is not base64url", malformed);
        }
    }
}
