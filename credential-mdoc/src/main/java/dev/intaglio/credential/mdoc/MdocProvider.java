package dev.intaglio.credential.mdoc;

import dev.intaglio.credential.CredentialFormat;
import dev.intaglio.credential.CredentialFormatProvider;
import dev.intaglio.credential.CredentialVerifier;
import dev.intaglio.protocol.proof.KeyProofType;
import java.security.SecureRandom;
import java.util.List;

/// Brings `mso_mdoc`, and key proofs in COSE.
public final class MdocProvider implements CredentialFormatProvider {
    @Override
    public List<CredentialFormat> formats(SecureRandom random) {
        return List.of(new MsoMdocFormat(random));
    }

    @Override
    public List<CredentialVerifier> verifiers() {
        return List.of(new MdocVerifier());
    }

    @Override
    public List<KeyProofType> keyProofTypes() {
        return List.of(new CwtKeyProof());
    }
}
