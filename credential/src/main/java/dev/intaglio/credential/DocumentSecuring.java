package dev.intaglio.credential;

import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.util.Optional;

/// Secures a W3C Verifiable Credential that the issuer makes for everybody, such as a status list, in the way the credentials
/// of a format are secured; whoever verifies the one can then verify the other.
public interface DocumentSecuring {
    /// Tells it from other ways; a word of small letters and dashes, for addresses.
    String name();

    /// What [#secure] makes.
    String mediaType();

    /// How the issuer is named where a definition leaves it open; empty if that is the key's matter.
    default Optional<IssuerIdentification> usually() {
        return Optional.empty();
    }

    /// Names the issuer, and signs.
    ///
    /// @param document of data model 2.0, without issuer
    /// @param way how the credentials that the document is about name their issuer; empty as above
    byte[] secure(JsonObject document, Optional<IssuerIdentification> way, URI issuer, SigningKey key);
}
