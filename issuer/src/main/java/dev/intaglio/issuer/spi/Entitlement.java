package dev.intaglio.issuer.spi;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.FormatConfiguration;
import java.util.Optional;

/// The right, found from an access token, to one Credential Configuration about one subject.
///
/// @param credentialIdentifier the dataset the wallet named, if it named one (§8.2)
/// @param clientId the wallet, unless it is anonymous
public record Entitlement(
        String subject,
        CredentialDefinition definition,
        FormatConfiguration configuration,
        Optional<String> credentialIdentifier,
        Optional<String> clientId,
        String authorizationId) {
    /// Without the subject.
    @Override
    public String toString() {
        return "Entitlement[" + configuration.id() + ", authorizationId=" + authorizationId + "]";
    }
}
