package dev.intaglio.spring;

import dev.intaglio.issuer.status.CredentialStatuses;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Five times a second looks whether the status of a credential was changed, and publishes it or takes it up. Every node does;
/// while nothing happens it costs a row.
record StatusTimer(ScheduledExecutorService timer) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusTimer.class);
    private static final int MILLISECONDS = 200;

    /// For tenants in memory, who may be many.
    private static final int SECONDS = 2;

    @SuppressWarnings("FutureReturnValueIgnored") // What fails is logged where it fails.
    static StatusTimer start(CredentialStatuses statuses, TenantIssuers tenants) {
        var timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("status lists").factory());
        timer.scheduleWithFixedDelay(() -> catchUp(statuses), 0, MILLISECONDS, TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(
                () -> tenants.inMemory()
                        .forEach(tenant -> catchUp(tenant.issuer().statuses())),
                SECONDS,
                SECONDS,
                TimeUnit.SECONDS);
        return new StatusTimer(timer);
    }

    private static void catchUp(CredentialStatuses statuses) {
        try {
            statuses.catchUp();
        } catch (RuntimeException failure) {
            // An exception would end the schedule.
            LOG.warn("Status lists could not be published or taken up; next try in a moment", failure);
        }
    }

    @Override
    public void close() throws InterruptedException {
        timer.shutdownNow();
        // The storage is closed next.
        if (!timer.awaitTermination(10, TimeUnit.SECONDS)) {
            LOG.warn("Status lists are still being published after 10 seconds");
        }
    }
}
