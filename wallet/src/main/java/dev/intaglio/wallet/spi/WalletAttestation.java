package dev.intaglio.wallet.spi;

import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.clientattestation.ClientAttestation;
import dev.intaglio.protocol.dpop.DpopProof;

/// A Wallet Attestation (App. E) with the key that it attests.
///
/// @param jwt as the wallet's provider signed it
/// @param instanceKey the private half of its `cnf.jwk`
public record WalletAttestation(String jwt, SigningKey instanceKey) {
    /// @throws IllegalArgumentException if it is no attestation, or one of another key
    public WalletAttestation {
        var attested = ClientAttestation.read(jwt).instanceKeyThumbprint();
        if (!attested.equals(DpopProof.thumbprint(instanceKey.publicJwk()))) {
            throw new IllegalArgumentException(
                    "the wallet attestation is for another key than the one that comes with it");
        }
    }

    /// Its `sub`: shared by all instances of the wallet, which servers know it by (§15.4.4).
    public String clientId() {
        return ClientAttestation.read(jwt).clientId();
    }

    /// Without the attestation.
    @Override
    public String toString() {
        return "WalletAttestation";
    }
}
