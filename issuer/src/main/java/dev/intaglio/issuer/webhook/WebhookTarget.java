package dev.intaglio.issuer.webhook;

import java.net.URI;
import java.util.Base64;
import java.util.Set;

/// A system that wants to be told.
///
/// @param name tells it apart from others; in the store
/// @param address where events are posted to: https, or http on the same machine
/// @param secret shared with it, for signatures; at least 24 bytes
/// @param events the types of event it wants; empty for all
public record WebhookTarget(String name, URI address, byte[] secret, Set<String> events) {
    private static final int SHORTEST_SECRET = 24;
    private static final String PREFIX = "whsec_";

    public WebhookTarget {
        if (secret.length < SHORTEST_SECRET) {
            throw new IllegalArgumentException("the secret of the webhook " + name + " is shorter than "
                    + SHORTEST_SECRET + " bytes: it begins with whsec_, followed by base64");
        }
        var host = String.valueOf(address.getHost());
        var local = Set.of("127.0.0.1", "[::1]", "localhost").contains(host);
        if (!"https".equals(address.getScheme()) && !(local && "http".equals(address.getScheme()))) {
            throw new IllegalArgumentException("the address of the webhook " + name + " is not https");
        }
        secret = secret.clone();
        events = Set.copyOf(events);
        for (var event : events) {
            if (!Webhooks.TYPES.contains(event)) {
                throw new IllegalArgumentException(
                        "the webhook " + name + " wants " + event + "; there are " + Webhooks.TYPES);
            }
        }
    }

    /// @param secret `whsec_` and base64, as receivers' libraries take it
    public static WebhookTarget of(String name, URI address, String secret, Set<String> events) {
        if (!secret.startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                    "the secret of the webhook " + name + " begins with whsec_, followed by base64");
        }
        return new WebhookTarget(name, address, Base64.getDecoder().decode(secret.substring(PREFIX.length())), events);
    }

    boolean wants(String type) {
        return events.isEmpty() || events.contains(type);
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "WebhookTarget[" + name + "]";
    }
}
