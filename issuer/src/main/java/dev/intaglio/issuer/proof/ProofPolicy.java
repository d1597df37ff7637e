package dev.intaglio.issuer.proof;

import dev.intaglio.protocol.credential.Proofs;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.metadata.KeyAttestationsRequired;
import dev.intaglio.protocol.metadata.ProofType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// What key proofs must satisfy beyond their form.
///
/// @param signingAlgorithms JOSE names, as announced in `proof_signing_alg_values_supported`
/// @param maxAge how old a proof may be by its `iat`
/// @param maxSkew how far ahead of ours a wallet's clock may be
/// @param keyAttestations whose key attestations are believed; without it none are, and keys are bound to by their own proof
public record ProofPolicy(
        List<String> signingAlgorithms,
        Duration maxAge,
        Duration maxSkew,
        Optional<KeyAttestationPolicy> keyAttestations) {
    /// ES256, ES384, ES512 and EdDSA; five minutes old; one minute ahead; no key attestations.
    public static final ProofPolicy DEFAULT =
            new ProofPolicy(List.of("ES256", "ES384", "ES512", "EdDSA"), Duration.ofMinutes(5), Duration.ofMinutes(1));

    public ProofPolicy {
        signingAlgorithms = List.copyOf(signingAlgorithms);
    }

    public ProofPolicy(List<String> signingAlgorithms, Duration maxAge, Duration maxSkew) {
        this(signingAlgorithms, maxAge, maxSkew, Optional.empty());
    }

    public ProofPolicy withKeyAttestations(KeyAttestationPolicy policy) {
        return new ProofPolicy(signingAlgorithms, maxAge, maxSkew, Optional.of(policy));
    }

    /// A configuration with what is said of key attestations (§12.2.4): which are required, and the proof type
    /// `attestation` where attesters are trusted. A type of proof that cannot carry a required attestation is not offered.
    ///
    /// @throws IllegalStateException if attestations are required that nobody is trusted to make
    public CredentialConfiguration announce(
            String id, CredentialConfiguration configuration, Optional<KeyAttestationsRequired> required) {
        if (required.isPresent() && (keyAttestations.isEmpty() || !configuration.bound())) {
            throw new IllegalStateException("the credential configuration " + id
                    + " requires key attestations, "
                    + (configuration.bound() ? "and no attester is trusted" : "but binds to no key"));
        }
        if (keyAttestations.isEmpty() || !configuration.bound()) {
            return configuration;
        }
        var types = new LinkedHashMap<String, ProofType>();
        configuration.proofTypes().forEach((name, type) -> {
            if (required.isEmpty() || name.equals(Proofs.Jwt.TYPE)) {
                types.put(name, new ProofType(type.signingAlgorithms(), required));
            }
        });
        types.put(Proofs.Attestation.TYPE, new ProofType(signingAlgorithms, required));
        return configuration.withProofTypes(types);
    }
}
