package dev.intaglio.protocol.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("§11.1 Notification Request")
class NotificationRequestTest {
    @ParameterizedTest
    @EnumSource
    @DisplayName("of each event is read as it was written")
    void roundTrip(NotificationRequest.Event event) {
        for (var description : new String[] {"", "could not be stored"}) {
            var request = new NotificationRequest(
                    "id", event, Optional.of(description).filter(text -> !text.isEmpty()));
            assertThat(Json.readObject(request.write().bytes()).read(NotificationRequest::read))
                    .isEqualTo(request);
        }
    }

    @Test
    @DisplayName("may have members nobody knows")
    void unknownMembers() {
        var request = Json.readObject("{\"notification_id\":\"a\",\"event\":\"credential_deleted\",\"foo\":1}")
                .read(NotificationRequest::read);
        assertThat(request.event()).isEqualTo(NotificationRequest.Event.CREDENTIAL_DELETED);
    }

    @ParameterizedTest
    @DisplayName("without an id, or with an event spelt in another way, is refused")
    @ValueSource(
            strings = {
                "{}",
                "{\"event\":\"credential_accepted\"}",
                "{\"notification_id\":\"a\"}",
                "{\"notification_id\":\"a\",\"event\":\"Credential_Accepted\"}",
                "{\"notification_id\":\"a\",\"event\":\"\"}",
                "{\"notification_id\":1,\"event\":\"credential_accepted\"}"
            })
    void refused(String json) {
        assertThatThrownBy(() -> Json.readObject(json).read(NotificationRequest::read))
                .isInstanceOf(JsonException.class);
    }
}
