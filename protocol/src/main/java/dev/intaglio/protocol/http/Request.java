package dev.intaglio.protocol.http;

import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/// An HTTP request with its whole body.
///
/// @param method in upper case
/// @param uri absolute, as the client addressed it (behind a proxy: as the proxy was addressed)
/// @param remote the client's address where a server knows it; for limits and logs only
public record Request(String method, URI uri, Headers headers, byte[] body, Optional<String> remote) {
    private static final byte[] NO_BODY = {};
    private static final Pattern LONG_SEGMENT = Pattern.compile("/[^/]{32,}");

    public Request {
        if (!uri.isAbsolute()) {
            throw new IllegalArgumentException("a request has an absolute URI");
        }
    }

    public static Request get(URI uri) {
        return new Request("GET", uri, Headers.none(), NO_BODY, Optional.empty());
    }

    public static Request post(URI uri) {
        return new Request("POST", uri, Headers.none(), NO_BODY, Optional.empty());
    }

    public static Request post(URI uri, JsonObject body) {
        return new Request("POST", uri, Headers.of("Content-Type", "application/json"), body.bytes(), Optional.empty());
    }

    public static Request post(URI uri, Form form) {
        return new Request("POST", uri, Headers.of("Content-Type", Form.MEDIA_TYPE), form.bytes(), Optional.empty());
    }

    public Request with(String header, String value) {
        return new Request(method, uri, headers.with(header, value), body, remote);
    }

    public Request and(String header, String value) {
        return new Request(method, uri, headers.and(header, value), body, remote);
    }

    public Request withBody(String mediaType, byte[] newBody) {
        return new Request(method, uri, headers.with("Content-Type", mediaType), newBody, remote);
    }

    public Optional<String> header(String name) {
        return headers.first(name);
    }

    /// The media type of the body without its parameters, in lower case; empty if none was given.
    public String mediaType() {
        return MediaTypes.essence(header("Content-Type").orElse(""));
    }

    /// Method and path: what may be logged. A query or a body may hold a code or a token; a long segment of the path may
    /// be a reference that whoever reads the log could follow, so it is left out.
    @Override
    public String toString() {
        return method + " "
                + LONG_SEGMENT.matcher(String.valueOf(uri.getRawPath())).replaceAll("/...");
    }
}
