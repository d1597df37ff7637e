package dev.intaglio.issuer.accesstoken;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// An authorization server of somebody else's, as far as we see it: metadata, keys, tokens, answers. It can be down.
final class ServerElsewhere extends Clock implements Handler {
    static final URI ISSUER = URI.create("https://login.example/realms/citizens");
    static final URI CREDENTIAL_ISSUER = URI.create("https://issuer.example");

    final SigningKey key = SigningKey.generate(JWSAlgorithm.ES256);
    final List<String> asked = new ArrayList<>();
    final List<Request> introspections = new ArrayList<>();
    List<JsonObject> published = List.of(SignedJwt.jwk(key.publicJwk()));
    String announced = ISSUER.toString();
    Set<String> metadataAt = Set.of("/.well-known/oauth-authorization-server/realms/citizens");
    Response introspection =
            Response.json(200, JsonObject.builder().put("active", false).build());
    boolean down;
    Instant now = Instant.parse("2026-11-03T10:15:30Z");

    static ExternalAuthorizationServer trusted() {
        return ExternalAuthorizationServer.of(ISSUER, CREDENTIAL_ISSUER);
    }

    @Override
    public Response handle(Request request) {
        var path = request.uri().getPath();
        asked.add(path);
        if (down) {
            throw new UncheckedIOException(new IOException("nobody there"));
        }
        if (metadataAt.contains(path)) {
            return Response.json(
                    200,
                    JsonObject.builder()
                            .put("issuer", announced)
                            .put("jwks_uri", "https://login.example/keys")
                            .put("introspection_endpoint", "https://login.example/introspect")
                            .build());
        }
        return switch (path) {
            case "/keys" ->
                Response.json(200, JsonObject.builder().put("keys", published).build());
            case "/introspect" -> {
                introspections.add(request);
                yield introspection;
            }
            default -> Response.status(404);
        };
    }

    JsonObject claims() {
        return JsonObject.builder()
                .put("iss", ISSUER.toString())
                .put("aud", List.of("account", CREDENTIAL_ISSUER.toString()))
                .put("sub", "f:1:erika")
                .put("client_id", "wallet")
                .put("exp", now.getEpochSecond() + 300)
                .put("scope", "openid pid")
                .build();
    }

    void answers(UnaryOperator<JsonObject> change) {
        introspection = Response.json(200, change.apply(claims().with("active", true)));
    }

    String token() {
        return token(claims -> claims);
    }

    String token(UnaryOperator<JsonObject> change) {
        return token("at+jwt", key, change);
    }

    String token(String type, SigningKey signer, UnaryOperator<JsonObject> change) {
        var header = JsonObject.builder()
                .put("typ", type)
                .put("kid", signer.publicJwk().getKeyID())
                .build();
        return SignedJwt.sign(header, change.apply(claims()), signer);
    }

    void publishes(JWK... keys) {
        published = List.of(keys).stream().map(SignedJwt::jwk).toList();
    }

    long timesAsked(String path) {
        return asked.stream().filter(path::equals).count();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    static Optional<String> subject(Optional<dev.intaglio.protocol.oauth.AccessToken> token) {
        return token.map(dev.intaglio.protocol.oauth.AccessToken::subject);
    }
}
