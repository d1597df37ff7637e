package dev.intaglio.wallet.spi;

import java.net.URI;

/// Where a wallet gets its Wallet Attestations: its provider, or what it keeps of earlier ones.
///
/// ```java
/// WalletAttestations attestations = (server, fresh) -> kept.computeIfAbsent(server, provider::attest);
/// ```
@FunctionalInterface
public interface WalletAttestations {
    /// An attestation to show to an authorization server, good for a few minutes more at least. Called at the beginning of
    /// each exchange; may block.
    ///
    /// Of different servers, give different keys: the same one would tell them that they deal with the same instance (§15.4.4,
    /// HAIP 4.4.1). Of the same server, give the same key as long as refresh tokens of it are kept: they are bound to it.
    ///
    /// @param authorizationServer its issuer identifier
    /// @param fresh whether the server has refused the last one as too old, so that it must be a new one
    WalletAttestation attestation(URI authorizationServer, boolean fresh);
}
