package dev.intaglio.spring;

import dev.intaglio.storage.jdbc.JdbcStorage;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/// Once a minute removes from the stores what has expired. Every node does; that they meet does no harm.
final class Housekeeping implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private final JdbcStorage storage;
    private final Clock clock;
    private final Optional<Duration> issuances;
    private final TenantRetention tenants;
    private final ScheduledExecutorService timer;

    @SuppressWarnings("FutureReturnValueIgnored") // What fails is logged where it fails.
    /// @param issuances how long the main issuer's are remembered; empty for ever
    Housekeeping(JdbcStorage storage, Clock clock, Optional<Duration> issuances, TenantRetention tenants) {
        this.storage = storage;
        this.clock = clock;
        this.issuances = issuances;
        this.tenants = tenants;
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("housekeeping").factory());
        timer.scheduleWithFixedDelay(this::removeExpired, 1, 1, TimeUnit.MINUTES);
    }

    private void removeExpired() {
        try {
            var now = clock.instant();
            var removed = storage.removeExpired(now);
            if (issuances.isPresent()) {
                removed += storage.removeIssuances(now.minus(issuances.get()));
            }
            removed += tenants.removeIssuances();
            LOG.debug("{} expired entries removed", removed);
        } catch (RuntimeException failure) {
            // An exception would end the schedule.
            LOG.warn("Expired entries could not be removed; next try in a minute", failure);
        }
    }

    @Override
    public void destroy() throws InterruptedException {
        timer.shutdownNow();
        // The storage is closed next.
        if (!timer.awaitTermination(10, TimeUnit.SECONDS)) {
            LOG.warn("Housekeeping is still at work after 10 seconds");
        }
    }
}
