package dev.intaglio.issuer.metadata;

import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Headers;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;

/// Serves a JSON document that does not change while the issuer runs: Credential Issuer Metadata (§12.2.2), JWT VC Issuer
/// Metadata and SD-JWT VC Type Metadata. The bytes are always the same, as an integrity hash over them needs.
public final class DocumentEndpoint implements Handler {
    private final Response response;

    public DocumentEndpoint(JsonObject document) {
        this(document.bytes());
    }

    public DocumentEndpoint(byte[] document) {
        response = new Response(200, Headers.of("Content-Type", "application/json"), document)
                .with("Cache-Control", "public, max-age=300");
    }

    @Override
    public Response handle(Request request) {
        return response;
    }
}
