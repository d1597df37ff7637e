package dev.intaglio.issuer.proof;

import dev.intaglio.credential.KeyProofTypes;
import dev.intaglio.protocol.credential.Proofs;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.metadata.KeyAttestationsRequired;
import dev.intaglio.protocol.metadata.ProofType;
import dev.intaglio.protocol.proof.DidResolver;
import dev.intaglio.protocol.proof.KeyAttestation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What key proofs must satisfy beyond their form.
///
/// @param signingAlgorithms JOSE names, as announced in `proof_signing_alg_values_supported`
/// @param maxAge how old a proof may be by its `iat`
/// @param maxSkew how far ahead of ours a wallet's clock may be
/// @param keyAttestations whose key attestations are believed; without it none are, and keys are bound to by their own proof
/// @param types what is taken beside `jwt` and `attestation`
/// @param dids finds keys that proofs name by DIDs
/// @param attestationType the `typ` of key attestations
public record ProofPolicy(
        List<String> signingAlgorithms,
        Duration maxAge,
        Duration maxSkew,
        Optional<KeyAttestationPolicy> keyAttestations,
        KeyProofTypes types,
        DidResolver dids,
        String attestationType) {
    /// ES256, ES384, ES512 and EdDSA; five minutes old; one minute ahead; no key attestations; every type of proof of OpenID4VCI 1.0
    /// that is on the class path; DIDs that spell out their key.
    public static final ProofPolicy DEFAULT =
            new ProofPolicy(List.of("ES256", "ES384", "ES512", "EdDSA"), Duration.ofMinutes(5), Duration.ofMinutes(1));

    public ProofPolicy {
        signingAlgorithms = List.copyOf(signingAlgorithms);
    }

    public ProofPolicy(List<String> signingAlgorithms, Duration maxAge, Duration maxSkew) {
        this(
                signingAlgorithms,
                maxAge,
                maxSkew,
                Optional.empty(),
                KeyProofTypes.onClassPath().standard(),
                DidResolver.SELF_CONTAINED,
                KeyAttestation.TYPE);
    }

    public ProofPolicy withKeyAttestations(KeyAttestationPolicy policy) {
        return new ProofPolicy(signingAlgorithms, maxAge, maxSkew, Optional.of(policy), types, dids, attestationType);
    }

    /// Takes these types of proof beside `jwt` and `attestation`, and no others.
    public ProofPolicy withTypes(KeyProofTypes taken) {
        return new ProofPolicy(signingAlgorithms, maxAge, maxSkew, keyAttestations, taken, dids, attestationType);
    }

    public ProofPolicy withDids(DidResolver resolver) {
        return new ProofPolicy(signingAlgorithms, maxAge, maxSkew, keyAttestations, types, resolver, attestationType);
    }

    /// Takes key attestations of another `typ` than the standard's, and of no other.
    public ProofPolicy withAttestationType(String type) {
        return new ProofPolicy(signingAlgorithms, maxAge, maxSkew, keyAttestations, types, dids, type);
    }

    /// A configuration with everything that is said of proofs (§12.2.4): all types of proof this issuer takes and that can name a key
    /// the credential can be bound to, and which key attestations are required. A type of proof that cannot carry a required
    /// attestation is not offered, nor one that the definition does not name.
    ///
    /// @param named the only types taken for this configuration; empty for all of them
    /// @throws IllegalStateException if attestations are required that nobody is trusted to make, if a type is named that this issuer
    ///     does not take, or if of the types that are named none is left
    public CredentialConfiguration announce(
            String id,
            CredentialConfiguration configuration,
            Optional<KeyAttestationsRequired> required,
            Set<String> named) {
        if (required.isPresent() && (keyAttestations.isEmpty() || !configuration.bound())) {
            throw new IllegalStateException("the credential configuration " + id
                    + " requires key attestations, "
                    + (configuration.bound() ? "and no attester is trusted" : "but binds to no key"));
        }
        if (!configuration.bound()) {
            return configuration;
        }
        var announced = withProofs(withDidMethods(configuration), required);
        return named.isEmpty() ? announced : only(named, id, announced);
    }

    private CredentialConfiguration only(Set<String> named, String id, CredentialConfiguration configuration) {
        var taken = new TreeSet<>(Set.of(Proofs.Jwt.TYPE));
        keyAttestations.ifPresent(trusted -> taken.add(Proofs.Attestation.TYPE));
        types.all().forEach(type -> taken.add(type.identifier()));
        if (!taken.containsAll(named)) {
            throw new IllegalStateException("the definition of " + id + " has proof_types " + new TreeSet<>(named)
                    + ", and this issuer takes " + taken
                    + "; intaglio.key-proof.types adds some, and attesters that are trusted add attestation");
        }
        var left = new LinkedHashMap<>(configuration.proofTypes());
        left.keySet().retainAll(named);
        if (left.isEmpty()) {
            throw new IllegalStateException("the definition of " + id + " has proof_types " + new TreeSet<>(named)
                    + ", and for this configuration there is only "
                    + configuration.proofTypes().keySet());
        }
        return configuration.withProofTypes(left);
    }

    /// Where credentials can be bound to DIDs at all, then to all whose keys we find.
    private CredentialConfiguration withDidMethods(CredentialConfiguration configuration) {
        var methods = new LinkedHashSet<>(configuration.bindingMethods());
        if (methods.stream().anyMatch(method -> method.startsWith("did:"))) {
            dids.methods().stream().sorted().forEach(methods::add);
        }
        return configuration.withBindingMethods(List.copyOf(methods));
    }

    private CredentialConfiguration withProofs(
            CredentialConfiguration configuration, Optional<KeyAttestationsRequired> required) {
        var announced = new LinkedHashMap<String, ProofType>();
        configuration.proofTypes().forEach((name, type) -> {
            if (required.isEmpty() || name.equals(Proofs.Jwt.TYPE)) {
                announced.put(name, new ProofType(type.signingAlgorithms(), required));
            }
        });
        if (required.isEmpty()) {
            types.all().stream()
                    .filter(type -> type.fits(configuration.bindingMethods()))
                    .filter(type -> !type.signingAlgorithms(signingAlgorithms).isEmpty())
                    .forEach(type -> announced.put(
                            type.identifier(),
                            new ProofType(type.signingAlgorithms(signingAlgorithms), Optional.empty())));
        }
        if (keyAttestations.isPresent()) {
            announced.put(Proofs.Attestation.TYPE, new ProofType(signingAlgorithms, required));
        }
        return configuration.withProofTypes(announced);
    }
}
