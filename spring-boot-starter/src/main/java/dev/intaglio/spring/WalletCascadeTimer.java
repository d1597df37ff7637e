package dev.intaglio.spring;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every minute, or as often as attestations are to be looked at if that is more often. Every node does; each
/// attestation comes to one of them.
record WalletCascadeTimer(ScheduledExecutorService timer) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WalletCascadeTimer.class);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    @SuppressWarnings("FutureReturnValueIgnored") // What fails is logged where it fails.
    static WalletCascadeTimer start(WalletCascades cascades, Duration interval) {
        var timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("attestation statuses").factory());
        if (!interval.isZero()) {
            var pause = interval.compareTo(LONGEST) < 0 ? interval : LONGEST;
            timer.scheduleWithFixedDelay(
                    () -> follow(cascades), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        }
        return new WalletCascadeTimer(timer);
    }

    private static void follow(WalletCascades cascades) {
        try {
            cascades.follow();
        } catch (RuntimeException failure) {
            // An exception would end the schedule.
            LOG.warn("The statuses of attestations could not be followed; next try in a minute", failure);
        }
    }

    @Override
    public void close() throws InterruptedException {
        timer.shutdownNow();
        // The storage is closed next.
        if (!timer.awaitTermination(10, TimeUnit.SECONDS)) {
            LOG.warn("Attestations are still being looked at after 10 seconds");
        }
    }
}
