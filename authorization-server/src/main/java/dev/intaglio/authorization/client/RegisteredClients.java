package dev.intaglio.authorization.client;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds registered clients. Called for each request that names one; may look into a database.
@FunctionalInterface
public interface RegisteredClients {
    Optional<RegisteredClient> find(String id);

    /// Whether any of them authenticates by `private_key_jwt`: then the metadata lists the method.
    default boolean signing() {
        return true;
    }

    /// Nobody is registered.
    static RegisteredClients none() {
        return of(List.of());
    }

    /// @throws IllegalArgumentException if two have the same identifier
    static RegisteredClients of(Collection<RegisteredClient> clients) {
        Map<String, RegisteredClient> byId = new HashMap<>();
        for (var client : clients) {
            if (byId.putIfAbsent(client.id(), client) != null) {
                throw new IllegalArgumentException("two clients are registered as " + client.id());
            }
        }
        return new Listed(Map.copyOf(byId));
    }

    /// Clients from a configuration.
    record Listed(Map<String, RegisteredClient> byId) implements RegisteredClients {
        @Override
        public Optional<RegisteredClient> find(String id) {
            return Optional.ofNullable(byId.get(id));
        }

        @Override
        public boolean signing() {
            return byId.values().stream()
                    .anyMatch(client -> client.method() instanceof RegisteredClient.Method.PrivateKeyJwt);
        }
    }
}
