package dev.intaglio.wallet;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialVerifier;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import java.util.List;

/// What this wallet can do, held against what an issuer asks. Asked before a code is redeemed, which works only once.
record Capabilities(CredentialVerifiers verifiers, HolderProofs proofs) {
    /// What we sign proofs with, the most widely known first.
    private static final List<JWSAlgorithm> PROOF_ALGORITHMS =
            List.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512, JWSAlgorithm.EdDSA);

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
        var type = proofs.choice(configuration).type();
        return PROOF_ALGORITHMS.stream()
                .filter(known -> type.signingAlgorithms().contains(known.getName()))
                .findFirst()
                .orElseThrow(() ->
                        new WalletException("the issuer asks for proofs by algorithms that this wallet does not have: "
                                + type.signingAlgorithms()));
    }
}
