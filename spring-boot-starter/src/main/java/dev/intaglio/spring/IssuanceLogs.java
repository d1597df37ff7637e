package dev.intaglio.spring;

import dev.intaglio.issuer.log.IssuanceLog;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The issuance logs of the issuers on this node, each its own: of the main issuer and of tenants, as they are put together.
public final class IssuanceLogs {
    private final Map<String, IssuanceLog> logs = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();

    IssuanceLog add(IssuerParts parts) {
        var database = parts.stores().database();
        var log = new IssuanceLog(
                parts.identifier().uri(),
                database.log(),
                database.leases(),
                parts.stores().issuances(),
                parts.keys(),
                parts.clock(),
                random);
        logs.put(parts.tenant(), log);
        return log;
    }

    /// @param tenant empty for the main issuer's
    /// @return empty if there is no such issuer on this node, or it has no log
    public Optional<IssuanceLog> of(String tenant) {
        return Optional.ofNullable(logs.get(tenant));
    }
}
