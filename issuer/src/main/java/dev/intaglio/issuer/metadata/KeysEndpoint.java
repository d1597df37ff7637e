package dev.intaglio.issuer.metadata;

import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;

/// JWT VC Issuer Metadata: where a verifier without our trust anchor finds the keys of `iss` (SD-JWT VC, section 5), those that
/// will sign and those that did included.
public final class KeysEndpoint implements Handler {
    private final URI issuer;
    private final KeyRing keys;

    public KeysEndpoint(URI issuer, KeyRing keys) {
        this.issuer = issuer;
        this.keys = keys;
    }

    @Override
    public Response handle(Request request) {
        var published = keys.published(KeyUse.CREDENTIAL).stream()
                .map(KeysEndpoint::certified)
                .toList();
        return Response.json(
                        200,
                        JsonObject.builder()
                                .put("issuer", issuer.toString())
                                .put(
                                        "jwks",
                                        JsonObject.builder()
                                                .put("keys", published)
                                                .build())
                                .build())
                .with("Cache-Control", "public, max-age=300");
    }

    /// With its certificates, so that a key is known for the issuer's by whoever trusts its authority.
    private static JsonObject certified(SigningKey key) {
        var jwk = SignedJwt.jwk(key.publicJwk());
        return key.chain().isEmpty()
                ? jwk
                : jwk.with(
                        "x5c",
                        X5c.encode(key.chain()).stream().map(Object::toString).toList());
    }
}
