package dev.intaglio.issuer.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps the issuance log: events that wait for their place, records that have one, the nodes of the tree over them, and signed
/// checkpoints. Nothing that has a place is ever changed.
public interface LogStore {
    /// Puts an event down, to be given its place later. An event whose `id` is known already is not added again.
    void add(LogEvent event);

    /// Events without a place, about the oldest first.
    List<LogEvent> waiting(int atMost);

    /// The latest event of a kind, with a place or without.
    Optional<LogEvent> latest(String kind);

    /// Where the log ends; empty if there is nothing in it.
    Optional<StoredCheckpoint> head();

    /// Gives events their places, all or nothing, in one transaction.
    ///
    /// @return false if somebody else has given out one of the places, or put one of the events in its place, before: then
    ///     nothing has changed. Of any number of callers who begin where the log ends, one gets `true`.
    boolean append(Batch batch);

    /// Records in their order.
    List<StoredRecord> records(long from, int atMost);

    /// The record of an event.
    Optional<StoredRecord> find(String eventId);

    /// Checkpoints of more than `size` records, the smallest first.
    List<StoredCheckpoint> checkpointsAfter(long size, int atMost);

    /// Hashes of nodes beside each other.
    ///
    /// @param level 0 for records, otherwise a multiple of 8
    List<byte[]> nodes(int level, long from, int count);

    /// @param text the record as it is hashed and shown
    /// @param leaf its hash in the tree
    record StoredRecord(long index, String eventId, String kind, Instant at, String text, byte[] leaf) {}

    /// The hash over a complete part of the tree.
    record StoredNode(int level, long index, byte[] hash) {}

    /// @param size how many records it is about
    /// @param peaks hashes of the complete trees in it, the largest first, to go on from
    /// @param lastLeaf hash of the last record
    /// @param jwt as it is shown
    record StoredCheckpoint(long size, List<byte[]> peaks, byte[] lastLeaf, String jwt, Instant at) {}

    /// What is appended at once.
    record Batch(List<StoredRecord> records, List<StoredNode> nodes, StoredCheckpoint checkpoint) {}
}
