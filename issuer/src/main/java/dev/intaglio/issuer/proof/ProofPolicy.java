package dev.intaglio.issuer.proof;

import java.time.Duration;
import java.util.List;

/// What key proofs must satisfy beyond their form.
///
/// @param signingAlgorithms JOSE names, as announced in `proof_signing_alg_values_supported`
/// @param maxAge how old a proof may be by its `iat`
/// @param maxSkew how far ahead of ours a wallet's clock may be
public record ProofPolicy(List<String> signingAlgorithms, Duration maxAge, Duration maxSkew) {
    /// ES256, ES384, ES512 and EdDSA; five minutes old; one minute ahead.
    public static final ProofPolicy DEFAULT =
            new ProofPolicy(List.of("ES256", "ES384", "ES512", "EdDSA"), Duration.ofMinutes(5), Duration.ofMinutes(1));

    public ProofPolicy {
        signingAlgorithms = List.copyOf(signingAlgorithms);
    }
}
