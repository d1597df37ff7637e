package dev.intaglio.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.issuer.log.CheckpointKeys;
import dev.intaglio.issuer.log.IssuanceLog;
import dev.intaglio.issuer.log.LogEvents;
import dev.intaglio.issuer.log.LogVerifier;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.Leases;
import dev.intaglio.issuer.store.LogEvent;
import dev.intaglio.issuer.store.LogStore;
import dev.intaglio.issuer.store.UsedNonce;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.SigningKey;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What [LogStore] must do. The log is shared by all tests on one database, so none of them expects it to be empty.
@DisplayName("The issuance log's store")
public abstract class LogStoreContract {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final KeyRing KEYS = KeyRing.of(SigningKey.generate(JWSAlgorithm.ES256));
    private static final SecureRandom RANDOM = new SecureRandom();

    /// One node's view of the data.
    ///
    /// @param log what is under test
    public record Node(LogStore log, Issuances issuances, Leases leases) {}

    protected abstract Node store();

    /// Several nodes over the same data.
    protected List<Node> nodes() {
        return List.of(store());
    }

    /// None of these callers waits for a lease: what must not happen twice is for the store to prevent.
    private static IssuanceLog unleased(Node node) {
        var everybody = new Leases() {
            @Override
            public boolean take(String name, String holder, Instant now, Duration length) {
                return true;
            }

            @Override
            public void release(String name, String holder) {}
        };
        return new IssuanceLog(
                URI.create("https://issuer.example"),
                node.log(),
                everybody,
                node.issuances(),
                KEYS,
                Clock.systemUTC(),
                RANDOM);
    }

    private static IssuanceRecord issuance(String id) {
        var words = new LogEvents(RANDOM);
        return new IssuanceRecord(
                id,
                "authorization",
                "degree",
                "subject",
                2,
                NOW,
                Optional.empty(),
                Optional.of(words.issued(id, "degree", "key", List.of(Optional.empty(), Optional.empty()), NOW)));
    }

    private List<String> exported() {
        var lines = new ArrayList<String>();
        var log = unleased(store());
        var from = 0L;
        var next = log.export(from, 700, lines::add);
        while (next > from) {
            from = next;
            next = log.export(from, 700, lines::add);
        }
        return lines;
    }

    private static LogVerifier.Result verified(List<String> lines) {
        var verifier = new LogVerifier(CheckpointKeys.asNamed(), List.of());
        lines.forEach(verifier::line);
        return verifier.end();
    }

    private void sequenceAll() {
        while (unleased(store()).sequence() > 0) {}
    }

    @Test
    @DisplayName("an issuance and its event are kept together, or neither is")
    void withTheIssuance() {
        var nonce = List.of(new UsedNonce(Race.hash(), NOW.plusSeconds(300)));
        var kept = issuance(Race.hash());
        var refused = issuance(Race.hash());
        assertThat(store().issuances().record(kept, nonce)).isTrue();
        assertThat(store().issuances().record(refused, nonce)).isFalse();
        sequenceAll();
        assertThat(store().log().find(event(kept).id())).isPresent();
        assertThat(store().log().find(event(refused).id())).isEmpty();
        assertThat(store().issuances().salt(kept.id()))
                .contains(kept.logged().orElseThrow().salt());
        assertThat(store().issuances().salt(refused.id())).isEmpty();
    }

    private static LogEvent event(IssuanceRecord issuance) {
        return issuance.logged().orElseThrow().event();
    }

    @Test
    @DisplayName("while nodes issue, nodes give out places without regard for each other, and each event gets one")
    void onePlaceEach() {
        var nodes = nodes();
        var issued = Race.run(runner -> () -> {
            var node = Race.nodeOf(nodes, runner);
            var ids = new ArrayList<String>();
            for (int round = 0; round < 20; round++) {
                var issuance = issuance(Race.hash());
                node.issuances().record(issuance, List.of());
                ids.add(event(issuance).id());
                if (runner % 5 == 0) {
                    unleased(node).sequence();
                }
            }
            return ids;
        });
        sequenceAll();
        assertThat(issued.stream().flatMap(List::stream))
                .allSatisfy(id -> assertThat(store().log().find(id)).isPresent());
        var lines = exported();
        assertThat(verified(lines)).isInstanceOf(LogVerifier.Result.Whole.class);
        var places = lines.stream().filter(line -> line.contains("\"kind\"")).toList();
        assertThat(places).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(50 * 20);
        assertThat(store().log().waiting(1)).isEmpty();
    }

    @Test
    @DisplayName("proves each credential of an issuance, in a log larger than the parts that are kept")
    void proves() {
        for (int more = 0; more < 600; more++) {
            store().log().add(new LogEvents(RANDOM).deferred("degree", NOW));
        }
        var issuance = issuance(Race.hash());
        store().issuances().record(issuance, List.of());
        for (int more = 0; more < 300; more++) {
            store().log().add(new LogEvents(RANDOM).deferred("degree", NOW.plusSeconds(1)));
        }
        sequenceAll();
        var log = unleased(store());
        for (int number = 0; number < 2; number++) {
            var proof = log.prove(issuance.id(), number).orElseThrow();
            var shown = proof.verify(CheckpointKeys.asNamed(), Optional.of(""));
            assertThat(shown.keyMatches()).contains(true);
            assertThat(proof.verify(CheckpointKeys.asNamed(), Optional.of("another"))
                            .keyMatches())
                    .contains(false);
        }
        assertThat(log.prove(issuance.id(), 2)).isEmpty();
        assertThat(log.prove(Race.hash(), 0)).isEmpty();
    }

    @Test
    @DisplayName("an event that is added twice has one place")
    void addedTwice() {
        var event = new LogEvents(RANDOM).key("credential", "key", "active", NOW);
        store().log().add(event);
        store().log().add(event);
        sequenceAll();
        store().log().add(event);
        sequenceAll();
        assertThat(exported().stream().filter(line -> line.contains("\"change\":\"active\"")))
                .hasSize(1);
    }

    @Test
    @DisplayName("knows the latest event of a kind, with and without a place")
    void latest() {
        var words = new LogEvents(RANDOM);
        var log = store().log();
        log.add(words.configuration("one", NOW));
        sequenceAll();
        assertThat(log.latest(LogEvents.CONFIGURATION).orElseThrow().body()).contains("one");
        log.add(words.configuration("two", NOW));
        assertThat(log.latest(LogEvents.CONFIGURATION).orElseThrow().body()).contains("two");
        sequenceAll();
        assertThat(log.latest(LogEvents.CONFIGURATION).orElseThrow().body()).contains("two");
        assertThat(log.latest("nothing")).isEmpty();
    }
}
