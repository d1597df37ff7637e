package dev.intaglio.cli;

import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// An offer that a server made for us.
///
/// @param txCode what the person is to enter; goes another way than the link
/// @param page shows link, QR code and transaction code to the issuer's staff
record MadeOffer(String linkByReference, String linkByValue, URI page, Optional<String> txCode, Instant expiresAt) {
    static MadeOffer read(JsonObject json) {
        return new MadeOffer(
                json.string("link_by_reference"),
                json.string("link_by_value"),
                URI.create(json.string("page")),
                json.optionalString("tx_code"),
                Instant.parse(json.string("expires_at")));
    }

    String link(boolean byValue) {
        return byValue ? linkByValue : linkByReference;
    }

    JsonObject write() {
        return JsonObject.builder()
                .put("link_by_reference", linkByReference)
                .put("link_by_value", linkByValue)
                .put("page", page.toString())
                .putIf("tx_code", txCode)
                .put("expires_at", expiresAt.toString())
                .build();
    }

    /// Code and links are secrets.
    @Override
    public String toString() {
        return "MadeOffer[expiresAt=" + expiresAt + "]";
    }
}
