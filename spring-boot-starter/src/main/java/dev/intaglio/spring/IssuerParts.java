package dev.intaglio.spring;

import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.keys.KeyRing;
import java.time.Clock;

/// What one issuer is put together from, the main one or a tenant: all that is its own, and nothing of another's.
///
/// @param tenant its name; empty for the main issuer
/// @param nonceKey the same on all nodes
public record IssuerParts(
        String tenant,
        IssuerSettings settings,
        IssuerIdentifier identifier,
        CredentialFormats formats,
        CredentialTypes types,
        KeyRing keys,
        CredentialDatasets datasets,
        IssuerStores stores,
        NonceKey nonceKey,
        Clock clock) {
    /// Whether it is the main issuer, whose parts an application's beans may replace.
    public boolean main() {
        return tenant.isEmpty();
    }

    @Override
    public String toString() {
        return "IssuerParts[" + identifier.uri() + "]";
    }
}
