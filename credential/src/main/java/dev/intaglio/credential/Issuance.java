package dev.intaglio.credential;

import dev.intaglio.keys.SigningKey;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// All that goes into one credential.
///
/// @param holderKey present if the definition asks for binding
/// @param issuer the Credential Issuer Identifier
/// @param now the moment of issuance; what the credential says is rounded by the definition's [Validity]
public record Issuance(
        CredentialDefinition definition,
        FormatConfiguration configuration,
        CredentialDataset dataset,
        Optional<HolderKey> holderKey,
        Optional<StatusReference> status,
        SigningKey signingKey,
        URI issuer,
        Instant now) {
    public Issuance {
        if (definition.binding() && holderKey.isEmpty()) {
            throw new IllegalArgumentException(
                    "credentials of " + definition.id() + " are bound to a key, and none is given");
        }
    }
}
