package dev.intaglio.storage.jdbc;

import dev.intaglio.issuer.store.IssuanceQuotas;
import java.time.Instant;

/// Counts of what was issued.
record JdbcIssuanceQuotas(Database database, String tenant) implements IssuanceQuotas {
    @Override
    public boolean take(String counter, int amount, int limit, Instant forgetAt) {
        return amount <= limit
                && database.run(
                        session -> session.update("""
                                insert into intaglio_issued_count (tenant, id, issued, expires_at) values (?, ?, ?, ?)
                                on conflict (tenant, id) do update set issued = intaglio_issued_count.issued + excluded.issued
                                where intaglio_issued_count.issued + excluded.issued <= ?
                                """, tenant, counter, amount, forgetAt.toEpochMilli(), limit) == 1);
    }

    @Override
    public void giveBack(String counter, int amount) {
        database.run(session -> session.update(
                "update intaglio_issued_count set issued = issued - ? where tenant = ? and id = ?",
                amount,
                tenant,
                counter));
    }
}
