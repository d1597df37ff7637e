package dev.intaglio.issuer.proof;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.issuer.spi.KeyAttestationStatus;
import dev.intaglio.keys.TrustAnchors;
import java.util.List;

/// Whose key attestations are believed.
///
/// @param attesters who certifies attesters, for attestations with `x5c` (HAIP §4.5.1)
/// @param attesterKeys keys of attesters, for attestations without `x5c`
/// @param status asked where an attestation has a `status`
public record KeyAttestationPolicy(TrustAnchors attesters, List<JWK> attesterKeys, KeyAttestationStatus status) {
    public KeyAttestationPolicy {
        attesterKeys = List.copyOf(attesterKeys);
    }

    /// Attesters with certificates; status is not checked.
    public static KeyAttestationPolicy trusting(TrustAnchors attesters) {
        return new KeyAttestationPolicy(attesters, List.of(), KeyAttestationStatus.unchecked());
    }

    /// Attesters known by their keys; status is not checked.
    public static KeyAttestationPolicy trusting(List<JWK> attesterKeys) {
        return new KeyAttestationPolicy(TrustAnchors.none(), attesterKeys, KeyAttestationStatus.unchecked());
    }

    public KeyAttestationPolicy withStatus(KeyAttestationStatus source) {
        return new KeyAttestationPolicy(attesters, attesterKeys, source);
    }
}
