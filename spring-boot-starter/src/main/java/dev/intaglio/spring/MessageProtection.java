package dev.intaglio.spring;

import dev.intaglio.issuer.CredentialIssuer;
import dev.intaglio.issuer.encryption.EncryptionPolicy;
import dev.intaglio.issuer.proof.KeyAttestationPolicy;
import dev.intaglio.issuer.proof.ProofPolicy;
import dev.intaglio.issuer.spi.DecryptionKeys;
import java.util.Optional;

/// What an issuer asks of messages beyond TLS and key proofs: encryption, and key attestations.
record MessageProtection(
        EncryptionPolicy encryption, DecryptionKeys keys, Optional<KeyAttestationPolicy> keyAttestations) {
    void apply(CredentialIssuer.Builder builder) {
        builder.encryption(encryption, keys);
        keyAttestations.map(ProofPolicy.DEFAULT::withKeyAttestations).ifPresent(builder::proofs);
    }
}
