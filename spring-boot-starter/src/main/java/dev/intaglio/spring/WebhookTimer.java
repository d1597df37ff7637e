package dev.intaglio.spring;

import dev.intaglio.issuer.webhook.WebhookDelivery;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every second sends what webhooks are due. Every node does; each event comes to one of them.
record WebhookTimer(Optional<ScheduledExecutorService> timer) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookTimer.class);

    /// For when nobody wants to be told.
    static WebhookTimer idle() {
        return new WebhookTimer(Optional.empty());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What fails is logged where it fails.
    static WebhookTimer start(WebhookDelivery delivery) {
        var timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("webhooks").factory());
        timer.scheduleWithFixedDelay(() -> deliver(delivery), 1, 1, TimeUnit.SECONDS);
        return new WebhookTimer(Optional.of(timer));
    }

    private static void deliver(WebhookDelivery delivery) {
        try {
            delivery.deliver();
        } catch (RuntimeException failure) {
            // An exception would end the schedule.
            LOG.warn("Webhooks could not be sent; next try in a second", failure);
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (timer.isPresent()) {
            timer.get().shutdownNow();
            // The storage is closed next.
            if (!timer.get().awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("Webhooks are still being sent after 10 seconds");
            }
        }
    }
}
