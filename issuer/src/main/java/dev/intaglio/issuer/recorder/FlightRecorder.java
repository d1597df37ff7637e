package dev.intaglio.issuer.recorder;

import dev.intaglio.issuer.store.TraceStep;
import dev.intaglio.issuer.store.Traces;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.nonce.Unguessable;
import dev.intaglio.protocol.trail.Trail;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down what happens in issuances, for [Timelines] to tell. The thread that answers a request only puts it into a queue;
/// another decodes it, leaves out what is secret and stores the rest, many at once. Where the queue is full or the store
/// fails, steps are dropped and counted: no issuance waits for its record, or fails by it.
///
/// ```java
/// var recorder = FlightRecorder.start(Duration.ofDays(3), RequestIds::current, clock);
/// var recorded = recorder.around(issuer.handler(), storage.traces());
/// ```
public final class FlightRecorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FlightRecorder.class);

    private static final int MOST_WAITING = 2_000;
    private static final long MOST_BYTES = 16L * 1024 * 1024;
    private static final int AT_ONCE = 100;
    private static final int MOST_NONCES = 10_000;

    private final Duration retention;
    private final Supplier<Optional<String>> requestId;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final BlockingQueue<Work> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer;

    /// Nonces are handed out to whoever asks: such a request is kept in memory until a proof comes with the nonce, and never
    /// stored if none does.
    private final Map<HandedOut, Step> nonces = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<HandedOut, Step> eldest) {
            return size() > MOST_NONCES;
        }
    };

    /// A nonce of one issuer's. Whoever shows it to another brings no trace along.
    private record HandedOut(Traces store, String nonce) {}

    /// What waits to be stored.
    private sealed interface Work {
        /// A request and its answer.
        record Exchange(
                Traces store, Instant at, long nanos, String requestId, Request request, Response response, Trail trail)
                implements Work {
            long size() {
                return (long) request.body().length + response.body().length;
            }
        }

        /// Something without a request of the protocol.
        record Done(Traces store, Instant at, String requestId, Trail trail) implements Work {}

        /// Somebody wants to know when everything before this is stored.
        record Flush(CountDownLatch reached) implements Work {}

        /// The end.
        record Stop() implements Work {}
    }

    private FlightRecorder(Duration retention, Supplier<Optional<String>> requestId, Clock clock) {
        this.retention = retention;
        this.requestId = requestId;
        this.clock = clock;
        writer = Thread.ofPlatform().daemon().name("flight recorder").unstarted(this::write);
    }

    /// @param retention how long steps are kept
    /// @param requestId the id of the request that the calling thread is answering
    public static FlightRecorder start(Duration retention, Supplier<Optional<String>> requestId, Clock clock) {
        var recorder = new FlightRecorder(retention, requestId, clock);
        recorder.writer.start();
        return recorder;
    }

    /// The same traces, kept for another time than the recorder's.
    public static Traces keptFor(Duration retention, Traces store) {
        return new KeptFor(retention, store);
    }

    /// Records what these endpoints are asked and answer.
    ///
    /// @param store of the issuer they belong to
    public Handler around(Handler endpoints, Traces store) {
        return request -> {
            try (var trail = Trail.begin()) {
                var at = clock.instant();
                var began = System.nanoTime();
                var response = endpoints.handle(request);
                if (Step.worthKeeping(request, response)) {
                    keep(new Work.Exchange(store, at, System.nanoTime() - began, id(), request, response, trail));
                }
                return response;
            }
        };
    }

    /// Records what was done in work that no request of the protocol asked for: an offer made, a user's decision.
    ///
    /// @param trail that followed the work, and is still open
    /// @param store of the issuer it belongs to
    public void record(Trail trail, Traces store) {
        if (trail.act().isPresent()) {
            keep(new Work.Done(store, clock.instant(), id(), trail));
        }
    }

    /// How many steps could not be kept.
    public long dropped() {
        return dropped.get();
    }

    private String id() {
        return requestId.get().orElse("");
    }

    private void keep(Work work) {
        var size = work instanceof Work.Exchange exchange ? exchange.size() : 0;
        if (bytes.addAndGet(size) > MOST_BYTES || !queue.offer(work)) {
            bytes.addAndGet(-size);
            drop(1);
        }
    }

    private void drop(int steps) {
        var before = dropped.getAndAdd(steps);
        if (before == 0 || before / 1_000 != (before + steps) / 1_000) {
            LOG.warn(
                    "{} steps of issuances could not be recorded so far; the issuances are not affected",
                    before + steps);
        }
    }

    /// Waits until what was recorded before is stored.
    public void flush() throws InterruptedException {
        var reached = new CountDownLatch(1);
        queue.put(new Work.Flush(reached));
        if (!reached.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the flight recorder is stuck");
        }
    }

    private void write() {
        var batch = new ArrayList<Work>();
        try {
            while (true) {
                batch.add(queue.take());
                queue.drainTo(batch, AT_ONCE - 1);
                store(batch);
                if (batch.stream().anyMatch(Work.Stop.class::isInstance)) {
                    return;
                }
                batch.clear();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void store(List<Work> batch) {
        var steps = new LinkedHashMap<Traces, List<TraceStep>>();
        for (var work : batch) {
            if (work instanceof Work.Exchange exchange) {
                bytes.addAndGet(-exchange.size());
            }
            try {
                decode(work, steps);
            } catch (RuntimeException unforeseen) {
                LOG.debug("A step could not be decoded", unforeseen);
                drop(1);
            }
        }
        steps.forEach(this::add);
        for (var work : batch) {
            if (work instanceof Work.Flush(var reached)) {
                reached.countDown();
            }
        }
    }

    private void add(Traces store, List<TraceStep> steps) {
        try {
            store.add(steps);
        } catch (RuntimeException failure) {
            LOG.debug("Steps could not be stored", failure);
            drop(steps.size());
        }
    }

    private void decode(Work work, Map<Traces, List<TraceStep>> steps) {
        switch (work) {
            case Work.Exchange exchange -> {
                var found = exchanged(exchange);
                if (!found.isEmpty()) {
                    steps.computeIfAbsent(exchange.store(), none -> new ArrayList<>())
                            .addAll(found);
                }
            }
            case Work.Done(var store, var at, var id, var trail) ->
                steps.computeIfAbsent(store, none -> new ArrayList<>()).add(traced(Step.of(at, id, trail), Set.of()));
            case Work.Flush ignored -> {}
            case Work.Stop() -> {}
        }
    }

    private List<TraceStep> exchanged(Work.Exchange exchange) {
        var step = Step.of(
                exchange.at(),
                exchange.nanos(),
                exchange.requestId(),
                exchange.request(),
                exchange.response(),
                exchange.trail());
        if (step.kind() == Step.Kind.NONCE && exchange.response().successful()) {
            step.nonces().forEach(nonce -> nonces.put(new HandedOut(exchange.store(), TraceName.of(nonce)), step));
            return List.of();
        }
        var found = new ArrayList<TraceStep>();
        for (var nonce : step.nonces()) {
            var earlier = nonces.remove(new HandedOut(exchange.store(), TraceName.of(nonce)));
            if (earlier != null) {
                found.add(traced(earlier, step.names()));
            }
        }
        found.add(traced(step, Set.of()));
        return found;
    }

    private TraceStep traced(Step step, Set<String> moreNames) {
        var names = new LinkedHashSet<String>();
        step.names().forEach(name -> names.add(TraceName.of(name)));
        moreNames.forEach(name -> names.add(TraceName.of(name)));
        var offers = new LinkedHashSet<String>();
        step.offers().forEach(name -> offers.add(TraceName.of(name)));
        return new TraceStep(
                Unguessable.text(random, Unguessable.IDENTIFIER),
                step.at(),
                names,
                offers,
                step.body().text(),
                step.at().plus(retention));
    }

    /// Stores what waits, and ends.
    @Override
    public void close() throws InterruptedException {
        if (queue.offer(new Work.Stop(), 5, TimeUnit.SECONDS)) {
            writer.join(TimeUnit.SECONDS.toMillis(10));
        }
        writer.interrupt();
    }
}
