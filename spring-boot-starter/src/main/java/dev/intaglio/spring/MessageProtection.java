package dev.intaglio.spring;

import dev.intaglio.issuer.CredentialIssuer;
import dev.intaglio.issuer.encryption.EncryptionPolicy;
import dev.intaglio.issuer.proof.ProofPolicy;
import dev.intaglio.issuer.spi.DecryptionKeys;

/// What an issuer asks of messages beyond TLS: encryption, key proofs and key attestations.
record MessageProtection(EncryptionPolicy encryption, DecryptionKeys keys, ProofPolicy proofs) {
    void apply(CredentialIssuer.Builder builder) {
        builder.encryption(encryption, keys).proofs(proofs);
    }
}
