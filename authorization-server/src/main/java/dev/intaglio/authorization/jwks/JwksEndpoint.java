package dev.intaglio.authorization.jwks;

import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;

/// The JWK Set of the keys that sign access tokens, current and former (RFC 7517, section 5).
public final class JwksEndpoint implements Handler {
    private final KeyRing keys;

    public JwksEndpoint(KeyRing keys) {
        this.keys = keys;
    }

    @Override
    public Response handle(Request request) {
        var published = keys.published(KeyUse.ACCESS_TOKEN).stream()
                .map(key -> SignedJwt.jwk(key.publicJwk()))
                .toList();
        return Response.json(200, JsonObject.builder().put("keys", published).build())
                .with("Cache-Control", "public, max-age=300");
    }
}
