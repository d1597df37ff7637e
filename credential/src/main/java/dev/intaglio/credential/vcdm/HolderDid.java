package dev.intaglio.credential.vcdm;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.credential.RejectedException;
import dev.intaglio.credential.Verification.Reason;
import dev.intaglio.protocol.proof.DidKeys;
import java.util.Optional;

/// The name of a holder in `credentialSubject.id`: the DID their wallet gave, or the one that their key makes (did:jwk).
final class HolderDid {
    private HolderDid() {}

    static String of(HolderKey key) {
        return key.identifier()
                .filter(name -> name.startsWith("did:"))
                .map(HolderDid::withoutFragment)
                .orElseGet(() -> DidKeys.didJwk(key.jwk()));
    }

    private static String withoutFragment(String didUrl) {
        var fragment = didUrl.indexOf('#');
        return fragment < 0 ? didUrl : didUrl.substring(0, fragment);
    }

    /// The key, where the DID spells it out.
    static Optional<JWK> key(String did) {
        if (!did.startsWith("did:jwk:") && !did.startsWith("did:key:")) {
            return Optional.empty();
        }
        try {
            return Optional.of(DidKeys.resolve(did));
        } catch (IllegalArgumentException unreadable) {
            throw new RejectedException(Reason.HOLDER_KEY, String.valueOf(unreadable.getMessage()));
        }
    }
}
