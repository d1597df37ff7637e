package dev.intaglio.testing.store;

import dev.intaglio.issuer.store.LogEvent;
import dev.intaglio.issuer.store.LogStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The issuance log in memory.
final class LogInMemory implements LogStore {
    private final Map<String, LogEvent> waiting = new LinkedHashMap<>();
    private final Map<String, LogEvent> placed = new LinkedHashMap<>();
    private final List<StoredRecord> records = new ArrayList<>();
    private final List<StoredCheckpoint> checkpoints = new ArrayList<>();
    private final Map<String, byte[]> nodes = new LinkedHashMap<>();

    @Override
    public synchronized void add(LogEvent event) {
        if (!placed.containsKey(event.id())) {
            waiting.putIfAbsent(event.id(), event);
        }
    }

    @Override
    public synchronized List<LogEvent> waiting(int atMost) {
        return waiting.values().stream().limit(atMost).toList();
    }

    @Override
    public synchronized Optional<LogEvent> latest(String kind) {
        return Stream.concat(placed.values().stream(), waiting.values().stream())
                .filter(event -> event.kind().equals(kind))
                .reduce((before, after) -> after);
    }

    @Override
    public synchronized Optional<StoredCheckpoint> head() {
        return checkpoints.isEmpty() ? Optional.empty() : Optional.of(checkpoints.getLast());
    }

    @Override
    public synchronized boolean append(Batch batch) {
        var ids = batch.records().stream().map(StoredRecord::eventId).toList();
        if (batch.records().getFirst().index() != records.size()
                || !waiting.keySet().containsAll(ids)) {
            return false;
        }
        for (var id : ids) {
            placed.put(id, waiting.remove(id));
        }
        records.addAll(batch.records());
        batch.nodes().forEach(node -> nodes.put(node.level() + "/" + node.index(), node.hash()));
        checkpoints.add(batch.checkpoint());
        return true;
    }

    @Override
    public synchronized List<StoredRecord> records(long from, int atMost) {
        return records.stream().skip(from).limit(atMost).toList();
    }

    @Override
    public synchronized Optional<StoredRecord> find(String eventId) {
        return records.stream()
                .filter(record -> record.eventId().equals(eventId))
                .findFirst();
    }

    @Override
    public synchronized List<StoredCheckpoint> checkpointsAfter(long size, int atMost) {
        return checkpoints.stream()
                .filter(checkpoint -> checkpoint.size() > size)
                .limit(atMost)
                .toList();
    }

    @Override
    public synchronized List<byte[]> nodes(int level, long from, int count) {
        return level == 0
                ? records(from, count).stream().map(StoredRecord::leaf).toList()
                : Stream.iterate(from, index -> index + 1)
                        .limit(count)
                        .map(index -> nodes.get(level + "/" + index))
                        .takeWhile(Objects::nonNull)
                        .toList();
    }
}
