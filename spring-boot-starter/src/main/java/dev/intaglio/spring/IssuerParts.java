package dev.intaglio.spring;

import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.issuer.offer.HandedClaims;
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

    /// Claims that come with this issuer's offers and sign-ins. The secret is that of nonces; what is made of it for claims is good
    /// for nothing else.
    public HandedClaims handedClaims() {
        return new HandedClaims(
                stores.offers(),
                nonceKey.bytes(),
                settings.of(IntaglioProperties.class).loginClaimsKept(),
                clock);
    }

    @Override
    public String toString() {
        return "IssuerParts[" + identifier.uri() + "]";
    }
}
