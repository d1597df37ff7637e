package dev.intaglio.credential.sdjwtvc;

import dev.intaglio.credential.CredentialFormat;
import dev.intaglio.credential.CredentialFormatProvider;
import dev.intaglio.credential.CredentialVerifier;
import java.security.SecureRandom;
import java.util.List;

/// Brings `dc+sd-jwt`.
public final class SdJwtVcProvider implements CredentialFormatProvider {
    @Override
    public List<CredentialFormat> formats(SecureRandom random) {
        return List.of(new SdJwtVcFormat(random));
    }

    @Override
    public List<CredentialVerifier> verifiers() {
        return List.of(new SdJwtVcVerifier());
    }
}
