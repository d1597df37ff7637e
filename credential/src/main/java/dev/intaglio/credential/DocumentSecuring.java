package dev.intaglio.credential;

import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;

/// Secures a W3C Verifiable Credential that the issuer makes for everybody, such as a status list, in the way the credentials
/// of a format are secured; whoever verifies the one can then verify the other.
public interface DocumentSecuring {
    /// Tells it from other ways; a word of small letters and dashes, for addresses.
    String name();

    /// What [#secure] makes.
    String mediaType();

    /// Names the issuer, and signs.
    ///
    /// @param document of data model 2.0, without issuer
    byte[] secure(JsonObject document, URI issuer, SigningKey key);
}
