package dev.intaglio.issuer.source;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/// Spares a service that is down, and whoever would wait for it: after some failures in a row nobody asks for a while, then one
/// does. For one node.
final class CircuitBreaker {
    private final int failures;
    private final Duration pause;
    private final Clock clock;
    private int inARow;
    private Instant sparedUntil = Instant.MIN;

    /// @param failures in a row, after which it opens
    /// @param pause for which nobody asks
    CircuitBreaker(int failures, Duration pause, Clock clock) {
        this.failures = failures;
        this.pause = pause;
        this.clock = clock;
    }

    /// @throws IllegalStateException without asking, while the service is spared
    <T> T ask(Supplier<T> question) {
        enter();
        try {
            var answer = question.get();
            succeeded();
            return answer;
        } catch (RuntimeException failure) {
            failed();
            throw failure;
        }
    }

    private synchronized void enter() {
        if (inARow < failures) {
            return;
        }
        var now = clock.instant();
        if (now.isBefore(sparedUntil)) {
            throw new IllegalStateException(
                    "not asked: it failed " + inARow + " times in a row; next try at " + sparedUntil);
        }
        sparedUntil = now.plus(pause); // whoever comes now tries; the others go on waiting for how it ends
    }

    private synchronized void succeeded() {
        inARow = 0;
    }

    private synchronized void failed() {
        inARow++;
        sparedUntil = clock.instant().plus(pause);
    }
}
