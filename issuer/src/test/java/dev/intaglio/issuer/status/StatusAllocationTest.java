package dev.intaglio.issuer.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.store.IssuedStatus;
import dev.intaglio.requirements.Requirement;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Indices of status lists (HAIP 6.1, Token Status List §12.5, §13.2)")
class StatusAllocationTest {
    private static final int BATCHES = 1_000;
    private static final int COPIES = 20;
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-03T10:15:30Z"), ZoneOffset.UTC);
    private static final StatusSettings SMALL = StatusSettings.DEFAULT.withSize(131_072, 4_096);

    private final OnlyReservations lists = new OnlyReservations();

    private StatusAllocation node(StatusAllocation.Order order, StatusSettings settings) {
        return new StatusAllocation(order, lists, settings, () -> {}, CLOCK, new SecureRandom());
    }

    private StatusAllocation node() {
        return node(ListOrder::places, SMALL);
    }

    private List<int[]> batches(StatusAllocation node) {
        return IntStream.range(0, BATCHES)
                .mapToObj(batch -> node.allocate(COPIES).indices().stream()
                        .mapToInt(Integer::intValue)
                        .toArray())
                .toList();
    }

    // What gives away which credentials were issued together, or when; empty if nothing does.

    /// In a random order half of all steps go up. Five standard deviations of that are not chance.
    private static Optional<String> ascending(List<int[]> batches) {
        var all = batches.stream().flatMapToInt(Arrays::stream).toArray();
        var up = IntStream.range(1, all.length).filter(i -> all[i] > all[i - 1]).count();
        var expected = (all.length - 1) / 2.0;
        // The number of ascents of a random permutation of n has the variance (n + 1) / 12.
        var deviation = Math.abs(up - expected) / Math.sqrt((all.length + 1) / 12.0);
        return deviation > 5 ? Optional.of("steps go up " + up + " times of " + all.length) : Optional.empty();
    }

    /// Of gaps between neighbours of a batch none is frequent.
    private static Optional<String> repeatedGap(List<int[]> batches) {
        var gaps = new HashMap<Integer, Integer>();
        for (var batch : batches) {
            for (var i = 1; i < batch.length; i++) {
                gaps.merge(batch[i] - batch[i - 1], 1, Integer::sum);
            }
        }
        var most = gaps.values().stream().max(Integer::compare).orElseThrow();
        return most > 12 ? Optional.of("a gap comes " + most + " times") : Optional.empty();
    }

    /// The same over the whole of a batch: sorted, its indices lie as far apart as those of strangers.
    private static Optional<String> cluster(List<int[]> batches, int size) {
        var near = 0;
        for (var batch : batches) {
            var sorted = Arrays.stream(batch).sorted().toArray();
            for (var i = 1; i < sorted.length; i++) {
                near += sorted[i] - sorted[i - 1] <= size / 1_000 ? 1 : 0;
            }
        }
        // Of C copies at random places, about C * (C - 1) / size * size / 1000 have a neighbour as near.
        var expected = BATCHES * COPIES * (COPIES - 1) / 1_000.0;
        return near > 1.5 * expected || near < expected / 1.5
                ? Optional.of("near neighbours: " + near + ", by chance " + expected)
                : Optional.empty();
    }

