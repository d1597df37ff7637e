package dev.intaglio.spring;

import dev.intaglio.issuer.spi.SelfService;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Which client may ask for what.
///
/// @param clients What each client may ask for, by client_id. If any is named here, every other client, and every wallet
///     without a client_id, is answered 403 access_denied. By default whoever has an access token for a credential gets it.
@ConfigurationProperties("intaglio.self-service")
public record SelfServiceProperties(Map<String, Client> clients) {
    public SelfServiceProperties {
        clients = orEmpty(clients);
    }

    private static Map<String, Client> orEmpty(@Nullable Map<String, Client> bound) {
        return bound == null ? Map.of() : new LinkedHashMap<>(bound);
    }

    /// @param configurations The credential configurations it may ask for; all by default.
    /// @param claims The claims it gets, by their outermost names; all by default.
    /// @param purposes What it may ask credentials for: one of these stands among the purposes of the credential's definition.
    ///     Any by default.
    public record Client(
            @DefaultValue List<String> configurations,
            @DefaultValue List<String> claims,
            @DefaultValue List<String> purposes) {
        private SelfService.Allowance allowance() {
            return new SelfService.Allowance(
                    new HashSet<>(configurations), new HashSet<>(claims), new HashSet<>(purposes));
        }
    }

    Optional<SelfService> selfService() {
        return clients.isEmpty()
                ? Optional.empty()
                : Optional.of(new SelfService(clients.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().allowance()))));
    }
}
