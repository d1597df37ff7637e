package dev.intaglio.storage.jdbc;

import dev.intaglio.issuer.store.AttestationReference;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.WatchedAttestations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Attestations whose status is looked at again.
record JdbcWatchedAttestations(Database database, String tenant) implements WatchedAttestations {
    private record Candidate(String reference, long lookedAt) {}

    @Override
    public List<Watched> take(Instant lookedAtBefore, Instant now, int atMost) {
        var candidates = database.run(session -> session.all(
                """
                select reference, looked_at from intaglio_watched_attestation
                where tenant = ? and looked_at < ? and watched_until > ? and found <> ? order by looked_at limit ?
                """,
                row -> new Candidate(row.getString(1), row.getLong(2)),
                tenant,
                lookedAtBefore.toEpochMilli(),
                now.toEpochMilli(),
                Found.REVOKED.name(),
                atMost));
        var taken = new ArrayList<Watched>();
        for (var candidate : candidates) {
            database.run(session -> session.first(
                            """
                            update intaglio_watched_attestation set looked_at = ?
                            where tenant = ? and reference = ? and looked_at = ? returning status, found, issuances
                            """,
                            JdbcWatchedAttestations::watched,
                            now.toEpochMilli(),
                            tenant,
                            candidate.reference(),
                            candidate.lookedAt()))
                    .ifPresent(taken::add);
        }
        return taken;
    }

    private static Watched watched(ResultSet row) throws SQLException {
        return new Watched(
                AttestationReference.read(JsonColumns.object(row.getString("status"))),
                Found.valueOf(row.getString("found")),
                row.getLong("issuances"));
    }

    @Override
    public boolean found(Watched watched, Found found) {
        return database.run(session ->
                session.update("""
                        update intaglio_watched_attestation set found = ?
                        where tenant = ? and reference = ? and issuances = ?
                        """, found.name(), tenant, watched.reference().id(), watched.issuances()) == 1);
    }

    /// Within the transaction of the issuance. Credentials that cannot be taken back need not be found.
    static void add(Session session, String tenant, IssuanceRecord issuance) throws SQLException {
        if (issuance.status().isEmpty()) {
            return;
        }
        var until = issuance.signed()
                .map(signed -> signed.validUntil().toEpochMilli())
                .orElse(Long.MAX_VALUE);
        // Always in the same order: two issuances that wait for each other's rows would wait for ever.
        var references = issuance.origin().attestations().stream()
                .sorted(Comparator.comparing(AttestationReference::id))
                .toList();
        for (var reference : references) {
            session.update(
                    "insert into intaglio_issuance_attestation (tenant, issuance_id, reference, issued_at)"
                            + " values (?, ?, ?, ?) on conflict do nothing",
                    tenant,
                    issuance.id(),
                    reference.id(),
                    issuance.issuedAt().toEpochMilli());
            session.update(
                    """
                    insert into intaglio_watched_attestation
                        (tenant, reference, status, watched_until, issuances, looked_at, found)
                    values (?, ?, ?, ?, 1, ?, ?)
                    on conflict (tenant, reference) do update set
                        watched_until = case when excluded.watched_until > intaglio_watched_attestation.watched_until
                            then excluded.watched_until else intaglio_watched_attestation.watched_until end,
                        issuances = intaglio_watched_attestation.issuances + 1,
                        found = excluded.found
                    """,
                    tenant,
                    reference.id(),
                    reference.write().text(),
                    until,
                    issuance.issuedAt().toEpochMilli(),
                    Found.NOTHING.name());
        }
    }
}
