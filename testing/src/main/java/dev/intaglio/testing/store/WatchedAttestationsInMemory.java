package dev.intaglio.testing.store;

import dev.intaglio.issuer.store.AttestationReference;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.WatchedAttestations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Attestations whose status is looked at again, in memory.
final class WatchedAttestationsInMemory implements WatchedAttestations {
    private record Row(Watched watched, Instant until, Instant lookedAt) {}

    private final Map<String, Row> rows = new LinkedHashMap<>();

    synchronized void add(IssuanceRecord issuance) {
        if (issuance.status().isEmpty()) {
            return;
        }
        var until = issuance.signed().map(IssuanceRecord.Signed::validUntil).orElse(Instant.MAX);
        for (var reference : issuance.origin().attestations()) {
            rows.merge(
                    reference.id(),
                    new Row(new Watched(reference, Found.NOTHING, 1), until, issuance.issuedAt()),
                    WatchedAttestationsInMemory::again);
        }
    }

    private static Row again(Row before, Row now) {
        AttestationReference reference = before.watched().reference();
        return new Row(
                new Watched(reference, Found.NOTHING, before.watched().issuances() + 1),
                now.until().isAfter(before.until()) ? now.until() : before.until(),
                before.lookedAt());
    }

    @Override
    public synchronized List<Watched> take(Instant lookedAtBefore, Instant now, int atMost) {
        var taken = new ArrayList<Watched>();
        rows.replaceAll((id, row) -> {
            var due = row.lookedAt().isBefore(lookedAtBefore)
                    && row.until().isAfter(now)
                    && row.watched().found() != Found.REVOKED
                    && taken.size() < atMost;
            if (!due) {
                return row;
            }
            taken.add(row.watched());
            return new Row(row.watched(), row.until(), now);
        });
        return taken;
    }

    @Override
    public synchronized boolean found(Watched watched, Found found) {
        var row = rows.get(watched.reference().id());
        if (row == null || row.watched().issuances() != watched.issuances()) {
            return false;
        }
        rows.put(
                watched.reference().id(),
                new Row(new Watched(watched.reference(), found, watched.issuances()), row.until(), row.lookedAt()));
        return true;
    }
}
