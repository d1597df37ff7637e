package dev.intaglio.credential.vcdm;

import dev.intaglio.credential.CredentialFormat;
import dev.intaglio.credential.CredentialFormatProvider;
import dev.intaglio.credential.CredentialVerifier;
import java.security.SecureRandom;
import java.util.List;

/// Brings `jwt_vc_json`, `jwt_vc_json-ld`, `vc+jwt` and `vc+sd-jwt`.
public final class VcdmProvider implements CredentialFormatProvider {
    @Override
    public List<CredentialFormat> formats(SecureRandom random) {
        return List.of(
                JwtVcFormat.jwtVcJson(random),
                JwtVcFormat.jwtVcJsonLd(random),
                JwtVcFormat.vcJwt(random),
                new VcSdJwtFormat(random));
    }

    @Override
    public List<CredentialVerifier> verifiers() {
        return List.of(new JwtVcVerifier(), new VcSdJwtVerifier());
    }
}
