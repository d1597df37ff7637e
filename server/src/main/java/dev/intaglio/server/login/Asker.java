package dev.intaglio.server.login;

import dev.intaglio.authorization.client.RegisteredClient;
import dev.intaglio.authorization.interaction.Interaction;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/// Who asks, as the page shows it. For templates.
///
/// @param name what the operator registered; otherwise what the wallet calls itself
/// @param id its `client_id`
/// @param registered whether the operator knows it by this name
/// @param destination the host the answer goes to, or the scheme an app opens
/// @param way `site`, `app` or `device`: what is at the destination
record Asker(String name, String id, boolean registered, String destination, String way) {
    static Asker of(Interaction interaction, Optional<RegisteredClient> client) {
        var uri = URI.create(interaction.redirectUri());
        var host = Optional.ofNullable(uri.getHost()).orElse("");
        return new Asker(
                client.flatMap(RegisteredClient::name).orElse(interaction.clientId()),
                interaction.clientId(),
                client.isPresent(),
                uri.getScheme().equalsIgnoreCase("https") ? host : uri.getScheme(),
                switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
                    case "https" -> "site";
                    case "http" -> "device";
                    default -> "app";
                });
    }
}
