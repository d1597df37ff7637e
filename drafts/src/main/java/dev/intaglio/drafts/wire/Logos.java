package dev.intaglio.drafts.wire;

import dev.intaglio.protocol.json.JsonObject;

/// Where a picture is: `logo.url` in drafts 11 and 12, and in examples of 13; `logo.uri` since.
public final class Logos {
    private Logos() {}

    /// Both names: later wallets read one, earlier ones the other.
    public static JsonObject older(JsonObject display) {
        return Parts.in(display, "logo", logo -> Parts.putIf(logo, "url", logo.optionalString("uri")));
    }

    public static JsonObject newer(JsonObject display) {
        return Parts.in(
                display, "logo", logo -> logo.has("uri") ? logo.without("url") : Parts.renamed(logo, "url", "uri"));
    }
}
