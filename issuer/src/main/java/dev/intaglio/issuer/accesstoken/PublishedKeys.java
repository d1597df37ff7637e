package dev.intaglio.issuer.accesstoken;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.Refusal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The keys an authorization server signs with: the document at its `jwks_uri` (RFC 8414, section 2).
final class PublishedKeys {
    private static final int MAX_KEYS = 100;

    private final RemoteServer server;
    private final Remembered<List<JWK>> keys;

    PublishedKeys(RemoteServer server, Clock clock) {
        this.server = server;
        this.keys = new Remembered<>(this::fetch, clock);
    }

    /// Whether one of the server's keys made the signature. A `kid` nobody knows yet makes us ask for the keys again.
    ///
    /// @throws Refusal `server_error`, 503, if the keys cannot be had
    boolean verify(SignedJwt jwt) {
        var kid = jwt.header().optionalString("kid");
        var known = keys.get();
        var fitting = fitting(known, kid);
        if (fitting.isEmpty() && kid.isPresent()) {
            fitting = fitting(keys.newerThan(known), kid);
        }
        return fitting.stream().anyMatch(jwt::verifies);
    }

    private static List<JWK> fitting(List<JWK> known, Optional<String> kid) {
        return kid.map(name -> known.stream()
                        .filter(key -> name.equals(key.getKeyID()))
                        .toList())
                .orElse(known);
    }

    private List<JWK> fetch() {
        var document = server.ask(Request.get(server.endpoint("jwks_uri")));
        List<JsonObject> published;
        try {
            published = document.objects("keys");
        } catch (JsonException malformed) {
            throw server.failure("its jwks_uri holds no JWK set", malformed);
        }
        if (published.size() > MAX_KEYS) {
            throw server.failure("its jwks_uri holds more than " + MAX_KEYS + " keys", null);
        }
        var usable = new ArrayList<JWK>();
        for (var one : published) {
            try {
                var key = SignedJwt.publicKey(one);
                if (!KeyUse.ENCRYPTION.equals(key.getKeyUse())) {
                    usable.add(key);
                }
            } catch (JsonException ofAnotherKind) {
                // "Implementations SHOULD ignore JWKs […] that they do not understand" (RFC 7517, section 5).
                continue;
            }
        }
        return List.copyOf(usable);
    }
}
