package dev.intaglio.protocol.credential;

import dev.intaglio.protocol.explanation.Explanation;
import dev.intaglio.protocol.explanation.Shown;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.util.Optional;

/// A Credential Request (§8.2). Unknown members are ignored.
///
/// @param responseEncryption `credential_response_encryption` as it stands on the wire
public record CredentialRequest(Selector selector, Optional<Proofs> proofs, Optional<JsonObject> responseEncryption) {
    /// What is asked for: exactly one of the two.
    public sealed interface Selector {
        /// A dataset named in the token response.
        record Identifier(String credentialIdentifier) implements Selector {}

        /// A Credential Configuration of the metadata.
        record Configuration(String credentialConfigurationId) implements Selector {}
    }

    public static CredentialRequest of(Selector selector, Proofs proofs) {
        return new CredentialRequest(selector, Optional.of(proofs), Optional.empty());
    }

    /// @throws IllegalArgumentException naming the member that is wrong
    public static CredentialRequest read(JsonObject json) {
        var identifier = json.optionalString("credential_identifier");
        var configuration = json.optionalString("credential_configuration_id");
        if (identifier.isPresent() == configuration.isPresent()) {
            throw new JsonException(
                    "exactly one of credential_identifier and credential_configuration_id is expected, found "
                            + (identifier.isPresent() ? "both" : "neither"),
                    Explanation.of("OpenID4VCI 1.0, 8.2")
                            .expected("credential_identifier if the token response had authorization_details, otherwise"
                                    + " credential_configuration_id (earlier drafts named a format)")
                            .came("a body with " + Shown.names(json.members().keySet())));
        }
        return new CredentialRequest(
                identifier
                        .<Selector>map(Selector.Identifier::new)
                        .orElseGet(() -> new Selector.Configuration(configuration.orElseThrow())),
                json.optional("proofs", Proofs::read),
                json.optionalObject("credential_response_encryption"));
    }

    public JsonObject write() {
        var builder = JsonObject.builder();
        switch (selector) {
            case Selector.Identifier(var id) -> builder.put("credential_identifier", id);
            case Selector.Configuration(var id) -> builder.put("credential_configuration_id", id);
        }
        return builder.putIf("proofs", proofs.map(Proofs::write))
                .putIf("credential_response_encryption", responseEncryption)
                .build();
    }
}
