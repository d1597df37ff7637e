package dev.intaglio.protocol.notification;

import dev.intaglio.protocol.json.JsonObject;
import java.util.Optional;

/// What became of credentials in a wallet (§11.1).
public record NotificationRequest(String notificationId, Event event, Optional<String> eventDescription) {
    /// The events of the standard; their names are case-sensitive.
    public enum Event {
        CREDENTIAL_ACCEPTED("credential_accepted"),
        CREDENTIAL_FAILURE("credential_failure"),
        CREDENTIAL_DELETED("credential_deleted");

        private final String value;

        Event(String value) {
            this.value = value;
        }

        /// As it stands on the wire.
        public String value() {
            return value;
        }

        static Event read(String value) {
            for (var event : values()) {
                if (event.value.equals(value)) {
                    return event;
                }
            }
            throw new IllegalArgumentException(
                    "event is none of credential_accepted, credential_failure, credential_deleted");
        }
    }

    /// @throws IllegalArgumentException naming the member that is wrong
    public static NotificationRequest read(JsonObject json) {
        return new NotificationRequest(
                json.string("notification_id"),
                Event.read(json.string("event")),
                json.optionalString("event_description"));
    }

    public JsonObject write() {
        return JsonObject.builder()
                .put("notification_id", notificationId)
                .put("event", event.value)
                .putIf("event_description", eventDescription)
                .build();
    }
}
