package dev.intaglio.storage.jdbc;

import dev.intaglio.issuer.store.Leases;
import java.time.Duration;
import java.time.Instant;

/// Work for one node at a time.
record JdbcLeases(Database database, String tenant) implements Leases {
    @Override
    public boolean take(String name, String holder, Instant now, Duration length) {
        return database.run(session ->
                session.update("""
                        insert into intaglio_lease (tenant, name, holder, expires_at) values (?, ?, ?, ?)
                        on conflict (tenant, name) do update set holder = excluded.holder, expires_at = excluded.expires_at
                        where intaglio_lease.holder = excluded.holder or intaglio_lease.expires_at <= ?
                        """, tenant, name, holder, now.plus(length).toEpochMilli(), now.toEpochMilli()) == 1);
    }

    @Override
    public void release(String name, String holder) {
        database.run(session -> session.update(
                "delete from intaglio_lease where tenant = ? and name = ? and holder = ?", tenant, name, holder));
    }
}
