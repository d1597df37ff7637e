package dev.intaglio.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.store.StatusLists;
import dev.intaglio.issuer.store.StatusLists.Due;
import dev.intaglio.issuer.store.StatusLists.NewList;
import dev.intaglio.issuer.store.StatusLists.Published;
import dev.intaglio.issuer.store.StatusLists.Stretch;
import dev.intaglio.requirements.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What [StatusLists] must do.
@DisplayName("Status lists")
public abstract class StatusListsContract {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(3_600);
    private static final int SIZE = 131_072;
    private static final String RESOURCES = "jwt";

    protected abstract StatusLists store();

    /// Several nodes over the same data.
    protected List<StatusLists> nodes() {
        return List.of(store());
    }

    /// What other tests left is published, so that only what a test does is due.
    @BeforeEach
    void publishAll() {
        store().due(Instant.EPOCH, RESOURCES).forEach(list -> publish(store(), list, "before"));
    }

    private static NewList fresh() {
        return new NewList(Race.hash().substring(0, 24), SIZE, new byte[32]);
    }

    private static boolean publish(StatusLists node, Due list, String content) {
        return node.publish(list, RESOURCES, List.of(document(list.listId(), content, NOW)), false, NOW);
    }

    private static Published document(String listId, String content, Instant at) {
        return new Published(
                listId,
                "JWT",
                "application/statuslist+jwt",
                content.getBytes(StandardCharsets.UTF_8),
                at,
                at.plusSeconds(600),
                0);
    }

    @Test
    @Requirement("CI-STAT-4")
    @DisplayName("of fifty callers at once none gets a place that another got, and no place is left out")
    void noPlaceTwice() {
        var nodes = nodes();
        var stretches = Race.run(runner -> () -> Race.nodeOf(nodes, runner).reserve(1_000, fresh(), NOW));
        var places = new HashMap<String, TreeSet<Integer>>();
        for (var stretch : stretches) {
            assertThat(stretch.to() - stretch.from()).isEqualTo(1_000);
            assertThat(stretch.to()).isLessThanOrEqualTo(stretch.size());
            assertThat(places.computeIfAbsent(stretch.listId(), id -> new TreeSet<>())
                            .add(stretch.from()))
                    .as("%s is new", stretch)
                    .isTrue();
        }
        for (var starts : places.values()) {
            var expected = starts.first();
            for (var from : starts) {
                assertThat(from).isEqualTo(expected);
                expected += 1_000;
            }
        }
    }

    @Test
    @Requirement("CI-STAT-4")
    @DisplayName("a list is filled to its end, and then another is begun, by one of those who need it")
    void nextList() {
        var nodes = nodes();
        var stretches = Race.run(runner -> () -> Race.nodeOf(nodes, runner).reserve(SIZE / 8, fresh(), NOW));
        Map<String, Integer> perList = new HashMap<>();
        stretches.forEach(stretch -> perList.merge(stretch.listId(), 1, Integer::sum));
        // All but the first, which others had begun, and the last are full.
        assertThat(perList.values().stream().filter(count -> count == 8).count())
                .isGreaterThanOrEqualTo(perList.size() - 2L);
        assertThat(stretches.stream().filter(Stretch::opened).map(Stretch::listId))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThanOrEqualTo(perList.size() - 1);
    }

    @Test
    @DisplayName("the secret of a list is the same for all who take places of it")
    void sameOrder() {
        var key = new byte[32];
        Arrays.fill(key, (byte) 7);
        var opened = store().reserve(SIZE, new NewList(Race.hash().substring(0, 24), SIZE, key), NOW);
        assertThat(opened.opened()).isTrue();
        assertThat(opened.orderKey()).isEqualTo(key);
        assertThat(opened.from()).isZero();
        assertThat(opened.to()).isEqualTo(SIZE);
    }

