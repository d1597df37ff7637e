package dev.intaglio.credential.vcdm;

import dev.intaglio.credential.CredentialStatus;
import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.IssuerIdentification;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The registered claims that a JWT has beside the credential in it (VC-JOSE-COSE §3.1.3): who signed, how long the signature is
/// good, whose key the credential is bound to.
final class JwtClaims {
    private JwtClaims() {}

    static Map<String, @Nullable Object> beside(Issuance issuance) {
        var claims = new LinkedHashMap<String, @Nullable Object>();
        claims.put("iss", IssuerIdentification.issuer(issuance));
        claims.put("iat", issuance.validFrom().getEpochSecond());
        claims.put("exp", issuance.validUntil().getEpochSecond());
        issuance.holderKey()
                .ifPresent(key ->
                        claims.put("cnf", Map.of("jwk", key.jwk().toPublicJWK().getRequiredParams())));
        issuance.status()
                .flatMap(CredentialStatus::statusList)
                .ifPresent(list -> claims.put("status", list.claim())); // Token Status List §6.2
        return claims;
    }
}
