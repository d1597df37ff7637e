package dev.intaglio.protocol.oauth;

import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.time.Duration;

/// The answer to a pushed authorization request (RFC 9126, section 2.2).
///
/// @param requestUri stands for the request at the authorization endpoint
public record PushedAuthorizationResponse(String requestUri, Duration expiresIn) {
    /// How request URIs begin.
    public static final String URN = "urn:ietf:params:oauth:request_uri:";

    public PushedAuthorizationResponse {
        if (expiresIn.toSeconds() < 1) {
            throw new IllegalArgumentException("expires_in is a positive number of seconds");
        }
    }

    public static PushedAuthorizationResponse read(JsonObject json) {
        return new PushedAuthorizationResponse(
                json.string("request_uri"),
                json.optionalSeconds("expires_in")
                        .map(Duration::ofSeconds)
                        .orElseThrow(() -> new JsonException("expires_in is missing")));
    }

    public Response write() {
        return Response.json(
                        201,
                        JsonObject.builder()
                                .put("request_uri", requestUri)
                                .put("expires_in", expiresIn.toSeconds())
                                .build())
                .with("Cache-Control", "no-cache, no-store");
    }

    /// Without the reference.
    @Override
    public String toString() {
        return "PushedAuthorizationResponse[" + expiresIn + "]";
    }
}
