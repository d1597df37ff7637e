package dev.intaglio.storage.jdbc;

import dev.intaglio.issuer.store.LogEvent;
import dev.intaglio.issuer.store.LogStore;
import dev.intaglio.protocol.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The issuance log. Events are written by whoever issues, under random keys; places are given out by one node at a time, and the
/// primary keys of what has a place see to it that no place is given out twice.
record JdbcLog(Database database, String tenant) implements LogStore {
    @Override
    public void add(LogEvent event) {
        database.run(session -> {
            var placed = session.first(
                    "select 1 from intaglio_log_record where tenant = ? and event_id = ?",
                    row -> true,
                    tenant,
                    event.id());
            return placed.isPresent() ? 0 : insert(session, tenant, event);
        });
    }

    /// Within a transaction.
    static int insert(Session session, String tenant, LogEvent event) throws SQLException {
        return session.update(
                """
                insert into intaglio_log_event (tenant, id, kind, body, happened_at) values (?, ?, ?, ?, ?)
                on conflict do nothing
                """, tenant, event.id(), event.kind(), event.body(), event.at().toEpochMilli());
    }

    @Override
    public List<LogEvent> waiting(int atMost) {
        return database.run(session -> session.all(
                "select * from intaglio_log_event where tenant = ? order by happened_at limit ?",
                JdbcLog::event,
                tenant,
                atMost));
    }

    @Override
    public Optional<LogEvent> latest(String kind) {
        return database.run(session -> {
            var waiting = session.first(
                    "select * from intaglio_log_event where tenant = ? and kind = ? order by happened_at desc limit 1",
                    JdbcLog::event,
                    tenant,
                    kind);
            return waiting.isPresent() ? waiting : session.first("""
                            select * from intaglio_log_record where tenant = ? and kind = ? and kind <> 'issued'
                            order by record_index desc limit 1
                            """, JdbcLog::eventOfRecord, tenant, kind);
        });
    }

    @Override
    public Optional<StoredCheckpoint> head() {
        return database.run(session -> session.first(
                "select * from intaglio_log_checkpoint where tenant = ? order by size desc limit 1",
                JdbcLog::checkpoint,
                tenant));
    }

    /// Each statement counts: where another node was first, a row is there or gone, and all of this is undone.
    @Override
    public boolean append(Batch batch) {
        return database.transaction(session -> {
            var end = batch.checkpoint();
            // The first statement is the one that two nodes beginning at the same place collide at.
            for (var record : batch.records()) {
                if (insert(session, record) != 1 || remove(session, record) != 1) {
                    return false;
                }
            }
            for (var node : batch.nodes()) {
                session.update(
                        "insert into intaglio_log_node (tenant, level, node_index, hash) values (?, ?, ?, ?)",
                        tenant,
                        node.level(),
                        node.index(),
                        node.hash());
            }
            return session.update(
                            """
                            insert into intaglio_log_checkpoint (tenant, size, peaks, last_leaf, jwt, created_at)
                            values (?, ?, ?, ?, ?, ?) on conflict do nothing
                            """,
                            tenant,
                            end.size(),
                            Json.writeString(end.peaks().stream()
                                    .map(Base64.getEncoder()::encodeToString)
                                    .toList()),
                            end.lastLeaf(),
                            end.jwt(),
                            end.at().toEpochMilli())
                    == 1;
        });
    }

    private int insert(Session session, StoredRecord record) throws SQLException {
        return session.update(
                """
                insert into intaglio_log_record (tenant, record_index, event_id, kind, happened_at, record, leaf)
                values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                """,
                tenant,
                record.index(),
                record.eventId(),
                record.kind(),
                record.at().toEpochMilli(),
                record.text(),
                record.leaf());
    }

    private int remove(Session session, StoredRecord record) throws SQLException {
        return session.update("delete from intaglio_log_event where tenant = ? and id = ?", tenant, record.eventId());
    }

    @Override
    public List<StoredRecord> records(long from, int atMost) {
        return database.run(session -> session.all(
                "select * from intaglio_log_record where tenant = ? and record_index >= ? order by record_index limit ?",
                JdbcLog::record,
                tenant,
                from,
                atMost));
    }

    @Override
    public Optional<StoredRecord> find(String eventId) {
        return database.run(session -> session.first(
                "select * from intaglio_log_record where tenant = ? and event_id = ?",
                JdbcLog::record,
                tenant,
                eventId));
    }

    @Override
    public List<StoredCheckpoint> checkpointsAfter(long size, int atMost) {
        return database.run(session -> session.all(
                "select * from intaglio_log_checkpoint where tenant = ? and size > ? order by size limit ?",
                JdbcLog::checkpoint,
                tenant,
                size,
                atMost));
    }

    @Override
    public List<byte[]> nodes(int level, long from, int count) {
        return database.run(session -> level == 0
                ? session.all("""
                        select leaf from intaglio_log_record where tenant = ? and record_index >= ? and record_index < ?
                        order by record_index
                        """, row -> row.getBytes("leaf"), tenant, from, from + count)
                : session.all("""
                        select hash from intaglio_log_node where tenant = ? and level = ? and node_index >= ? and node_index < ?
                        order by node_index
                        """, row -> row.getBytes("hash"), tenant, level, from, from + count));
    }

    private static LogEvent event(ResultSet row) throws SQLException {
        return new LogEvent(row.getString("id"), row.getString("kind"), row.getString("body"), at(row));
    }

    private static LogEvent eventOfRecord(ResultSet row) throws SQLException {
        return new LogEvent(row.getString("event_id"), row.getString("kind"), row.getString("record"), at(row));
    }

    private static Instant at(ResultSet row) throws SQLException {
        return Instant.ofEpochMilli(row.getLong("happened_at"));
    }

    private static StoredRecord record(ResultSet row) throws SQLException {
        return new StoredRecord(
                row.getLong("record_index"),
                row.getString("event_id"),
                row.getString("kind"),
                at(row),
                row.getString("record"),
                row.getBytes("leaf"));
    }

    private static StoredCheckpoint checkpoint(ResultSet row) throws SQLException {
        return new StoredCheckpoint(
                row.getLong("size"),
                JsonColumns.strings(row.getString("peaks")).stream()
                        .map(Base64.getDecoder()::decode)
                        .toList(),
                row.getBytes("last_leaf"),
                row.getString("jwt"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
