package dev.intaglio.wallet;

import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.nonce.Unguessable;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// A registered client that signs an assertion for each request (RFC 7523, section 2.2).
final class AssertingClient implements Authenticator {
    static final String METHOD = "private_key_jwt";

    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Duration LIFETIME = Duration.ofMinutes(1);

    private final URI server;
    private final String clientId;
    private final SigningKey key;
    private final Settings settings;

    AssertingClient(URI server, String clientId, SigningKey key, Settings settings) {
        this.server = server;
        this.clientId = clientId;
        this.key = key;
        this.settings = settings;
    }

    @Override
    public Optional<String> clientId() {
        return Optional.of(clientId);
    }

    @Override
    public Request post(URI endpoint, Form form) {
        return Request.post(
                endpoint,
                form.with("client_id", clientId)
                        .with("client_assertion_type", ASSERTION_TYPE)
                        .with("client_assertion", assertion()));
    }

    /// Its audience is the issuer identifier alone: an assertion for an endpoint could be had by another server that gives out
    /// that endpoint as its own (FAPI 2.0, section 5.3.3.1).
    private String assertion() {
        var now = settings.clock().instant();
        var header = JsonObject.builder().put("kid", key.publicJwk().getKeyID()).build();
        var claims = JsonObject.builder()
                .put("iss", clientId)
                .put("sub", clientId)
                .put("aud", server.toString())
                .put("jti", Unguessable.text(settings.random(), Unguessable.IDENTIFIER))
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(LIFETIME).getEpochSecond())
                .build();
        return SignedJwt.sign(header, claims, key);
    }
}
