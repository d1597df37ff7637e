package dev.intaglio.protocol.http;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// An HTTP response with its whole body.
public record Response(int status, Headers headers, byte[] body) {
    private static final byte[] NO_BODY = {};

    public static Response status(int status) {
        return new Response(status, Headers.none(), NO_BODY);
    }

    public static Response json(int status, JsonObject body) {
        return new Response(status, Headers.of("Content-Type", "application/json"), body.bytes());
    }

    public static Response text(int status, String mediaType, String body) {
        return new Response(status, Headers.of("Content-Type", mediaType), body.getBytes(StandardCharsets.UTF_8));
    }

    public Response with(String header, String value) {
        return new Response(status, headers.with(header, value), body);
    }

    public Response and(String header, String value) {
        return new Response(status, headers.and(header, value), body);
    }

    /// Codes, tokens, nonces and credentials are never cached (§6.2, §7.2).
    public Response noStore() {
        return with("Cache-Control", "no-store");
    }

    public boolean successful() {
        return status >= 200 && status < 300;
    }

    public Optional<String> header(String name) {
        return headers.first(name);
    }

    public String mediaType() {
        return MediaTypes.essence(header("Content-Type").orElse(""));
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /// The body as a JSON object.
    ///
    /// @throws dev.intaglio.protocol.json.JsonException if it is none
    public JsonObject bodyObject() {
        return Json.readObject(body, JsonLimits.DOCUMENT);
    }

    /// Status and media type: what may be logged.
    @Override
    public String toString() {
        return status + " " + mediaType();
    }
}
