package dev.intaglio.issuer.store;

import dev.intaglio.protocol.notification.NotificationRequest.Event;
import java.time.Instant;
import java.util.Optional;

/// What a wallet told about the credentials of one response (§11).
///
/// @param issuanceId the [IssuanceRecord] the wallet named as `notification_id`
/// @param description the wallet's words, for a developer; no statement of ours
public record Notification(
        String issuanceId, String configurationId, Event event, Optional<String> description, Instant receivedAt) {
    /// Without the wallet's words.
    @Override
    public String toString() {
        return "Notification[" + issuanceId + ", " + event + "]";
    }
}
