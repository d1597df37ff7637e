package dev.intaglio.cli;

import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// An offer that a server made for us.
///
/// @param id by which all that comes of it is found again; servers of before do not tell it
/// @param txCode what the person is to enter; goes another way than the link
/// @param page shows link, QR code and transaction code to the issuer's staff
/// @param dialects links for wallets that speak another dialect, by its name
record MadeOffer(
        Optional<String> id,
        String linkByReference,
        String linkByValue,
        JsonObject dialects,
        URI page,
        Optional<String> txCode,
        Instant expiresAt) {
    static MadeOffer read(JsonObject json) {
        return new MadeOffer(
                json.optionalString("offer_id"),
                json.string("link_by_reference"),
                json.string("link_by_value"),
                json.optionalObject("dialects").orElse(JsonObject.empty()),
                URI.create(json.string("page")),
                json.optionalString("tx_code"),
                Instant.parse(json.string("expires_at")));
    }

    /// The link for a wallet that speaks a dialect; empty if the server does not.
    Optional<String> link(String dialect) {
        return dialects.optionalString(dialect);
    }

    String link(boolean byValue) {
        return byValue ? linkByValue : linkByReference;
    }

    JsonObject write() {
        return JsonObject.builder()
                .putIf("offer_id", id)
                .put("link_by_reference", linkByReference)
                .put("link_by_value", linkByValue)
                .putIf(
                        "dialects",
                        Optional.of(dialects).filter(links -> !links.members().isEmpty()))
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
