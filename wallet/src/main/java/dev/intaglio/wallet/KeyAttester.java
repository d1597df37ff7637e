package dev.intaglio.wallet;

import com.nimbusds.jose.jwk.JWK;
import java.util.List;
import java.util.Optional;

/// Who attests the keys of this wallet: its provider, or the storage the keys are in (App. D). Called once for each
/// Credential Request that needs an attestation; may block.
///
/// ```java
/// KeyAttester attester = (keys, nonce) -> KeyAttestation.make(providerKey, keys, clock.instant(), claims(nonce));
/// ```
@FunctionalInterface
public interface KeyAttester {
    /// @param keys the public keys that credentials are to be bound to
    /// @param nonce to go into the attestation, if the issuer has a nonce endpoint
    /// @return a key attestation in JWT format, with `exp`
    String attest(List<JWK> keys, Optional<String> nonce);
}
