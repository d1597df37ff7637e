package dev.intaglio.drafts.issuer;

import dev.intaglio.issuer.spi.DialectProvider;
import dev.intaglio.issuer.spi.Dialects;

/// Brings the drafts to an issuer.
public final class ServedDrafts implements DialectProvider {
    @Override
    public Dialects open(Settings settings, Surroundings surroundings) {
        return new DraftFront(Accepted.of(settings, surroundings.clock()), surroundings);
    }
}
