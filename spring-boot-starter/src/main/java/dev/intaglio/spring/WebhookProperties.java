package dev.intaglio.spring;

import dev.intaglio.issuer.webhook.WebhookTarget;
import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Systems to be told of what happens to credentials.
///
/// @param webhooks The systems, by a name of your choice.
@ConfigurationProperties("intaglio")
public record WebhookProperties(Map<String, Webhook> webhooks) {
    public WebhookProperties {
        webhooks = orEmpty(webhooks);
    }

    private static Map<String, Webhook> orEmpty(@Nullable Map<String, Webhook> bound) {
        return bound == null ? Map.of() : new LinkedHashMap<>(bound);
    }

    /// @param url Where events are posted to: https, or http on this machine.
    /// @param secret For the signatures: whsec_ and at least 24 bytes in base64.
    /// @param events Which events (credential.issued, credential.deferred, credential.notified); all by default.
    public record Webhook(
            @DefaultValue("") String url,
            @DefaultValue("") String secret,
            @DefaultValue List<String> events) {
        /// Without the secret.
        @Override
        public String toString() {
            return "Webhook[" + events + "]";
        }
    }

    List<WebhookTarget> targets() {
        return webhooks.entrySet().stream()
                .map(entry -> WebhookTarget.of(
                        entry.getKey(),
                        URI.create(entry.getValue().url()),
                        entry.getValue().secret(),
                        new HashSet<>(entry.getValue().events())))
                .toList();
    }
}
