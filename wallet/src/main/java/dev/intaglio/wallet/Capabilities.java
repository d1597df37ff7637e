package dev.intaglio.wallet;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialVerifier;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.protocol.credential.Proofs;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import java.util.List;
import java.util.Optional;

/// What this wallet can do, held against what an issuer asks. Asked before a code is redeemed, which works only once.
record Capabilities(CredentialVerifiers verifiers) {
    /// What we sign proofs with, the most widely known first.
    private static final List<JWSAlgorithm> PROOF_ALGORITHMS =
            List.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512, JWSAlgorithm.EdDSA);

    /// @throws WalletException naming what this wallet would need and has not
    void requireFor(ResolvedOffer offer) {
        requireNotDemanded("credential requests", offer.issuer().requestEncryption());
        requireNotDemanded("credential responses", offer.issuer().responseEncryption());
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
        var type = Optional.ofNullable(configuration.proofTypes().get(Proofs.Jwt.TYPE))
                .orElseThrow(() ->
                        new WalletException("the issuer asks for a type of key proof that this wallet does not make: "
                                + configuration.proofTypes().keySet()));
        if (type.keyAttestationsRequired().isPresent()) {
            throw new WalletException("the issuer asks for a key attestation, which this wallet has nobody to make");
        }
        return PROOF_ALGORITHMS.stream()
                .filter(known -> type.signingAlgorithms().contains(known.getName()))
                .findFirst()
                .orElseThrow(() ->
                        new WalletException("the issuer asks for proofs by algorithms that this wallet does not have: "
                                + type.signingAlgorithms()));
    }

    private static void requireNotDemanded(String what, Optional<JsonObject> encryption) {
        if (encryption.filter(demand -> demand.flag("encryption_required")).isPresent()) {
            throw new WalletException("the issuer demands encrypted " + what + ", which this wallet does not know yet");
        }
    }
}