    @Test
    @DisplayName("a new list is due, until it is published; then it is there for every node")
    void dueAndPublished() {
        var list = begun();
        var due = store().due(Instant.EPOCH, RESOURCES);
        assertThat(due).extracting(Due::listId).contains(list.listId());
        var before = store().clock();

        var mine = due.stream()
                .filter(one -> one.listId().equals(list.listId()))
                .findFirst()
                .orElseThrow();
        assertThat(store().states(mine)).isEqualTo(new byte[SIZE / 4]);
        assertThat(publish(store(), mine, "content")).isTrue();
        assertThat(store().due(Instant.EPOCH, RESOURCES))
                .extracting(Due::listId)
                .doesNotContain(list.listId());

        for (var node : nodes()) {
            assertThat(node.clock().published()).isGreaterThan(before.published());
            assertThat(node.publishedAfter(before.published()))
                    .filteredOn(one -> one.listId().equals(list.listId()))
                    .singleElement()
                    .satisfies(one -> {
                        assertThat(new String(one.content(), StandardCharsets.UTF_8))
                                .isEqualTo("content");
                        assertThat(one.mediaType()).isEqualTo("application/statuslist+jwt");
                        assertThat(one.number())
                                .isLessThanOrEqualTo(node.clock().published());
                    });
            assertThat(node.publishedAfter(node.clock().published())).isEmpty();
        }
        // When it has grown old, or when there shall be other documents, it is due again.
        assertThat(store().due(LATER, RESOURCES)).extracting(Due::listId).contains(list.listId());
        assertThat(store().due(Instant.EPOCH, "cwt jwt"))
                .extracting(Due::listId)
                .contains(list.listId());
    }

    @Test
    @DisplayName("an earlier state never replaces a later one")
    void noStepBack() {
        var list = begun();
        var due = new Due(list.listId(), SIZE, 1_000_000);
        assertThat(publish(store(), due, "later")).isTrue();
        assertThat(publish(store(), new Due(list.listId(), SIZE, 999_999), "earlier"))
                .isFalse();
        assertThat(store().publishedAfter(0))
                .filteredOn(one -> one.listId().equals(list.listId()))
                .extracting(one -> new String(one.content(), StandardCharsets.UTF_8))
                .containsExactly("later");
    }

    @Test
    @DisplayName("what was replaced can be asked for by time, if it was kept, until it is forgotten")
    void history() {
        var list = begun();
        var due = new Due(list.listId(), SIZE, 1_000_000);
        store().publish(due, RESOURCES, List.of(document(list.listId(), "first", NOW)), true, NOW);
        var then = NOW.plusSeconds(60);
        store().publish(due, RESOURCES, List.of(document(list.listId(), "second", then)), true, then);

        assertThat(contentAt(list, NOW.minusSeconds(1))).isEmpty();
        assertThat(contentAt(list, NOW.plusSeconds(59))).isEqualTo("first");
        assertThat(contentAt(list, then)).isEqualTo("second");
        assertThat(contentAt(list, then.plusSeconds(600))).isEmpty();
        assertThat(store().publishedAfter(0).stream().filter(one -> one.listId().equals(list.listId())))
                .hasSize(1);

        assertThat(store().forgetHistory(then)).isPositive();
        assertThat(contentAt(list, NOW.plusSeconds(59))).isEmpty();
        assertThat(contentAt(list, then)).isEqualTo("second");
    }

    private String contentAt(Stretch list, Instant moment) {
        return store().at(list.listId(), "JWT", moment)
                .map(one -> new String(one.content(), StandardCharsets.UTF_8))
                .orElse("");
    }

    @Test
    @DisplayName("one publishes at a time: of fifty who want the lease one gets it, and may have it again")
    void lease() {
        begun();
        var nodes = nodes();
        for (var round = 0; round < Race.ROUNDS; round++) {
            // Each round begins when the lease of the one before is over.
            var now = LATER.plusSeconds(100L * round);
            var holders = Race.run(
                    runner -> () -> Race.nodeOf(nodes, runner).lease("holder-" + runner, now.plusSeconds(10), now));
            assertThat(Collections.frequency(holders, true)).isOne();
            var holder = "holder-" + holders.indexOf(true);
            assertThat(store().lease(holder, now.plusSeconds(20), now.plusSeconds(5)))
                    .isTrue();
            assertThat(store().lease("another", now.plusSeconds(30), now.plusSeconds(15)))
                    .isFalse();
            // Whoever has done gives it back.
            assertThat(store().lease(holder, now.plusSeconds(15), now.plusSeconds(15)))
                    .isTrue();
            assertThat(store().lease("another", now.plusSeconds(30), now.plusSeconds(16)))
                    .isTrue();
        }
    }

    /// A list of its own: the one before is filled up.
    private Stretch begun() {
        return store().reserve(SIZE, fresh(), NOW);
    }
}
