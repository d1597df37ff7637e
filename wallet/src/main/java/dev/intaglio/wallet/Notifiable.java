package dev.intaglio.wallet;

import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.notification.NotificationRequest;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/// The credentials of one response, whose issuer would like to hear what became of them (§11). For [Wallet#tell], any number of
/// times as long as the access token is good.
public final class Notifiable {
    /// In `event_description` (§11.1): all but the printable ASCII characters without the quotation mark and the backslash.
    private static final Pattern NOT_ALLOWED = Pattern.compile("[^\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]");

    private final String configurationId;
    private final URI endpoint;
    private final String notificationId;
    private final Access access;

    Notifiable(String configurationId, URI endpoint, String notificationId, Access access) {
        this.configurationId = configurationId;
        this.endpoint = endpoint;
        this.notificationId = notificationId;
        this.access = access;
    }

    /// Of which configuration they are.
    public String configurationId() {
        return configurationId;
    }

    Response send(NotificationRequest.Event event, Optional<String> description) {
        var notification = new NotificationRequest(
                notificationId,
                event,
                description.map(text -> NOT_ALLOWED.matcher(text).replaceAll("?")));
        return access.send(Request.post(endpoint, notification.write()));
    }

    /// Without the identifier and the token.
    @Override
    public String toString() {
        return "Notifiable[" + configurationId + "]";
    }
}
