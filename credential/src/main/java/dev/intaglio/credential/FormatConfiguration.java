package dev.intaglio.credential;

import dev.intaglio.protocol.json.JsonObject;

/// One credential type in one format: what becomes an entry of `credential_configurations_supported` (§12.2.4).
///
/// @param id the Credential Configuration Identifier
/// @param format the Credential Format Identifier, such as `dc+sd-jwt`
/// @param scope never left out, so that wallets can ask by scope (HAIP §4.1)
/// @param parameters what the format adds: `vct`, `doctype`, `credential_definition` (App. A)
public record FormatConfiguration(String id, String format, String scope, JsonObject parameters) {
    public FormatConfiguration {
        if (id.isBlank() || format.isBlank()) {
            throw new IllegalArgumentException("a format configuration has an id and a format");
        }
        // RFC 6749 §3.3: a scope-token; several in one string would be several scopes.
        if (!scope.matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]+")) {
            throw new IllegalArgumentException("the scope of " + id + " is no scope token of RFC 6749");
        }
    }
}
