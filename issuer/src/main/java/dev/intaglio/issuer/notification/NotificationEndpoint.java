package dev.intaglio.issuer.notification;

import dev.intaglio.issuer.accesstoken.ProtectedResource;
import dev.intaglio.issuer.spi.IssuanceListener;
import dev.intaglio.issuer.store.Notifications;
import dev.intaglio.issuer.store.Notifications.Outcome;
import dev.intaglio.protocol.credential.CredentialErrors;
import dev.intaglio.protocol.explanation.Shown;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.notification.NotificationRequest;
import java.time.Clock;

/// The notification endpoint (§11). A wallet may tell of credentials it got under the authorization of its access token, each
/// event as often as it likes; the first time counts.
public final class NotificationEndpoint implements Handler {
    /// Whoever has a token could otherwise fill the store.
    private static final int LONGEST_DESCRIPTION = 500;

    private final ProtectedResource protectedResource;
    private final Notifications notifications;
    private final IssuanceListener listener;
    private final Clock clock;

    public NotificationEndpoint(
            ProtectedResource protectedResource, Notifications notifications, IssuanceListener listener, Clock clock) {
        this.protectedResource = protectedResource;
        this.notifications = notifications;
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public Response handle(Request request) {
        var token = protectedResource.require(request); // §11.3
        var told = read(request);
        var outcome = notifications.record(
                told.notificationId(),
                token.authorizationId(),
                told.event(),
                told.eventDescription().map(NotificationEndpoint::bounded),
                clock.instant());
        switch (outcome) {
            case Outcome.First(var notification) -> listener.notified(notification);
            case Outcome.Repeated() -> {}
            case Outcome.Unknown() -> throw CredentialErrors.invalidNotificationId();
        }
        return Response.status(204).noStore(); // §11.2
    }

    private static NotificationRequest read(Request request) {
        if (!request.mediaType().equals("application/json")) {
            throw CredentialErrors.invalidNotificationRequest("a Notification Request is sent as application/json")
                    .expected("Content-Type: application/json")
                    .came("Content-Type: " + Shown.value(request.mediaType()));
        }
        try {
            return Json.readObject(request.body()).read(NotificationRequest::read);
        } catch (JsonException malformed) {
            throw CredentialErrors.invalidNotificationRequest(String.valueOf(malformed.getMessage()))
                    .expected(
                            "notification_id, and event: credential_accepted, credential_failure or credential_deleted");
        }
    }

    private static String bounded(String description) {
        return description.length() <= LONGEST_DESCRIPTION
                ? description
                : description.substring(0, LONGEST_DESCRIPTION);
    }
}
