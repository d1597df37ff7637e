package dev.intaglio.authorization.client;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.keys.TrustAnchors;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Which Client Attestations are good enough.
///
/// @param attesterKeys keys of attesters, for attestations without `x5c`
/// @param attesters who certifies attesters, for attestations with `x5c` (HAIP §4.4.1)
/// @param challengeRequired whether a PoP must carry a challenge of ours
/// @param longestAge attestations made longer ago are not fresh; without it `exp` alone counts
/// @param status who knows whether attestations are revoked; without it only their time ends them
/// @param issuerRequired whether `iss` must be there, as draft -07 wants and later ones do not
public record AttestationPolicy(
        List<JWK> attesterKeys,
        TrustAnchors attesters,
        boolean challengeRequired,
        Optional<Duration> longestAge,
        Optional<AttestationStatus> status,
        boolean issuerRequired) {
    public AttestationPolicy {
        attesterKeys = List.copyOf(attesterKeys);
    }

    /// Attesters with certificates; no challenge is asked for.
    public static AttestationPolicy trusting(TrustAnchors attesters) {
        return new AttestationPolicy(List.of(), attesters, false, Optional.empty(), Optional.empty(), true);
    }

    /// Attesters known by their keys; no challenge is asked for.
    public static AttestationPolicy trusting(List<JWK> attesterKeys) {
        return new AttestationPolicy(
                attesterKeys, TrustAnchors.none(), false, Optional.empty(), Optional.empty(), true);
    }

    public AttestationPolicy withChallenge() {
        return new AttestationPolicy(attesterKeys, attesters, true, longestAge, status, issuerRequired);
    }

    public AttestationPolicy withLongestAge(Duration age) {
        return new AttestationPolicy(
                attesterKeys, attesters, challengeRequired, Optional.of(age), status, issuerRequired);
    }

    public AttestationPolicy withStatus(AttestationStatus source) {
        return new AttestationPolicy(
                attesterKeys, attesters, challengeRequired, longestAge, Optional.of(source), issuerRequired);
    }

    public AttestationPolicy withoutIssuer() {
        return new AttestationPolicy(attesterKeys, attesters, challengeRequired, longestAge, status, false);
    }
}
