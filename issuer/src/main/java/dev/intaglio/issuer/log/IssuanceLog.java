package dev.intaglio.issuer.log;

import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.Leases;
import dev.intaglio.issuer.store.LogEvent;
import dev.intaglio.issuer.store.LogStore;
import dev.intaglio.issuer.store.LogStore.Batch;
import dev.intaglio.issuer.store.LogStore.StoredCheckpoint;
import dev.intaglio.issuer.store.LogStore.StoredNode;
import dev.intaglio.issuer.store.LogStore.StoredRecord;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.nonce.Unguessable;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Consumer;

/// The issuance log of one issuer. What happens is put down in the transaction in which it happens; [#sequence], called now and
/// then, gives it a place in the log and signs a checkpoint over it. Safe to share, by threads and by nodes.
public final class IssuanceLog {
    /// Levels of the tree that are kept: a proof then reads at most this many hashes at a time.
    private static final int KEPT_LEVELS = 8;

    private static final int BATCH = 500;
    private static final String LEASE = "issuance-log";
    private static final Duration LEASE_LENGTH = Duration.ofSeconds(30);

    private final URI issuer;
    private final LogStore store;
    private final Leases leases;
    private final Issuances issuances;
    private final KeyRing keys;
    private final Clock clock;
    private final LogEvents events;
    private final String node;

    /// @param issuances for finding the record about a credential
    public IssuanceLog(
            URI issuer,
            LogStore store,
            Leases leases,
            Issuances issuances,
            KeyRing keys,
            Clock clock,
            SecureRandom random) {
        this.issuer = issuer;
        this.store = store;
        this.leases = leases;
        this.issuances = issuances;
        this.keys = keys;
        this.clock = clock;
        events = new LogEvents(random);
        node = Unguessable.text(random, Unguessable.IDENTIFIER);
    }

    /// Puts down something that stands alone. What belongs to an issuance is put down with it.
    public void add(LogEvent event) {
        store.add(event);
    }

    /// For wording what is put down.
    public LogEvents events() {
        return events;
    }

    /// Notes the configuration the issuer works by, unless it is the one noted last.
    public void configuration(String digest) {
        var known = store.latest(LogEvents.CONFIGURATION)
                .map(event -> Json.readObject(event.body()).string("digest"));
        if (!known.equals(Optional.of(digest))) {
            store.add(events.configuration(digest, clock.instant()));
        }
    }

    /// Gives every event its place, if no other node is at it.
    ///
    /// @return how many there were
    public int sequence() {
        if (store.waiting(1).isEmpty() || !leases.take(LEASE, node, clock.instant(), LEASE_LENGTH)) {
            return 0;
        }
        var sequenced = 0;
        int batch;
        do {
            batch = sequenceBatch();
            sequenced += batch;
        } while (batch == BATCH && leases.take(LEASE, node, clock.instant(), LEASE_LENGTH));
        leases.release(LEASE, node);
        return sequenced;
    }

    /// Of nodes that do it at once, because one outslept its lease, the store lets one succeed.
    private int sequenceBatch() {
        var head = store.head();
        var waiting = store.waiting(BATCH);
        if (waiting.isEmpty()) {
            return 0;
        }
        var tree = head.map(end -> new MerkleTree(end.size(), end.peaks())).orElseGet(MerkleTree::new);
        var last = head.map(StoredCheckpoint::lastLeaf);
        var before = tree.size();
        var records = new ArrayList<StoredRecord>();
        var nodes = new ArrayList<StoredNode>();
        for (var event : waiting) {
            var record = LogRecord.of(tree.size(), last, event);
            var leaf = record.leaf();
            records.add(new StoredRecord(record.index(), event.id(), record.kind(), event.at(), record.line(), leaf));
            tree.append(leaf, (level, index, hash) -> {
                if (level > 0 && level % KEPT_LEVELS == 0) {
                    nodes.add(new StoredNode(level, index, hash));
                }
            });
            last = Optional.of(leaf);
        }
        var now = clock.instant();
        var checkpoint = Checkpoint.sign(
                issuer.toString(),
                tree.size(),
                before,
                tree.root(),
                now,
                keys.current(KeyUse.ISSUANCE_LOG, KeyUse.CREDENTIAL));
        var end = new StoredCheckpoint(
                tree.size(), tree.peaks(), last.orElseThrow(), checkpoint.jwt().compact(), now);
        return store.append(new Batch(records, nodes, end)) ? records.size() : 0;
    }

    /// The last checkpoint; empty if there is none yet.
    public Optional<Checkpoint> checkpoint() {
        return store.head().map(end -> Checkpoint.read(end.jwt()));
    }

    /// Whether events wait for their places.
    public boolean behind() {
        return !store.waiting(1).isEmpty();
    }

    /// The lines of the log for [LogVerifier]: records, and after the last record each is about, checkpoints.
    ///
    /// @param from the index of the first record; what comes after a checkpoint begins at its size
    /// @param atMost about how many records; the last line is a checkpoint
    /// @return the index to go on from; the same if there is nothing more
    public long export(long from, int atMost, Consumer<String> line) {
        var next = from;
        for (var checkpoint : store.checkpointsAfter(from, atMost)) {
            if (next - from >= atMost) {
                break;
            }
            while (next < checkpoint.size()) {
                var records = store.records(next, (int) Math.min(BATCH, checkpoint.size() - next));
                if (records.isEmpty()) {
                    return next; // the verifier says what is missing
                }
                records.forEach(record -> line.accept(record.text()));
                next = records.getLast().index() + 1;
            }
            line.accept(JsonObject.builder()
                    .put("checkpoint", checkpoint.jwt())
                    .build()
                    .text());
        }
        return next;
    }

    /// Proves that a credential is in the log.
    ///
    /// @param number which one of the issuance
    /// @return empty if we do not know the issuance (any more), or it has no place yet
    public Optional<InclusionProof> prove(String issuanceId, int number) {
        return issuances
                .salt(issuanceId)
                .map(Commitments::new)
                .flatMap(commitments -> store.find(commitments.event())
                        .filter(record -> number >= 0
                                && number
                                        < LogRecord.read(record.text())
                                                .content()
                                                .strings("credentials")
                                                .size())
                        .map(record -> prove(issuanceId, number, commitments, record)));
    }

    private InclusionProof prove(String issuanceId, int number, Commitments commitments, StoredRecord record) {
        var end = store.head().orElseThrow();
        var path = MerkleTree.path(record.index(), end.size(), this::node).stream()
                .map(LogRecord::text)
                .toList();
        return new InclusionProof(issuanceId, number, commitments.opening(number), record.text(), path, end.jwt());
    }

    private byte[] node(int level, long index) {
        var above = level % KEPT_LEVELS;
        var hashes = store.nodes(level - above, index << above, 1 << above);
        if (hashes.size() != 1 << above) {
            throw new IllegalStateException("the issuance log has a gap at level " + (level - above) + " near "
                    + (index << above) + "; intaglio log verify says where");
        }
        while (hashes.size() > 1) {
            var parents = new ArrayList<byte[]>();
            for (int left = 0; left < hashes.size(); left += 2) {
                parents.add(MerkleTree.node(hashes.get(left), hashes.get(left + 1)));
            }
            hashes = parents;
        }
        return hashes.getFirst();
    }
}
