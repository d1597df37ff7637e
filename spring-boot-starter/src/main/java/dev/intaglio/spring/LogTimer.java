package dev.intaglio.spring;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives what happened its place in the issuance log, again and again. Every node tries; one at a time does.
record LogTimer(ScheduledExecutorService timer) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogTimer.class);

    @SuppressWarnings("FutureReturnValueIgnored") // What fails is logged where it fails.
    static LogTimer start(WaitingLogs logs, Duration interval) {
        var timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("issuance log").factory());
        timer.execute(() -> guarded(logs::begin));
        timer.scheduleWithFixedDelay(
                () -> guarded(logs::sequence), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return new LogTimer(timer);
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            // An exception would end the schedule. What waits is kept, and gets its place later.
            LOG.warn("The issuance log could not be written; what happened waits for the next try", failure);
        }
    }

    @Override
    public void close() throws InterruptedException {
        timer.shutdownNow();
        // The storage is closed next.
        if (!timer.awaitTermination(10, TimeUnit.SECONDS)) {
            LOG.warn("The issuance log is still being written after 10 seconds");
        }
    }
}
