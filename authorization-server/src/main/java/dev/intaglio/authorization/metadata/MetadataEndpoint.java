package dev.intaglio.authorization.metadata;

import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;

/// Serves the Authorization Server Metadata (RFC 8414, section 3).
public final class MetadataEndpoint implements Handler {
    private final Response response;

    public MetadataEndpoint(AuthorizationServerMetadata metadata) {
        this.response = Response.json(200, metadata.write()).with("Cache-Control", "public, max-age=300");
    }

    @Override
    public Response handle(Request request) {
        return response;
    }
}
