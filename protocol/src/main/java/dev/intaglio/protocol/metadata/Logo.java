package dev.intaglio.protocol.metadata;

import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.util.Optional;

/// A picture to show: `https:`, `data:` or another scheme the wallet knows (§12.2.4).
public record Logo(URI uri, Optional<String> altText) {
    public static Logo read(JsonObject json) {
        return new Logo(URI.create(json.string("uri")), json.optionalString("alt_text"));
    }

    public JsonObject write() {
        return JsonObject.builder()
                .put("uri", uri.toString())
                .putIf("alt_text", altText)
                .build();
    }
}
