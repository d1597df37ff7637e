package dev.intaglio.credential;

import dev.intaglio.protocol.json.JsonObject;

/// The claims about one subject for one credential (§1.2 of OpenID4VCI: Credential Dataset), by the names and the
/// nesting of the [CredentialDefinition]. What the definition does not describe is left out of the credential.
public record CredentialDataset(JsonObject claims) {
    /// How much there is, never what.
    @Override
    public String toString() {
        return "CredentialDataset[" + claims.members().size() + " claims]";
    }
}
