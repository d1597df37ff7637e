package dev.intaglio.wallet;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialVerifier;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.protocol.metadata.CredentialConfiguration;

/// What this wallet can do, held against what an issuer asks. Asked before a code is redeemed, which works only once.
record Capabilities(CredentialVerifiers verifiers, HolderProofs proofs) {
    /// @throws WalletException naming what this wallet would need and has not
    void requireFor(ResolvedOffer offer) {
        EncryptedExchange.with(offer.issuer());
        for (var configuration : offer.configurations().values()) {
            verifier(configuration);
            if (configuration.bound()) {
                proofAlgorithm(configuration);
            }
        }
    }

    CredentialVerifier verifier(CredentialConfiguration configuration) {
        return verifiers
                .find(configuration.format())
                .orElseThrow(() -> new WalletException(
                        "this wallet cannot verify credentials of the format " + configuration.format()));
    }

    JWSAlgorithm proofAlgorithm(CredentialConfiguration configuration) {
        return proofs.algorithm(configuration);
    }
}
