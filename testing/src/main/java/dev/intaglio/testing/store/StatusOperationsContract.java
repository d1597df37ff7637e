package dev.intaglio.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.store.CredentialState;
import dev.intaglio.issuer.store.IssuanceOrigin;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.IssuedStatus;
import dev.intaglio.issuer.store.Position;
import dev.intaglio.issuer.store.StatusLists;
import dev.intaglio.issuer.store.StatusLists.NewList;
import dev.intaglio.issuer.store.StatusOperation;
import dev.intaglio.issuer.store.StatusOperation.Phase;
import dev.intaglio.issuer.store.StatusOperations;
import dev.intaglio.issuer.store.StatusOperations.Issued;
import dev.intaglio.issuer.store.StatusPage;
import dev.intaglio.issuer.store.StatusSelector;
import dev.intaglio.issuer.store.StatusVerb;
import dev.intaglio.protocol.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What [StatusOperations] must do.
@DisplayName("Operations on the status of credentials")
public abstract class StatusOperationsContract {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final int SIZE = 131_072;

    protected abstract StatusOperations store();

    protected abstract StatusLists lists();

    protected abstract Issuances issuances();

    /// Several nodes over the same data.
    protected List<StatusOperations> nodes() {
        return List.of(store());
    }

    /// Three credentials of one response.
    private IssuanceRecord issue(String subject, Instant at, IssuanceOrigin origin, String configuration) {
        var stretch = lists().reserve(3, new NewList(Race.hash().substring(0, 24), SIZE, new byte[32]), NOW);
        var record = new IssuanceRecord(
                Race.hash(),
                Race.hash(),
                configuration,
                subject,
                3,
                at,
                Optional.of(new IssuanceRecord.Signed("kid-" + subject, at.plusSeconds(60))),
                Optional.empty(),
                Optional.of(new IssuedStatus(
                        stretch.listId(),
                        IntStream.range(stretch.from(), stretch.to()).boxed().toList())),
                origin);
        assertThat(issuances().record(record, List.of())).isTrue();
        return record;
    }

    private IssuanceRecord issue(String subject) {
        return issue(subject, NOW, IssuanceOrigin.UNKNOWN, "degree");
    }

    private static StatusOperation operation(StatusVerb verb, StatusSelector selector) {
        return new StatusOperation(Race.hash(), verb, selector, "a reason", "somebody", NOW, NOW, Phase.APPLIED, 0, 0);
    }

    private static StatusSelector by(String member, Object value) {
        return StatusSelector.read(JsonObject.builder().put(member, value).build());
    }

    private List<CredentialState> states(StatusSelector selector) {
        return store().issued(selector, 100).stream().map(Issued::state).toList();
    }

    @Test
    @DisplayName("revoking is for good, suspending is not, and each counts what it changed")
    void lifeCycle() {
        var subject = Race.hash();
        var issuance = issue(subject);
        var all = StatusSelector.ofSubject(subject);
        var second = StatusSelector.ofCredential(issuance.id() + ".1");

        assertThat(states(all)).containsOnly(CredentialState.VALID).hasSize(3);
        assertThat(store().apply(operation(StatusVerb.SUSPEND, all))).matches(done -> counts(done, 3, 3));
        assertThat(store().apply(operation(StatusVerb.SUSPEND, all))).matches(done -> counts(done, 3, 0));
        assertThat(store().apply(operation(StatusVerb.REVOKE, second))).matches(done -> counts(done, 1, 1));
        assertThat(store().apply(operation(StatusVerb.REINSTATE, all))).matches(done -> counts(done, 3, 2));
        assertThat(states(all)).containsExactly(CredentialState.VALID, CredentialState.REVOKED, CredentialState.VALID);
        assertThat(store().apply(operation(StatusVerb.SUSPEND, second))).matches(done -> counts(done, 1, 0));
        assertThat(store().apply(operation(StatusVerb.EXPIRE, all))).matches(done -> counts(done, 3, 2));
        assertThat(store().apply(operation(StatusVerb.REINSTATE, all))).matches(done -> counts(done, 3, 0));
        assertThat(states(all))
                .containsExactly(CredentialState.EXPIRED, CredentialState.REVOKED, CredentialState.EXPIRED);
    }

    private static boolean counts(StatusOperation done, long matched, long changed) {
        return done.phase() == Phase.APPLIED && done.matched() == matched && done.changed() == changed;
    }

