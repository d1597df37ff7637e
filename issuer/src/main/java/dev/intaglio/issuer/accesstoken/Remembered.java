package dev.intaglio.issuer.accesstoken;

import dev.intaglio.protocol.oauth.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something another server publishes, asked for when it is needed, again when it is no longer fresh, and sooner when it
/// proves to be out of date; never more often than every [#PAUSE], however many requests want it. While the other server does
/// not answer, the last answer serves for a time.
final class Remembered<T> {
    static final Duration FRESH = Duration.ofMinutes(10);
    static final Duration USABLE = Duration.ofHours(1);
    static final Duration PAUSE = Duration.ofSeconds(10);

    private record Answer<T>(T value, Instant since) {}

    private final Supplier<T> source;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Answer<T> last;
    private @Nullable Refusal failure;
    private Instant mayAskFrom = Instant.MIN;

    /// @param source asks the other server; a [Refusal] says that it did not answer
    Remembered(Supplier<T> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /// @throws Refusal of the source, if nothing usable is known
    T get() {
        var known = last;
        if (known != null && youngerThan(FRESH, known)) {
            return known.value();
        }
        if (known != null && youngerThan(USABLE, known) && asking.isLocked()) {
            return known.value();
        }
        return ask(known);
    }

    /// For when this value proved to be out of date. The same value comes back if it is too soon to ask again.
    ///
    /// @throws Refusal of the source, if nothing usable is known
    T newerThan(T value) {
        var known = last;
        return known == null || known.value() == value ? ask(known) : known.value();
    }

    private T ask(@Nullable Answer<T> before) {
        asking.lock();
        try {
            var known = last;
            if (known != null && known != before) {
                return known.value();
            }
            var now = clock.instant();
            if (!now.isBefore(mayAskFrom)) {
                mayAskFrom = now.plus(PAUSE);
                try {
                    var answer = new Answer<>(source.get(), now);
                    last = answer;
                    failure = null;
                    return answer.value();
                } catch (Refusal unanswered) {
                    failure = unanswered;
                }
            }
            if (known != null && (failure == null || youngerThan(USABLE, known))) {
                return known.value();
            }
            throw failure == null ? new IllegalStateException("the time runs backwards") : failure;
        } finally {
            asking.unlock();
        }
    }

    private boolean youngerThan(Duration age, Answer<T> answer) {
        return clock.instant().isBefore(answer.since().plus(age));
    }
}
