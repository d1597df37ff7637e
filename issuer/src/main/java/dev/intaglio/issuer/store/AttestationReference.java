package dev.intaglio.issuer.store;

import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Where the status of an attestation is to be read, of a wallet or of keys.
///
/// @param status the attestation's `status` (Token Status List, section 6)
public record AttestationReference(Kind kind, JsonObject status) {
    /// Of what the attestation is, and so who is believed about it.
    public enum Kind {
        /// A Wallet Attestation (OpenID4VCI App. E).
        WALLET,
        /// A key attestation (App. D).
        KEYS
    }

    /// The same for all that refer to the same place of the same list.
    public String id() {
        var place = status.optionalObject("status_list")
                .filter(list -> list.has("uri") && list.has("idx"))
                .map(list -> list.members().get("idx") + " " + list.members().get("uri"))
                .orElseGet(status::text);
        return SignedJwt.sha256((kind + " " + place).getBytes(StandardCharsets.UTF_8));
    }

    public JsonObject write() {
        return JsonObject.builder()
                .put("kind", kind.name().toLowerCase(Locale.ROOT))
                .put("status", status)
                .build();
    }

    public static AttestationReference read(JsonObject json) {
        return new AttestationReference(
                Kind.valueOf(json.string("kind").toUpperCase(Locale.ROOT)), json.object("status"));
    }

    /// Without the place, which is one wallet's.
    @Override
    public String toString() {
        return "AttestationReference[" + kind + "]";
    }
}
