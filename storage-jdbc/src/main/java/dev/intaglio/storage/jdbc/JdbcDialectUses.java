package dev.intaglio.storage.jdbc;

import dev.intaglio.issuer.store.DialectUse;
import dev.intaglio.issuer.store.DialectUses;
import dev.intaglio.protocol.jose.SignedJwt;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Counts of who spoke what.
record JdbcDialectUses(Database database, String tenant) implements DialectUses {
    private static final int MOST = 1_000;

    @Override
    public void add(List<DialectUse> uses) {
        if (uses.isEmpty()) {
            return;
        }
        var rows = new ArrayList<Object[]>();
        // In the order of their keys: two nodes that add the same at once would else wait for each other.
        uses.stream()
                .sorted(Comparator.comparing(JdbcDialectUses::id))
                .forEach(use -> rows.add(new Object[] {
                    tenant,
                    id(use),
                    use.dialect(),
                    use.clientId(),
                    use.attester(),
                    use.agent(),
                    use.issuances(),
                    use.refusals(),
                    use.first().toEpochMilli(),
                    use.last().toEpochMilli()
                }));
        database.transaction(session -> {
            session.updateEach("""
                    insert into intaglio_dialect_use
                        (tenant, id, dialect, client, attester, agent, issuances, refusals, first_at, last_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (tenant, id) do update set
                        issuances = intaglio_dialect_use.issuances + excluded.issuances,
                        refusals = intaglio_dialect_use.refusals + excluded.refusals,
                        last_at = case when intaglio_dialect_use.last_at > excluded.last_at
                            then intaglio_dialect_use.last_at else excluded.last_at end
                    """, rows);
            return true;
        });
    }

    private static String id(DialectUse use) {
        return SignedJwt.sha256(String.join("\0", use.dialect(), use.clientId(), use.attester(), use.agent())
                .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<DialectUse> all() {
        return database.run(session -> session.all(
                """
                select dialect, client, attester, agent, issuances, refusals, first_at, last_at
                from intaglio_dialect_use where tenant = ? order by last_at desc, id limit ?
                """,
                row -> new DialectUse(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getLong(5),
                        row.getLong(6),
                        Instant.ofEpochMilli(row.getLong(7)),
                        Instant.ofEpochMilli(row.getLong(8))),
                tenant,
                MOST));
    }
}
