package dev.intaglio.credential;

import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// Where the status of one credential is to be read: an index in a Token Status List (Token Status List §6.1).
///
/// @param uri where the list is
public record StatusReference(URI uri, long index) {
    public StatusReference {
        if (index < 0) {
            throw new IllegalArgumentException("the index in a status list is not negative");
        }
    }

    /// The claim `status` of a credential in JSON (§6.2).
    public Map<String, Object> claim() {
        return Map.of("status_list", Map.of("idx", index, "uri", uri.toString()));
    }

    /// What the claim `status` of a credential in JSON names.
    ///
    /// @param claims of the credential
    /// @throws IllegalArgumentException if it names something that is no place in a list
    public static Optional<StatusReference> in(JsonObject claims) {
        return claims.optionalObject("status")
                .flatMap(status -> status.optionalObject("status_list"))
                .map(list -> new StatusReference(URI.create(list.string("uri")), list.integer("idx")));
    }
}