    @Test
    @DisplayName("what was done is remembered, with who wanted it, when and why")
    void remembered() {
        var subject = Race.hash();
        issue(subject);
        var done = store().apply(operation(StatusVerb.REVOKE, StatusSelector.ofSubject(subject)));
        assertThat(store().find(done.id())).contains(done);
        assertThat(store().latest(1_000)).contains(done);
        assertThat(done.reason()).isEqualTo("a reason");
        assertThat(done.actor()).isEqualTo("somebody");
    }

    @Test
    @DisplayName("credentials are selected by everything they can be found by, and by all of it together")
    void selected() {
        var subject = Race.hash();
        var origin = new IssuanceOrigin(
                Optional.of("client-" + subject),
                Optional.of("instance-" + subject),
                Optional.of("provider-" + subject),
                List.of("a_" + subject, "b%" + subject, "c" + subject));
        var issuance = issue(subject, NOW, origin, "type-" + subject);
        var other = issue(Race.hash());

        for (var selector : List.of(
                by("credential", issuance.id()),
                by("subject", subject),
                by("authorization", issuance.authorizationId()),
                by("client", "client-" + subject),
                by("wallet_instance", "instance-" + subject),
                by("wallet_provider", "provider-" + subject),
                by("signing_key", "kid-" + subject),
                by("configurations", List.of("type-" + subject, "no-such-type")),
                StatusSelector.ofSubject(subject).before(NOW.plusMillis(1)))) {
            assertThat(store().issued(selector, 100))
                    .as(selector.write().text())
                    .hasSize(3)
                    .allSatisfy(one -> assertThat(one.issuance()).isEqualTo(issuance));
            assertThat(store().count(operation(StatusVerb.REVOKE, selector)).changed())
                    .isEqualTo(3);
        }
        var place = issuance.status().orElseThrow();
        for (var selector : List.of(
                by("credential", issuance.id() + ".1"),
                by("attested_key", "b%" + subject),
                StatusSelector.read(JsonObject.builder()
                        .put("list", place.listId())
                        .put("index", place.indices().get(1))
                        .build()))) {
            assertThat(store().count(operation(StatusVerb.REVOKE, selector)).changed())
                    .as(selector.write().text())
                    .isOne();
            assertThat(store().issued(selector, 100))
                    .singleElement()
                    .satisfies(one -> assertThat(one.number()).isOne());
        }
        for (var selector : List.of(
                StatusSelector.ofSubject(subject).before(NOW),
                by("credential", issuance.id() + ".3"),
                by("attested_key", "a" + subject),
                by("attested_key", "a__" + subject.substring(1)),
                StatusSelector.read(JsonObject.builder()
                        .put("subject", subject)
                        .put("credential", other.id())
                        .build()),
                StatusSelector.read(JsonObject.builder()
                        .put("list", "nowhere")
                        .put("index", 1)
                        .build()))) {
            assertThat(store().count(operation(StatusVerb.REVOKE, selector)).matched())
                    .as(selector.write().text())
                    .isZero();
        }
        assertThat(states(StatusSelector.ofSubject(subject)))
                .as("counting changes nothing")
                .containsOnly(CredentialState.VALID);
    }

