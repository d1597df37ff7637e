package dev.intaglio.spring;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every second sends what webhooks are due, of all issuers. Every node does; each event comes to one of them.
final class WebhookTimer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookTimer.class);

    private final ScheduledExecutorService timer;
    private final Runnable deliver;

    @SuppressWarnings("FutureReturnValueIgnored") // What fails is logged where it fails.
    WebhookTimer(Runnable deliver) {
        this.deliver = deliver;
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("webhooks").factory());
        timer.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    private void tick() {
        try {
            deliver.run();
        } catch (RuntimeException failure) {
            // An exception would end the schedule.
            LOG.warn("Webhooks could not be sent; next try in a second", failure);
        }
    }

    @Override
    public void close() throws InterruptedException {
        timer.shutdownNow();
        // The storage is closed next.
        if (!timer.awaitTermination(10, TimeUnit.SECONDS)) {
            LOG.warn("Webhooks are still being sent after 10 seconds");
        }
    }
}
