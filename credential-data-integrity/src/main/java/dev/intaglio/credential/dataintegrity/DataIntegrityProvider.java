package dev.intaglio.credential.dataintegrity;

import dev.intaglio.credential.CredentialFormat;
import dev.intaglio.credential.CredentialFormatProvider;
import dev.intaglio.credential.CredentialVerifier;
import dev.intaglio.protocol.proof.KeyProofType;
import java.security.SecureRandom;
import java.util.List;

/// Brings `ldp_vc` and proofs by presentation, with the contexts of the standards.
public final class DataIntegrityProvider implements CredentialFormatProvider {
    @Override
    public List<CredentialFormat> formats(SecureRandom random) {
        return List.of(new LdpVcFormat(random, Contexts.shipped()));
    }

    @Override
    public List<CredentialVerifier> verifiers() {
        return List.of(new LdpVcVerifier(Contexts.shipped()));
    }

    @Override
    public List<KeyProofType> keyProofTypes() {
        return List.of(
                PresentationKeyProof.dataIntegrity(Contexts.shipped()), PresentationKeyProof.older(Contexts.shipped()));
    }
}
