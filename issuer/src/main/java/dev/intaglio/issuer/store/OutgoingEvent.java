package dev.intaglio.issuer.store;

import java.time.Instant;

/// Something another system is still to be told. No claim is in it, and no subject.
///
/// @param id the same however often it is told
/// @param target which of the systems
/// @param body as it will be sent
/// @param attempts how often it was tried, the one it was claimed for included
/// @param expiresAt when nobody tries any more
public record OutgoingEvent(String id, String target, String body, int attempts, Instant expiresAt) {
    @Override
    public String toString() {
        return "OutgoingEvent[" + id + ", " + target + ", attempts=" + attempts + "]";
    }
}
