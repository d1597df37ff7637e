package dev.intaglio.spring;

import dev.intaglio.authorization.client.RegisteredClient;
import dev.intaglio.spring.AuthorizationProperties.Authentication;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The clients in `intaglio.clients`.
final class ConfiguredClients {
    private ConfiguredClients() {}

    /// @throws IllegalStateException naming the client that is wrong
    static List<RegisteredClient> of(AuthorizationProperties properties) throws IOException {
        var clients = new ArrayList<RegisteredClient>();
        for (var client : properties.clients()) {
            try {
                clients.add(new RegisteredClient(
                        client.clientId(),
                        client.name(),
                        client.redirectUris(),
                        method(client, properties.profile()),
                        client.dpopBoundAccessTokens()));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalStateException(
                        "the client '" + client.clientId() + "' of intaglio.clients: " + wrong.getMessage(), wrong);
            }
        }
        return List.copyOf(clients);
    }

    private static RegisteredClient.Method method(AuthorizationProperties.Client client, Profile profile)
            throws IOException {
        var keys = PublicJwks.of(client.jwks(), client.jwksFile());
        var without = profile == Profile.HAIP ? Authentication.ATTESTATION : Authentication.NONE;
        var authentication = client.authentication().orElse(keys.isEmpty() ? without : Authentication.PRIVATE_KEY_JWT);
        if (!keys.isEmpty() && authentication != Authentication.PRIVATE_KEY_JWT) {
            throw new IllegalArgumentException("jwks is for authentication=private-key-jwt alone");
        }
        return switch (authentication) {
            case NONE -> new RegisteredClient.Method.None();
            case ATTESTATION -> new RegisteredClient.Method.Attestation();
            case PRIVATE_KEY_JWT -> new RegisteredClient.Method.PrivateKeyJwt(keys);
        };
    }
}
