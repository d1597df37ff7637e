package dev.intaglio.storage.jdbc;

import dev.intaglio.issuer.store.OutgoingEvent;
import dev.intaglio.issuer.store.OutgoingEvents;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What other systems are still to be told.
record JdbcOutgoingEvents(Database database, String tenant) implements OutgoingEvents {
    @Override
    public void add(OutgoingEvent event, Instant now) {
        database.run(session -> session.update(
                """
                insert into intaglio_outgoing_event (tenant, id, target, body, attempts, next_attempt_at, expires_at)
                values (?, ?, ?, ?, ?, ?, ?)
                """,
                tenant,
                event.id(),
                event.target(),
                event.body(),
                event.attempts(),
                now.toEpochMilli(),
                event.expiresAt().toEpochMilli()));
    }

    /// What is due is asked twice: of two nodes that chose the same rows, the second finds them changed and takes none.
    @Override
    public List<OutgoingEvent> claim(int atMost, Instant now, Duration lease) {
        return database.run(session -> session.all(
                """
                update intaglio_outgoing_event set attempts = attempts + 1, next_attempt_at = ?
                where tenant = ? and next_attempt_at <= ? and id in (
                    select id from intaglio_outgoing_event
                    where tenant = ? and next_attempt_at <= ? and expires_at > ? order by next_attempt_at limit ?)
                returning *
                """,
                JdbcOutgoingEvents::read,
                now.plus(lease).toEpochMilli(),
                tenant,
                now.toEpochMilli(),
                tenant,
                now.toEpochMilli(),
                now.toEpochMilli(),
                atMost));
    }

    @Override
    public void done(OutgoingEvent event) {
        database.run(session ->
                session.update("delete from intaglio_outgoing_event where tenant = ? and id = ?", tenant, event.id()));
    }

    @Override
    public void retry(OutgoingEvent event, Instant at) {
        database.run(session -> session.update(
                "update intaglio_outgoing_event set next_attempt_at = ? where tenant = ? and id = ? and attempts = ?",
                at.toEpochMilli(),
                tenant,
                event.id(),
                event.attempts()));
    }

    private static OutgoingEvent read(ResultSet row) throws SQLException {
        return new OutgoingEvent(
                row.getString("id"),
                row.getString("target"),
                row.getString("body"),
                row.getInt("attempts"),
                Instant.ofEpochMilli(row.getLong("expires_at")));
    }
}