    /// The index says nothing about when: early and late batches are spread alike over the list.
    private static Optional<String> tellingTime(List<int[]> batches, int size) {
        for (var half : List.of(batches.subList(0, BATCHES / 2), batches.subList(BATCHES / 2, BATCHES))) {
            var buckets = new int[64];
            half.forEach(batch -> Arrays.stream(batch).forEach(index -> buckets[(int) ((long) index * 64 / size)]++));
            var expected = BATCHES / 2 * COPIES / 64.0;
            var chiSquared = Arrays.stream(buckets)
                    .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                    .sum();
            // 63 degrees of freedom: mean 63, standard deviation 11.
            if (chiSquared > 63 + 6 * 11.2) {
                return Optional.of("early and late credentials lie in different parts: " + chiSquared);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> repeated(List<int[]> batches) {
        var seen = new HashSet<Integer>();
        return batches.stream()
                .flatMapToInt(Arrays::stream)
                .filter(index -> !seen.add(index))
                .mapToObj(index -> "index " + index + " was given twice")
                .findFirst();
    }

    private static List<String> telling(List<int[]> batches, int size) {
        var reasons = new ArrayList<String>();
        for (var reason : List.of(
                ascending(batches),
                repeatedGap(batches),
                cluster(batches, size),
                tellingTime(batches, size),
                repeated(batches))) {
            reason.ifPresent(reasons::add);
        }
        return reasons;
    }

    @Test
    @Requirement({"CI-STAT-4", "HAIP-CI-14"})
    @DisplayName("of a thousand batches of twenty say neither order nor time nor what belongs together")
    void unlinkable() {
        for (var settings : List.of(SMALL, StatusSettings.DEFAULT)) {
            var node = new StatusAllocation(new OnlyReservations(), settings, () -> {}, CLOCK, new SecureRandom());
            assertThat(telling(batches(node), settings.size())).isEmpty();
        }
    }

    @Test
    @Requirement({"CI-STAT-4", "HAIP-CI-14"})
    @DisplayName("say no more if two nodes give them away in turn, one of which is restarted in the middle")
    void unlinkableOnTwoNodes() {
        var first = node();
        var second = node();
        var batches = new ArrayList<int[]>();
        for (var batch = 0; batch < BATCHES; batch++) {
            if (batch == BATCHES / 2) {
                second = node();
            }
            batches.add((batch % 2 == 0 ? first : second)
                    .allocate(COPIES).indices().stream()
                            .mapToInt(Integer::intValue)
                            .toArray());
        }
        assertThat(telling(batches, SMALL.size())).isEmpty();
        assertThat(lists.statements()).as("both drew on the list").isGreaterThan(2);
    }

    @Nested
    @DisplayName("would be found out")
    class Without {
        private void assertFound(StatusAllocation.Order order) {
            assertThat(telling(batches(node(order, SMALL)), SMALL.size())).isNotEmpty();
        }

        @Test
        @DisplayName("if they were given away one after the other")
        void inOrder() {
            assertFound((key, size, from, to) -> IntStream.range(from, to).toArray());
        }

        @Test
        @DisplayName("if they were given away backwards")
        void backwards() {
            assertFound((key, size, from, to) ->
                    IntStream.range(from, to).map(place -> size - 1 - place).toArray());
        }

        @Test
        @DisplayName("if they were given away in steps")
        void inSteps() {
            assertFound((key, size, from, to) -> IntStream.range(from, to)
                    .map(place -> place * 40_503 % size & size - 1)
                    .toArray());
        }

        @Test
        @DisplayName("if only what a node takes at a time were shuffled")
        void shuffledInPieces() {
            assertFound((key, size, from, to) -> Arrays.stream(ListOrder.places(key, to - from, 0, to - from))
                    .map(index -> from + index)
                    .toArray());
        }
    }

    @Test
    @Requirement("CI-STAT-4")
    @DisplayName(
            "two nodes at once, one of which is restarted now and then, fill a list and begin another without giving an"
                    + " index twice")
    void fullList() throws Exception {
        var perList = new HashMap<String, BitSet>();
        try (var threads = Executors.newFixedThreadPool(2)) {
            var work = new ArrayList<Callable<List<IssuedStatus>>>();
            for (var number = 0; number < 2; number++) {
                var restarts = number == 1;
                work.add(() -> {
                    var node = node();
                    var given = new ArrayList<IssuedStatus>();
                    for (var i = 0; i < 8_000; i++) {
                        if (restarts && i % 700 == 699) {
                            node = node(); // what it had left is lost
                        }
                        given.add(node.allocate(1 + i % 20));
                    }
                    return given;
                });
            }
            for (var given : threads.invokeAll(work)) {
                for (var status : given.get()) {
                    var taken = perList.computeIfAbsent(status.listId(), id -> new BitSet());
                    for (var index : status.indices()) {
                        assertThat(taken.get(index))
                                .as("index %d is new", index)
                                .isFalse();
                        taken.set(index);
                    }
                }
            }
        }
        assertThat(perList.values().stream().mapToInt(BitSet::cardinality).sum())
                .isEqualTo(168_000);
        assertThat(perList).hasSize(2);
        // All of it is given away but what the restarts and the ends of reservations have lost.
        var full = perList.values().stream().mapToInt(BitSet::cardinality).max().orElseThrow();
        assertThat(full).isBetween(SMALL.size() * 3 / 4, SMALL.size());
    }

    @Test
    @Requirement("CI-STAT-4")
    @DisplayName("every index of a list is given away once, before another list is begun")
    void everyIndex() {
        var node = node();
        Map<String, BitSet> perList = new HashMap<>();
        for (var i = 0; i < SMALL.size() + 1; i++) {
            var status = node.allocate(1);
            var taken = perList.computeIfAbsent(status.listId(), id -> new BitSet());
            assertThat(taken.get(status.indices().getFirst())).isFalse();
            taken.set(status.indices().getFirst());
        }
        assertThat(perList.values()).extracting(BitSet::cardinality).containsExactlyInAnyOrder(SMALL.size(), 1);
    }

    @Test
    @DisplayName("the store is asked once for thousands of credentials")
    void fewStatements() {
        var node = node();
        for (var i = 0; i < 4_096; i++) {
            node.allocate(1);
        }
        assertThat(lists.statements()).isOne();
    }

    @Test
    @DisplayName(
            "the order of a list follows from its secret alone, whichever part is asked for, and differs from list to list")
    void order() {
        var key = new byte[32];
        var all = ListOrder.places(key, 131_072, 0, 131_072);
        assertThat(ListOrder.places(key, 131_072, 4_096, 8_192)).isEqualTo(Arrays.copyOfRange(all, 4_096, 8_192));
        assertThat(Arrays.stream(all).sorted().toArray())
                .isEqualTo(IntStream.range(0, 131_072).toArray());
        key[0] = 1;
        var others = ListOrder.places(key, 131_072, 0, 131_072);
        // By chance two orders have one index at the same place.
        assertThat(IntStream.range(0, all.length)
                        .filter(i -> all[i] == others[i])
                        .count())
                .isLessThan(20);
    }
}
