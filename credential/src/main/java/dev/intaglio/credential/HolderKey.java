package dev.intaglio.credential;

import com.nimbusds.jose.jwk.JWK;
import java.util.Optional;

/// The key a credential is bound to, as a verified key proof showed it.
///
/// @param jwk the public key
/// @param identifier how the wallet named the key, if it did not show it plainly: a DID URL
public record HolderKey(JWK jwk, Optional<String> identifier) {
    public HolderKey {
        if (jwk.isPrivate() || jwk.toPublicJWK() == null) {
            throw new IllegalArgumentException("a holder key is the public half of an asymmetric key");
        }
    }

    public HolderKey(JWK jwk) {
        this(jwk, Optional.empty());
    }
}
