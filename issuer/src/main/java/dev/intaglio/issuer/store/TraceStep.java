package dev.intaglio.issuer.store;

import java.time.Instant;
import java.util.Set;

/// One step of an issuance as it is remembered: without any secret, and without claims.
///
/// @param names hashes of what it is about; steps that share one belong together
/// @param offers hashes of the offers it is about, which several issuances may share
/// @param body what happened, as JSON
public record TraceStep(String id, Instant at, Set<String> names, Set<String> offers, String body, Instant expiresAt) {
    public TraceStep {
        names = Set.copyOf(names);
        offers = Set.copyOf(offers);
    }

    @Override
    public String toString() {
        return "TraceStep[" + id + "]";
    }
}
