package dev.intaglio.credential.jose;

import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import java.util.Optional;

/// What can be seen of a JWT, with disclosures or without, before anything of it is believed: enough to tell formats apart.
///
/// @param type its `typ`; empty if it says none
/// @param withDisclosures whether it is an SD-JWT
public record Envelope(String type, JsonObject claims, boolean withDisclosures) {
    /// @return nothing if it is no JWT
    public static Optional<Envelope> of(Object credential) {
        if (!(credential instanceof String compact)) {
            return Optional.empty();
        }
        var end = compact.indexOf('~');
        try {
            SignedJwt jwt = IssuerCheck.parse(end < 0 ? compact : compact.substring(0, end));
            return Optional.of(new Envelope(jwt.type().orElse(""), jwt.claims(), end >= 0));
        } catch (IllegalArgumentException otherwise) {
            return Optional.empty();
        }
    }
}
