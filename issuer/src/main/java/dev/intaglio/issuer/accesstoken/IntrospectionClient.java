package dev.intaglio.issuer.accesstoken;

import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.nonce.Unguessable;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;

/// How we say at an introspection endpoint who we are (RFC 7662, section 2.1): as a client that the server knows.
public sealed interface IntrospectionClient {
    /// @param server the issuer identifier of the authorization server
    Request request(URI endpoint, Form form, URI server, Clock clock);

    /// `client_secret_basic` (RFC 6749, section 2.3.1).
    record Secret(String clientId, String secret) implements IntrospectionClient {
        @Override
        public Request request(URI endpoint, Form form, URI server, Clock clock) {
            var pair = encode(clientId) + ":" + encode(secret);
            return Request.post(endpoint, form)
                    .with(
                            "Authorization",
                            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }

        private static String encode(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }

        /// Without the secret.
        @Override
        public String toString() {
            return "Secret[clientId=" + clientId + "]";
        }
    }

    /// `private_key_jwt` (RFC 7523, section 2.2). The audience is the server's issuer identifier.
    record PrivateKey(String clientId, SigningKey key, SecureRandom random) implements IntrospectionClient {
        private static final long LIFETIME_SECONDS = 60;

        @Override
        public Request request(URI endpoint, Form form, URI server, Clock clock) {
            var now = clock.instant().getEpochSecond();
            var claims = JsonObject.builder()
                    .put("iss", clientId)
                    .put("sub", clientId)
                    .put("aud", server.toString())
                    .put("jti", Unguessable.text(random, Unguessable.IDENTIFIER))
                    .put("iat", now)
                    .put("exp", now + LIFETIME_SECONDS)
                    .build();
            var header = JsonObject.builder()
                    .put("typ", "JWT")
                    .put("kid", key.publicJwk().getKeyID())
                    .build();
            return Request.post(
                    endpoint,
                    form.with("client_id", clientId)
                            .with("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                            .with("client_assertion", SignedJwt.sign(header, claims, key)));
        }
    }
}
