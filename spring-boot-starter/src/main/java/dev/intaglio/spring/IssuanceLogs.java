package dev.intaglio.spring;

import dev.intaglio.issuer.log.IssuanceLog;
import dev.intaglio.issuer.log.LogEvents;
import java.security.SecureRandom;
import java.util.Optional;

/// The issuance logs of the issuers on this node, each its own: its events, its tree, its checkpoints, signed by its keys.
public final class IssuanceLogs {
    private final SecureRandom random = new SecureRandom();

    /// For wording what is put down.
    LogEvents words() {
        return new LogEvents(random);
    }

    /// @return empty if the issuer keeps none
    public Optional<IssuanceLog> of(AssembledIssuer issuer) {
        return issuer.parts().settings().of(LogProperties.class).enabled()
                ? Optional.of(issuer.keep(IssuanceLog.class, this::log))
                : Optional.empty();
    }

    private IssuanceLog log(AssembledIssuer issuer) {
        var parts = issuer.parts();
        var database = parts.stores().database();
        return new IssuanceLog(
                parts.identifier().uri(),
                database.log(),
                database.leases(),
                parts.stores().issuances(),
                parts.keys(),
                parts.clock(),
                random);
    }

    /// Notes by which configuration an issuer begins to work, unless it is the one noted last.
    void begin(AssembledIssuer issuer) {
        of(issuer).ifPresent(log -> log.configuration(ConfigurationDigest.of(issuer.issuer())));
    }
}
