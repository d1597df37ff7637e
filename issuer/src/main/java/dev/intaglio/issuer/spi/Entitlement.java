package dev.intaglio.issuer.spi;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.protocol.json.JsonObject;
import java.util.Optional;

/// The right, found from an access token, to one Credential Configuration about one subject.
///
/// @param credentialIdentifier the dataset the wallet named, if it named one (§8.2)
/// @param clientId the wallet, unless it is anonymous
/// @param signInClaims what a sign-in, or an external authorization server's token, told of the subject, of what was asked for
public record Entitlement(
        String subject,
        CredentialDefinition definition,
        FormatConfiguration configuration,
        Optional<String> credentialIdentifier,
        Optional<String> clientId,
        String authorizationId,
        JsonObject signInClaims) {
    /// With a token that says nothing about the subject.
    public Entitlement(
            String subject,
            CredentialDefinition definition,
            FormatConfiguration configuration,
            Optional<String> credentialIdentifier,
            Optional<String> clientId,
            String authorizationId) {
        this(subject, definition, configuration, credentialIdentifier, clientId, authorizationId, JsonObject.empty());
    }

    /// The same, knowing what a sign-in told.
    public Entitlement with(JsonObject told) {
        return new Entitlement(
                subject, definition, configuration, credentialIdentifier, clientId, authorizationId, told);
    }

    /// Without the subject.
    @Override
    public String toString() {
        return "Entitlement[" + configuration.id() + ", authorizationId=" + authorizationId + "]";
    }
}
