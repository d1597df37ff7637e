package dev.intaglio.issuer.store;

import java.time.Instant;
import java.util.List;

/// Attestations that valid credentials rest on and whose status is looked at again. They come in with the issuances that name
/// them ([IssuanceOrigin#attestations]), in the same transaction, where the credentials can be taken back.
public interface WatchedAttestations {
    /// What the last look at a status found.
    enum Found {
        /// Nothing that speaks against it, or nobody has looked since credentials were last issued.
        NOTHING,
        SUSPENDED,
        /// For good: it is not looked at again.
        REVOKED
    }

    /// An attestation somebody is to look at.
    ///
    /// @param issuances how many issuances named it so far
    record Watched(AttestationReference reference, Found found, long issuances) {}

    /// Hands out attestations that nobody looked at since, whose credentials are still valid, and puts down that they are
    /// looked at now. Of any number of callers, one gets each.
    ///
    /// @param lookedAtBefore no earlier than
    List<Watched> take(Instant lookedAtBefore, Instant now, int atMost);

    /// Puts down what was found.
    ///
    /// @return false if another issuance named the attestation since it was taken: then nothing was put down, and what was
    ///     done about its credentials is to be done again
    boolean found(Watched watched, Found found);
}
