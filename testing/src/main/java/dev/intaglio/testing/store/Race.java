package dev.intaglio.testing.store;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/// Lets many callers go at the same moment. For tests of what must happen once:
///
/// ```java
/// var won = Race.run(runner -> () -> store.firstUse(value, forgetAt));
/// assertThat(Collections.frequency(won, true)).isOne();
/// ```
public final class Race {
    /// How many run against each other.
    public static final int RUNNERS = 50;

    /// One race may be won in an orderly way by luck.
    public static final int ROUNDS = 5;

    private static final int PATIENCE_SECONDS = 60;

    private Race() {}

    /// Gives each runner its call, holds all back until the last one stands at the line, and waits for what they return.
    ///
    /// @throws AssertionError if one of them throws or does not come home
    public static <T> List<T> run(IntFunction<Callable<T>> calls) {
        var ready = new CountDownLatch(RUNNERS);
        var start = new CountDownLatch(1);
        var runners = new ArrayList<Future<T>>(RUNNERS);
        try (var threads = Executors.newFixedThreadPool(RUNNERS)) {
            for (int runner = 0; runner < RUNNERS; runner++) {
                var call = calls.apply(runner);
                runners.add(threads.submit(() -> {
                    ready.countDown();
                    start.await();
                    return call.call();
                }));
            }
            ready.await();
            start.countDown();
            var results = new ArrayList<T>(RUNNERS);
            for (var runner : runners) {
                results.add(runner.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
            return results;
        } catch (ExecutionException thrown) {
            throw new AssertionError("a runner failed", thrown.getCause());
        } catch (TimeoutException late) {
            throw new AssertionError("a runner did not come home in " + PATIENCE_SECONDS + " s", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    /// The node a runner talks to: they take turns.
    static <S> S nodeOf(List<S> nodes, int runner) {
        return nodes.get(runner % nodes.size());
    }

    /// Looks like a hash; no two are the same, so that contracts can share a database.
    static String hash() {
        var bytes = new byte[32];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
