package dev.intaglio.issuer.store;

import dev.intaglio.protocol.notification.NotificationRequest.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Remembers what wallets told about their credentials: of each issuance each event once.
public interface Notifications {
    /// What came of a notification.
    sealed interface Outcome {
        /// It is the first of its kind, and was kept.
        record First(Notification notification) implements Outcome {}

        /// The same event was told before: nothing has changed.
        record Repeated() implements Outcome {}

        /// There is no such issuance under this authorization.
        record Unknown() implements Outcome {}
    }

    /// Keeps an event, in one atomic step. Of any number of callers with the same event, one gets [Outcome.First].
    ///
    /// @param authorizationId the authorization of whoever tells it; must be that of the issuance
    Outcome record(
            String issuanceId, String authorizationId, Event event, Optional<String> description, Instant receivedAt);

    /// The latest ones first.
    ///
    /// @param atMost 1 or more
    Page<Notification> latest(Optional<Position> after, int atMost);

    /// The very latest.
    default List<Notification> latest(int atMost) {
        return latest(Optional.empty(), atMost).items();
    }
}
