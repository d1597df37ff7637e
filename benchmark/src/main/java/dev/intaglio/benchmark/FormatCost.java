package dev.intaglio.benchmark;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/// What making one credential of each format costs, beside the one signature in it: CPU time of one thread, so that what else the
/// machine does matters little; the median of several rounds that take turns, so that it matters for all alike.
public final class FormatCost {
    private static final int ROUNDS = 15;
    private static final long ROUND_NANOS = 150_000_000;
    private static final long WARM_UP_NANOS = 3_000_000_000L;
    private static final String SIGNATURE = "signature alone";

    private FormatCost() {}

    public static void main(String[] arguments) {
        var key = SampleIssuance.key();
        var message = new byte[2_048];
        Map<String, Supplier<Object>> makers = new LinkedHashMap<>();
        makers.put(SIGNATURE, () -> key.sign(message));
        for (var name : SampleIssuance.ALL) {
            var sample = SampleIssuance.of(name, key);
            makers.put(name, sample::make);
        }
        makers.values().forEach(maker -> cost(maker, WARM_UP_NANOS));
        var costs = new double[makers.size()][ROUNDS];
        for (var round = 0; round < ROUNDS; round++) {
            var number = 0;
            for (var maker : makers.values()) {
                costs[number++][round] = cost(maker, ROUND_NANOS);
            }
        }
        var signature = Figures.median(costs[0]);
        var number = 0;
        for (var name : makers.keySet()) {
            var median = Figures.median(costs[number++]);
            System.out.printf(Locale.ROOT, "| %-24s | %8.1f µs | %5.1f |%n", name, median, median / signature);
        }
    }

    /// Microseconds each, when made again and again for so long.
    private static double cost(Supplier<Object> maker, long nanos) {
        var start = threadTime();
        var made = 0;
        var now = start;
        while (now - start < nanos) {
            for (var i = 0; i < 10; i++) {
                Objects.requireNonNull(maker.get());
            }
            made += 10;
            now = threadTime();
        }
        return (now - start) / 1_000.0 / made;
    }

    private static long threadTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
