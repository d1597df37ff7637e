package dev.intaglio.storage.jdbc;

import dev.intaglio.protocol.dpop.ReplayGuard;
import java.sql.SQLException;
import java.time.Instant;

/// Used values of one kind.
record JdbcReplayGuard(Database database, String tenant, String kind) implements ReplayGuard {
    @Override
    public boolean firstUse(String value, Instant forgetAt) {
        return database.run(session -> insert(session, tenant, kind, value, forgetAt));
    }

    /// @return whether the value was new
    static boolean insert(Session session, String tenant, String kind, String value, Instant forgetAt)
            throws SQLException {
        var inserted = session.update(
                "insert into intaglio_used_value (tenant, value, forget_at) values (?, ?, ?) on conflict do nothing",
                tenant,
                kind + "/" + value,
                forgetAt.toEpochMilli());
        return inserted == 1;
    }
}
