package dev.intaglio.issuer.recorder;

import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.trail.Trail;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The codes, tokens and handles by which a request and its answer are tied to others of the same issuance.
///
/// @param own those of one issuance
/// @param offers those of an offer, which several may share
/// @param nonces the `c_nonce`s it brought or was given
record Names(Set<String> own, Set<String> offers, Set<String> nonces) {
    private static final List<String> OWN = List.of(
            "pre-authorized_code",
            "code",
            "access_token",
            "refresh_token",
            "request_uri",
            "transaction_id",
            "notification_id");
    private static final String OFFER_PATH = "/offers/";

    static Names of(Request request, Response response, Trail trail) {
        var names = new Names(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        request.header("Authorization").map(Names::token).ifPresent(names.own::add);
        names.addPath(String.valueOf(request.uri().getRawPath()));
        Optional.ofNullable(request.uri().getRawQuery()).ifPresent(names::addForm);
        names.addBody(request.mediaType(), request.body());
        names.addBody(response.mediaType(), response.body());
        response.header("Location")
                .filter(location -> location.indexOf('?') >= 0)
                .ifPresent(location -> names.addForm(location.substring(location.indexOf('?') + 1)));
        trail.decrypted().ifPresent(names::add);
        trail.encrypted().ifPresent(names::add);
        names.own.remove("");
        return names;
    }

    private static String token(String credentials) {
        return credentials.substring(credentials.indexOf(' ') + 1).strip();
    }

    private void addPath(String path) {
        var at = path.indexOf(OFFER_PATH);
        if (at >= 0) {
            offers.add(path.substring(at + OFFER_PATH.length()));
        }
    }

    private void addBody(String mediaType, byte[] body) {
        if (mediaType.equals(Form.MEDIA_TYPE)) {
            addForm(new String(body, StandardCharsets.UTF_8));
        } else if (mediaType.equals("application/json")) {
            try {
                add(Json.readObject(body, JsonLimits.DOCUMENT));
            } catch (JsonException unreadable) {
                // Then it names nothing.
            }
        }
    }

    private void addForm(String encoded) {
        try {
            var form = Form.read(encoded);
            OWN.forEach(name -> form.value(name).ifPresent(own::add));
            form.value("issuer_state").ifPresent(offers::add);
        } catch (IllegalArgumentException unreadable) {
            // Then it names nothing.
        }
    }

    private void add(JsonObject message) {
        OWN.forEach(name -> text(message, name).ifPresent(own::add));
        text(message, "c_nonce").ifPresent(nonces::add);
        if (message.members().get("proofs") instanceof Map<?, ?> proofs
                && proofs.get("jwt") instanceof List<?> compact) {
            compact.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .forEach(proof -> JwtShape.nonce(proof).ifPresent(nonces::add));
        }
        if (message.members().get("grants") instanceof Map<?, ?> grants) { // an offer
            grants.values().stream()
                    .filter(Map.class::isInstance)
                    .map(grant -> JsonObject.of((Map<?, ?>) grant))
                    .forEach(grant -> {
                        text(grant, "pre-authorized_code").ifPresent(own::add);
                        text(grant, "issuer_state").ifPresent(offers::add);
                    });
        }
    }

    private static Optional<String> text(JsonObject message, String name) {
        return message.members().get(name) instanceof String value ? Optional.of(value) : Optional.empty();
    }

    /// They are secrets.
    @Override
    public String toString() {
        return "Names[" + own.size() + "]";
    }
}
