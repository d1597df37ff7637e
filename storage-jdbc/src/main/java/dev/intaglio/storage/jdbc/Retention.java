package dev.intaglio.storage.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Removes rows nobody needs any more, a few at a time so that requests get their turn in between.
record Retention(Database database) {
    /// Rows outlive their expiry by this: a node whose clock is behind must still find what was used.
    static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    static final int AT_A_TIME = 500;

    /// A table whose rows end by themselves.
    ///
    /// @param key what tells the rows of a tenant apart
    /// @param time when they end
    record Ending(String table, String key, String time) {}

    static final List<Ending> ENDING = List.of(
            new Ending("intaglio_used_value", "value", "forget_at"),
            new Ending("intaglio_offer", "handle", "expires_at"),
            new Ending("intaglio_pre_authorized_code", "code_hash", "expires_at"),
            new Ending("intaglio_interaction", "interaction_hash", "expires_at"),
            new Ending("intaglio_authorization_request", "reference_hash", "expires_at"),
            new Ending("intaglio_authorization_code", "code_hash", "expires_at"),
            new Ending("intaglio_refresh_token", "token_hash", "expires_at"),
            new Ending("intaglio_offered_authorization", "state_hash", "expires_at"),
            new Ending("intaglio_revocation", "authorization_id", "expires_at"),
            new Ending("intaglio_deferred_transaction", "handle", "expires_at"),
            new Ending("intaglio_outgoing_event", "id", "expires_at"),
            new Ending("intaglio_dialect_token", "token_hash", "expires_at"),
            new Ending("intaglio_issued_count", "id", "expires_at"),
            new Ending("intaglio_trace_name", "step_id", "expires_at"),
            new Ending("intaglio_trace_step", "id", "expires_at"),
            new Ending("intaglio_idempotent_answer", "id", "expires_at"),
            new Ending("intaglio_watched_attestation", "reference", "watched_until"));

    /// Of all tenants.
    int removeExpired(Instant now) {
        var before = now.minus(CLOCKS_APART);
        return ENDING.stream()
                .mapToInt(rows -> removeAll(rows.table(), rows.key(), rows.time(), before))
                .sum();
    }

    int removeIssuances(String tenant, Instant before) {
        return removeAll("intaglio_issuance", "id", "issued_at", before, tenant)
                + removeAll("intaglio_issuance_attestation", "issuance_id", "issued_at", before, tenant)
                + removeAll("intaglio_dialect_use", "id", "last_at", before, tenant)
                + removeAll("intaglio_notification", "id", "received_at", before, tenant);
    }

    /// @param of one tenant, or all
    private int removeAll(String table, String key, String time, Instant before, String... of) {
        var removed = 0;
        int last;
        do {
            last = removeSome(table, key, time, before.toEpochMilli(), of);
            removed += last;
        } while (last > 0);
        return removed;
    }

    private int removeSome(String table, String key, String time, long before, String... of) {
        // Found first and then deleted in the order of their keys: two nodes that clean up at once and take the same
        // rows in different orders would wait for each other.
        var whose = of.length == 0 ? "" : "tenant = ? and ";
        var values = new ArrayList<Object>(List.of(of));
        values.add(before);
        var keys = database.run(session -> session.all(
                "select tenant, " + key + " from " + table + " where " + whose + time + " < ? order by " + time
                        + " limit " + AT_A_TIME,
                row -> new Key(row.getString(1), row.getString(2)),
                values.toArray()));
        if (keys.isEmpty()) {
            return 0;
        }
        var removed = new int[1];
        database.transaction(session -> {
            removed[0] = session.updateEach(
                    "delete from " + table + " where tenant = ? and " + key + " = ? and " + time + " < ?",
                    keys.stream()
                            .sorted(Comparator.comparing(Key::value).thenComparing(Key::tenant))
                            .map(found -> new Object[] {found.tenant(), found.value(), before})
                            .toList());
            return true;
        });
        return removed[0];
    }

    private record Key(String tenant, String value) {}
}
