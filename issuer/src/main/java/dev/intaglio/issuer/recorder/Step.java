package dev.intaglio.issuer.recorder;

import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.explanation.Shown;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.trail.Trail;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One step, decoded: what may be kept of it, and the secrets that tie it to others, which are hashed next.
///
/// @param names of its issuance, in clear
/// @param offers of its offer, in clear
/// @param nonces the `c_nonce`s it brought or was given, in clear
/// @param body what is kept
record Step(Instant at, Kind kind, Set<String> names, Set<String> offers, Set<String> nonces, JsonObject body) {
    /// What a step is: an endpoint of the standard by the end of its address, or something done elsewhere.
    enum Kind {
        OFFER("/offers/"),
        PAR("/par"),
        AUTHORIZE("/authorize"),
        CHALLENGE("/challenge"),
        TOKEN("/token"),
        NONCE("/nonce"),
        CREDENTIAL("/credential"),
        DEFERRED("/deferred_credential"),
        NOTIFICATION("/notification"),
        DONE(""),
        OTHER("");

        private final String path;

        Kind(String path) {
            this.path = path;
        }

        static Kind of(Request request) {
            var path = String.valueOf(request.uri().getRawPath());
            for (var kind : values()) {
                if (!kind.path.isEmpty() && (kind == OFFER ? path.contains(kind.path) : path.endsWith(kind.path))) {
                    return kind;
                }
            }
            return OTHER;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final List<String> SHOWN_HEADERS = List.of("Content-Type", "Accept", "User-Agent", "Retry-After");
    private static final List<String> PROOF_HEADERS =
            List.of(DpopProof.HEADER, "OAuth-Client-Attestation", "OAuth-Client-Attestation-PoP");
    private static final int TOO_MANY_REQUESTS = 429;

    /// Documents that anybody may read belong to no issuance; and whoever is told to ask less shall not fill the store instead.
    static boolean worthKeeping(Request request, Response response) {
        return Kind.of(request) != Kind.OTHER && response.status() != TOO_MANY_REQUESTS;
    }

    static Step of(Instant at, long nanos, String requestId, Request request, Response response, Trail trail) {
        var kind = Kind.of(request);
        var found = Names.of(request, response, trail);
        var names = new LinkedHashSet<>(found.own());
        names.addAll(trail.names());
        var offers = new LinkedHashSet<>(found.offers());
        offers.addAll(trail.offers());
        var body = new LinkedHashMap<String, Object>();
        body.put("step", kind.text());
        body.put("at", at.toString());
        body.put("took_ms", Math.round(nanos / 10_000.0) / 100.0 + "");
        if (!requestId.isEmpty()) {
            names.add(requestId);
            body.put("request_id", requestId);
        }
        body.put("request", request(request, kind, trail.decrypted()));
        body.put("response", response(response, trail.encrypted()));
        trail.act().ifPresent(act -> body.put("what", act.what()));
        trail.refused().ifPresent(refused -> body.put("refused", refused(refused)));
        return new Step(at, kind, names, offers, found.nonces(), JsonObject.of(body));
    }

    /// Something that no request of the protocol asked for.
    static Step of(Instant at, String requestId, Trail trail) {
        var act = trail.act().orElseThrow();
        var names = new LinkedHashSet<>(trail.names());
        var body = new LinkedHashMap<String, Object>();
        body.put("step", Kind.DONE.text());
        body.put("what", act.what());
        body.put("at", at.toString());
        if (!requestId.isEmpty()) {
            names.add(requestId);
            body.put("request_id", requestId);
        }
        if (!act.configurationIds().isEmpty()) {
            body.put("configurations", act.configurationIds());
        }
        return new Step(at, Kind.DONE, names, new LinkedHashSet<>(trail.offers()), Set.of(), JsonObject.of(body));
    }

    private static Map<String, Object> request(Request request, Kind kind, Optional<JsonObject> decrypted) {
        var shapes = new LinkedHashMap<String, Object>();
        shapes.put("method", request.method());
        shapes.put(
                "path",
                kind == Kind.OFFER
                        ? "/offers/..."
                        : Shown.value(String.valueOf(request.uri().getRawPath())));
        Optional.ofNullable(request.uri().getRawQuery()).ifPresent(query -> shapes.put("query", query(query)));
        var headers = new LinkedHashMap<String, Object>();
        SHOWN_HEADERS.forEach(name -> request.header(name).ifPresent(value -> headers.put(name, Shown.value(value))));
        request.header("Authorization").ifPresent(value -> headers.put("Authorization", authorization(value)));
        PROOF_HEADERS.forEach(name -> request.header(name).ifPresent(value -> headers.put(name, JwtShape.of(value))));
        shapes.put("headers", headers);
        put(shapes, Redaction.body(request.mediaType(), request.body()), decrypted);
        return shapes;
    }

    private static Map<String, Object> response(Response response, Optional<JsonObject> encrypted) {
        var shapes = new LinkedHashMap<String, Object>();
        shapes.put("status", response.status());
        var headers = new LinkedHashMap<String, Object>();
        SHOWN_HEADERS.forEach(name -> response.header(name).ifPresent(value -> headers.put(name, Shown.value(value))));
        response.header(DpopProof.NONCE_HEADER)
                .ifPresent(nonce -> headers.put(DpopProof.NONCE_HEADER, Redaction.kind("string", nonce.length())));
        response.header("Location").ifPresent(location -> headers.put("Location", location(location)));
        shapes.put("headers", headers);
        put(shapes, Redaction.body(response.mediaType(), response.body()), encrypted);
        return shapes;
    }

    /// @param inside what an encrypted body says
    private static void put(Map<String, Object> shapes, Map<String, Object> body, Optional<JsonObject> inside) {
        if (inside.isPresent()) {
            shapes.put("encrypted", body);
            shapes.put("body", Redaction.object(inside.get()));
        } else if (!body.isEmpty()) {
            shapes.put("body", body);
        }
    }

    private static String authorization(String value) {
        var space = value.indexOf(' ');
        return space < 0
                ? Redaction.kind("string", value.length())
                : Shown.value(value.substring(0, space)) + " " + Redaction.kind("string", value.length() - space - 1);
    }

    private static Object query(String encoded) {
        try {
            return Redaction.form(Form.read(encoded));
        } catch (IllegalArgumentException malformed) {
            return "unreadable";
        }
    }

    private static Object location(String location) {
        var question = location.indexOf('?');
        if (question < 0) {
            return Shown.value(location);
        }
        var shapes = new LinkedHashMap<String, Object>();
        shapes.put("to", Shown.value(location.substring(0, question)));
        shapes.put("query", query(location.substring(question + 1)));
        return shapes;
    }

    private static Map<String, Object> refused(Trail.Refused refused) {
        var shapes = new LinkedHashMap<String, Object>();
        shapes.put("error", refused.error());
        shapes.put("description", refused.description());
        var why = refused.explanation();
        if (!why.expected().isEmpty()) {
            shapes.put("expected", why.expected());
        }
        if (!why.came().isEmpty()) {
            shapes.put("came", why.came());
        }
        if (!why.section().isEmpty()) {
            shapes.put("section", why.section());
        }
        return shapes;
    }

    /// The names are secrets.
    @Override
    public String toString() {
        return "Step[" + kind + "]";
    }
}