    @Test
    @DisplayName("long lists come in parts, each entry once, also of one moment and while more is added")
    void parts() {
        var client = Race.hash();
        var origin = new IssuanceOrigin(Optional.of(client), Optional.empty(), Optional.empty(), List.of());
        for (var i = 0; i < 5; i++) {
            issue(Race.hash(), NOW.plusMillis(i / 2), origin, "degree");
        }
        var selector = by("client", client);
        var seen = new ArrayList<String>();
        var after = Optional.<Position>empty();
        do {
            var part = store().issued(selector, after, 7);
            assertThat(part.items()).hasSizeBetween(1, 7);
            part.items().forEach(one -> seen.add(one.id()));
            after = part.next().map(Position::text).map(Position::read);
            issue(Race.hash(), NOW.plusSeconds(60), origin, "degree"); // comes before what was seen
        } while (after.isPresent());
        assertThat(seen).hasSize(15).doesNotHaveDuplicates();
        assertThat(store().issued(selector, Optional.empty(), 1).items())
                .as("an issuance is not torn")
                .hasSize(3);

        var ids = new ArrayList<String>();
        for (var i = 0; i < 5; i++) {
            ids.add(store().apply(operation(StatusVerb.SUSPEND, selector)).id());
        }
        var done = new ArrayList<String>();
        var from = Optional.<Position>empty();
        do {
            var part = store().latest(from, 2);
            part.items().forEach(one -> done.add(one.id()));
            from = part.next();
        } while (from.isPresent());
        assertThat(done).containsAll(ids).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("a change makes its lists due, and their states show it")
    void due() {
        var subject = Race.hash();
        var status = issue(subject).status().orElseThrow();
        var before = lists().clock();
        store().apply(operation(StatusVerb.SUSPEND, StatusSelector.ofSubject(subject)));

        assertThat(lists().clock().changed()).isGreaterThan(before.changed());
        var due = lists().due(Instant.EPOCH, "none").stream()
                .filter(list -> list.listId().equals(status.listId()))
                .findFirst()
                .orElseThrow();
        var states = lists().states(due);
        for (var index : status.indices()) {
            var page = new StatusPage(Arrays.copyOfRange(
                    states,
                    index / StatusPage.ENTRIES * StatusPage.BYTES,
                    (index / StatusPage.ENTRIES + 1) * StatusPage.BYTES));
            assertThat(page.state(index % StatusPage.ENTRIES)).isEqualTo(CredentialState.SUSPENDED);
        }
        var unchanged = lists().clock();
        store().apply(operation(StatusVerb.SUSPEND, StatusSelector.ofSubject(subject)));
        assertThat(lists().clock()).isEqualTo(unchanged);
    }

    @Test
    @DisplayName("an operation that waits takes effect when it is due, by one of fifty")
    void staged() {
        var subject = Race.hash();
        issue(subject);
        var window = Duration.ofMinutes(10);
        var waiting = staged(subject, window);
        assertThat(store().find(waiting.id())).contains(waiting);
        assertThat(applied(NOW.plus(window).minusMillis(1), waiting.id())).isZero();
        assertThat(states(StatusSelector.ofSubject(subject))).containsOnly(CredentialState.VALID);

        assertThat(applied(NOW.plus(window), waiting.id())).isOne();
        assertThat(states(StatusSelector.ofSubject(subject))).containsOnly(CredentialState.REVOKED);
        assertThat(store().undo(waiting.id())).isFalse();
        assertThat(store().find(waiting.id()).orElseThrow())
                .matches(done -> done.phase() == Phase.APPLIED && done.changed() == 3);
    }

    private StatusOperation staged(String subject, Duration window) {
        var operation = new StatusOperation(
                Race.hash(),
                StatusVerb.REVOKE,
                StatusSelector.ofSubject(subject),
                "",
                "somebody",
                NOW,
                NOW.plus(window),
                Phase.STAGED,
                3,
                3);
        store().stage(operation);
        return operation;
    }

    private long applied(Instant now, String id) {
        var nodes = nodes();
        return Race.run(runner -> () -> {
                    var mine = new ArrayList<String>();
                    for (var done = Race.nodeOf(nodes, runner).applyDue(now);
                            done.isPresent();
                            done = Race.nodeOf(nodes, runner).applyDue(now)) {
                        mine.add(done.get().id());
                    }
                    return mine;
                })
                .stream()
                .flatMap(List::stream)
                .filter(id::equals)
                .count();
    }

    @Test
    @DisplayName("an operation that waits can be taken back, and then nothing happens")
    void undone() {
        var subject = Race.hash();
        issue(subject);
        var waiting = staged(subject, Duration.ofDays(1));
        assertThat(store().undo(waiting.id())).isTrue();
        assertThat(store().undo(waiting.id())).isFalse();
        assertThat(store().undo("nothing")).isFalse();
        assertThat(applied(NOW.plus(Duration.ofDays(2)), waiting.id())).isZero();
        assertThat(states(StatusSelector.ofSubject(subject))).containsOnly(CredentialState.VALID);
        assertThat(store().find(waiting.id()).orElseThrow().phase()).isEqualTo(Phase.UNDONE);
    }

    @Test
    @DisplayName("of fifty at once on neighbouring indices none is lost")
    void noneLost() {
        var nodes = nodes();
        var issued = IntStream.range(0, Race.RUNNERS)
                .mapToObj(runner -> issue(Race.hash()))
                .toList();
        Race.run(runner -> () -> Race.nodeOf(nodes, runner)
                .apply(operation(
                        runner % 2 == 0 ? StatusVerb.REVOKE : StatusVerb.SUSPEND,
                        StatusSelector.ofSubject(issued.get(runner).subject()))));
        for (var runner = 0; runner < Race.RUNNERS; runner++) {
            assertThat(states(StatusSelector.ofSubject(issued.get(runner).subject())))
                    .containsOnly(runner % 2 == 0 ? CredentialState.REVOKED : CredentialState.SUSPENDED);
        }
    }
}
