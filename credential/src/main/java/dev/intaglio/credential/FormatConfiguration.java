package dev.intaglio.credential;

import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// One credential type in one format: what becomes an entry of `credential_configurations_supported` (§12.2.4).
///
/// @param id the Credential Configuration Identifier
/// @param format the Credential Format Identifier, such as `dc+sd-jwt`
/// @param scope never left out, so that wallets can ask by scope (HAIP §4.1)
/// @param parameters what the format adds: `vct`, `doctype`, `credential_definition` (App. A), and how claims become
///     the format's own; their meaning is the format's, see [CredentialFormat#check]
/// @param place where the parameters stand
public record FormatConfiguration(String id, String format, String scope, JsonObject parameters, Place place) {
    static final String ID = "configuration_id";
    static final String SCOPE = "scope";

    public FormatConfiguration {
        if (id.isBlank() || format.isBlank()) {
            throw new IllegalArgumentException("a format configuration has an id and a format");
        }
        // RFC 6749 §3.3: a scope-token; several in one string would be several scopes.
        if (!scope.matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]+")) {
            throw new IllegalArgumentException("the scope of " + id + " is no scope token of RFC 6749");
        }
    }

    /// One that comes from no file.
    public FormatConfiguration(String id, String format, String scope, JsonObject parameters) {
        this(id, format, scope, parameters, Place.NONE);
    }

    /// A mistake in the parameters.
    ///
    /// @param path names and indices that lead to it
    public CredentialDefinitionException error(String message, Object... path) {
        return place.error(message, path);
    }

    /// Refuses parameters that the format does not know.
    ///
    /// @throws CredentialDefinitionException naming the parameter and the nearest one there is
    public void requireKnown(String... names) {
        var known = new ArrayList<>(List.of(names));
        known.add(ID);
        known.add(SCOPE);
        place.node().ifPresent(node -> node.fields(known.toArray(String[]::new)));
        for (var name : parameters.members().keySet()) {
            if (!known.contains(name)) {
                throw error(NearestWord.unknown(name, known));
            }
        }
    }

    /// A parameter the format cannot do without.
    ///
    /// @throws CredentialDefinitionException if it is missing, empty or no text
    public String required(String name) {
        if (!parameters.has(name)) {
            throw error("the key `" + name + "` is missing: " + format + " needs it");
        }
        try {
            var value = parameters.string(name);
            if (!value.isBlank()) {
                return value;
            }
        } catch (JsonException otherwise) {
            throw error("expected a text; write it in quotes if it looks like a number or a truth value", name);
        }
        throw error(name + " is empty", name);
    }
}
