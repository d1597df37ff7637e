package dev.intaglio.storage.jdbc;

import dev.intaglio.issuer.store.Notification;
import dev.intaglio.issuer.store.Notifications;
import dev.intaglio.issuer.store.Page;
import dev.intaglio.issuer.store.Position;
import dev.intaglio.protocol.notification.NotificationRequest.Event;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// What wallets told about their credentials (§11).
record JdbcNotifications(Database database, String tenant) implements Notifications {
    @Override
    public Outcome record(
            String issuanceId, String authorizationId, Event event, Optional<String> description, Instant receivedAt) {
        return database.run(session -> {
            var configuration = session.first(
                    "select configuration_id from intaglio_issuance where tenant = ? and id = ? and authorization_id = ?",
                    row -> row.getString(1),
                    tenant,
                    issuanceId,
                    authorizationId);
            if (configuration.isEmpty()) {
                return new Outcome.Unknown();
            }
            var inserted = session.update(
                    """
                    insert into intaglio_notification
                        (tenant, id, configuration_id, issuance_id, event, description, received_at)
                    values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                    """,
                    tenant,
                    id(issuanceId, event),
                    configuration.get(),
                    issuanceId,
                    event.name(),
                    description.orElse(null),
                    receivedAt.toEpochMilli());
            return inserted == 1
                    ? new Outcome.First(
                            new Notification(issuanceId, configuration.get(), event, description, receivedAt))
                    : new Outcome.Repeated();
        });
    }

    @Override
    public Page<Notification> latest(Optional<Position> after, int atMost) {
        var from = After.latestFirst(after, "received_at", "id");
        var read = database.run(session -> session.all(
                "select * from intaglio_notification where tenant = ?" + from.condition() + from.order(),
                JdbcNotifications::read,
                from.with(atMost + 1, tenant)));
        return Page.of(read, atMost, told -> new Position(told.receivedAt(), id(told.issuanceId(), told.event())));
    }

    private static String id(String issuanceId, Event event) {
        return issuanceId + "/" + event.name();
    }

    private static Notification read(ResultSet row) throws SQLException {
        return new Notification(
                row.getString("issuance_id"),
                row.getString("configuration_id"),
                Event.valueOf(row.getString("event")),
                Optional.ofNullable(row.getString("description")),
                Instant.ofEpochMilli(row.getLong("received_at")));
    }
}
