package dev.intaglio.storage.jdbc;

import dev.intaglio.issuer.store.KeyStates;
import dev.intaglio.issuer.store.LogEvent;
import dev.intaglio.keys.KeyUse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// Which key signs.
record JdbcKeyStates(Database database, String tenant) implements KeyStates {
    @Override
    public List<KeyState> all() {
        return database.run(session ->
                session.all("select * from intaglio_key_state where tenant = ?", JdbcKeyStates::read, tenant));
    }

    @Override
    public void adopt(KeyUse use, String key, Instant now) {
        database.run(session -> session.update("""
                insert into intaglio_key_state (tenant, key_use, kid, state, since)
                select cast(? as text), cast(? as text), cast(? as text), 'ACTIVE', cast(? as bigint)
                where not exists (select 1 from intaglio_key_state where tenant = ? and key_use = ? and state = 'ACTIVE')
                on conflict do nothing
                """, tenant, use.name(), key, now.toEpochMilli(), tenant, use.name()));
    }

    @Override
    public boolean stage(KeyUse use, String key, Instant now, LogEvent event) {
        return database.transaction(session -> session.update("""
                                insert into intaglio_key_state (tenant, key_use, kid, state, since) values (?, ?, ?, 'NEXT', ?)
                                on conflict (tenant, key_use, kid) do update set state = 'NEXT', since = excluded.since
                                where intaglio_key_state.state = 'GONE'
                                """, tenant, use.name(), key, now.toEpochMilli()) == 1
                && JdbcLog.insert(session, tenant, event) == 1);
    }

    @Override
    public boolean activate(KeyUse use, String key, Instant publishedBefore, Instant now, LogEvent event) {
        return database.transaction(session -> session.update("""
                                update intaglio_key_state set state = 'RETIRED', since = ?
                                where tenant = ? and key_use = ? and state = 'ACTIVE'
                                """, now.toEpochMilli(), tenant, use.name()) == 1
                && session.update("""
                                update intaglio_key_state set state = 'ACTIVE', since = ?
                                where tenant = ? and key_use = ? and kid = ? and state = 'NEXT' and since <= ?
                                """, now.toEpochMilli(), tenant, use.name(), key, publishedBefore.toEpochMilli()) == 1
                && JdbcLog.insert(session, tenant, event) == 1);
    }

    @Override
    public boolean rollBack(KeyUse use, String active, String retired, Instant now, LogEvent event) {
        return database.transaction(session -> become(session, use, active, "ACTIVE", "NEXT", now)
                && become(session, use, retired, "RETIRED", "ACTIVE", now)
                && JdbcLog.insert(session, tenant, event) == 1);
    }

    private boolean become(Session session, KeyUse use, String key, String from, String to, Instant now)
            throws SQLException {
        return session.update("""
                        update intaglio_key_state set state = ?, since = ?
                        where tenant = ? and key_use = ? and kid = ? and state = ?
                        """, to, now.toEpochMilli(), tenant, use.name(), key, from) == 1;
    }

    @Override
    public boolean remove(KeyUse use, String key, Instant now, LogEvent event) {
        return database.transaction(session ->
                (become(session, use, key, "NEXT", "GONE", now) || become(session, use, key, "RETIRED", "GONE", now))
                        && JdbcLog.insert(session, tenant, event) == 1);
    }

    private static KeyState read(ResultSet row) throws SQLException {
        return new KeyState(
                KeyUse.valueOf(row.getString("key_use")),
                row.getString("kid"),
                State.valueOf(row.getString("state")),
                Instant.ofEpochMilli(row.getLong("since")));
    }
}
