package dev.intaglio.spring;

import dev.intaglio.storage.jdbc.JdbcStorage;
import dev.intaglio.storage.jdbc.tenant.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds every tenant to its own rule of how long issuances are remembered, also those that nobody asks for and that are
/// disabled. For one thread.
final class TenantRetention {
    private static final Logger LOG = LoggerFactory.getLogger(TenantRetention.class);

    private static final Duration PERIOD = Duration.ofHours(1);
    private static final int AT_A_TIME = 200;

    private final JdbcStorage storage;
    private final TenantAssembly assembly;
    private final Clock clock;
    private Instant next = Instant.MIN;

    TenantRetention(JdbcStorage storage, TenantAssembly assembly, Clock clock) {
        this.storage = storage;
        this.assembly = assembly;
        this.clock = clock;
    }

    /// Does so if it is time.
    ///
    /// @return how many records were removed
    int removeIssuances() {
        var now = clock.instant();
        if (now.isBefore(next)) {
            return 0;
        }
        next = now.plus(PERIOD);
        var removed = 0;
        var tenants = storage.tenants();
        for (var page = tenants.page("", AT_A_TIME);
                !page.isEmpty();
                page = tenants.page(page.getLast().tenant().name(), AT_A_TIME)) {
            for (var tenant : page) {
                removed += removeIssuances(tenant, now);
            }
        }
        return removed;
    }

    private int removeIssuances(Tenants.Defined tenant, Instant now) {
        var name = tenant.tenant().name();
        try {
            var definition = TenantDefinition.read(TenantAdministration.definition(tenant.version()));
            return assembly.retention(name, definition)
                    .map(kept -> storage.tenant(name).removeIssuances(now.minus(kept)))
                    .orElse(0);
        } catch (RuntimeException unreadable) {
            LOG.warn("Records of the tenant {} could not be removed; next try in an hour", name, unreadable);
            return 0;
        }
    }
}
