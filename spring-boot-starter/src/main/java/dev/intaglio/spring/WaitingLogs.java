package dev.intaglio.spring;

import dev.intaglio.issuer.log.IssuanceLog;
import dev.intaglio.storage.jdbc.JdbcStorage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whose events wait for their places in a log, and who gives them theirs: the node where the issuer is put together, at once.
/// Where none is, after a crash or a change of nodes, any node puts it together for that after a while. For one thread.
final class WaitingLogs {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingLogs.class);

    /// The nodes that answer for the tenant would have done it by then.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final IssuanceLogs logs;
    private final JdbcStorage storage;
    private final AssembledIssuer main;
    private final TenantIssuers tenants;
    private final Clock clock;
    private final Map<String, Instant> waitingSince = new HashMap<>();

    WaitingLogs(IssuanceLogs logs, JdbcStorage storage, AssembledIssuer main, TenantIssuers tenants, Clock clock) {
        this.logs = logs;
        this.storage = storage;
        this.main = main;
        this.tenants = tenants;
        this.clock = clock;
    }

    /// Notes by which configuration the main issuer works.
    void begin() {
        logs.begin(main);
    }

    void sequence() {
        var waiting = storage.withWaitingLogEvents();
        waitingSince.keySet().retainAll(Set.copyOf(waiting));
        for (var name : waiting) {
            try {
                sequence(name);
            } catch (RuntimeException failure) {
                waitingSince.put(name, clock.instant());
                LOG.warn(
                        "The issuance log {} could not be written; what happened waits for the next try",
                        name.isEmpty() ? "of the main issuer" : "of the tenant " + name,
                        failure);
            }
        }
    }

    private void sequence(String name) {
        if (name.isEmpty()) {
            logs.of(main).ifPresent(IssuanceLog::sequence);
            return;
        }
        var issuer = tenants.present(name).or(() -> overdue(name) ? tenants.find(name) : Optional.empty());
        issuer.flatMap(logs::of).ifPresent(IssuanceLog::sequence);
    }

    private boolean overdue(String name) {
        var now = clock.instant();
        var since = waitingSince.putIfAbsent(name, now);
        return since != null && !now.isBefore(since.plus(PATIENCE));
    }
}
