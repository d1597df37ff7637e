package dev.intaglio.storage.jdbc;

import dev.intaglio.issuer.store.LogEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/// Forgets a subject: what would let somebody get credentials in his name goes, and what must stay (that something was issued,
/// so that it can be revoked) stays without saying to whom.
record Erasure(Database database, String tenant) {
    /// Access tokens of the subject's are good no more, for as long as the longest there could be.
    private static final Duration TOKENS_END = Duration.ofDays(30);

    /// What is left of an issuance whose subject was erased.
    private static final String NOBODY = "";

    /// @param event words what the issuance log is told, given how many issuances were forgotten
    /// @param dryRun only counts
    /// @return how many rows, by table
    Map<String, Integer> erase(String subject, Instant now, IntFunction<LogEvent> event, boolean dryRun) {
        if (subject.isEmpty()) {
            throw new IllegalArgumentException("the subject is empty");
        }
        var rows = new LinkedHashMap<String, Integer>();
        database.transaction(session -> {
            revokeTokens(session, subject, now, "intaglio_issuance");
            revokeTokens(session, subject, now, "intaglio_deferred_transaction");
            revokeTokens(session, subject, now, "intaglio_authorization_code");
            revokeTokens(session, subject, now, "intaglio_refresh_token");
            rows.put("intaglio_status_operation", new JdbcStatusOperations(database, tenant).forget(session, subject));
            rows.put("intaglio_notification", session.update("""
                    update intaglio_notification set description = null where tenant = ? and description is not null
                    and issuance_id in (select id from intaglio_issuance where tenant = ? and subject = ?)
                    """, tenant, tenant, subject));
            rows.put(
                    "intaglio_watched_attestation",
                    session.update("""
                    delete from intaglio_watched_attestation where tenant = ?
                    and reference in (select reference from intaglio_issuance_attestation where tenant = ?
                        and issuance_id in (select id from intaglio_issuance where tenant = ? and subject = ?))
                    and reference not in (select reference from intaglio_issuance_attestation where tenant = ?
                        and issuance_id in (select id from intaglio_issuance where tenant = ? and subject <> ?))
                    """, tenant, tenant, tenant, subject, tenant, tenant, subject));
            rows.put("intaglio_issuance_attestation", session.update("""
                    delete from intaglio_issuance_attestation where tenant = ?
                    and issuance_id in (select id from intaglio_issuance where tenant = ? and subject = ?)
                    """, tenant, tenant, subject));
            var issuances = session.update("""
                    update intaglio_issuance set subject = ?, authorization_id = ?, log_salt = null,
                        wallet_instance = null, attested_keys = null, offer = null, deferred_transaction = null,
                        attestations = null
                    where tenant = ? and subject = ?
                    """, NOBODY, NOBODY, tenant, subject);
            rows.put("intaglio_issuance", issuances);
            for (var table : new String[] {
                "intaglio_deferred_transaction",
                "intaglio_pre_authorized_code",
                "intaglio_authorization_code",
                "intaglio_refresh_token",
                "intaglio_offered_authorization",
                "intaglio_user"
            }) {
                rows.put(
                        table,
                        session.update("delete from " + table + " where tenant = ? and subject = ?", tenant, subject));
            }
            if (issuances > 0) {
                JdbcLog.insert(session, tenant, event.apply(issuances));
            }
            return !dryRun;
        });
        return rows;
    }

    private void revokeTokens(Session session, String subject, Instant now, String table) throws SQLException {
        session.update(
                "insert into intaglio_revocation (tenant, authorization_id, expires_at)"
                        + " select distinct cast(? as text), authorization_id, cast(? as bigint) from " + table
                        + " where tenant = ? and subject = ? on conflict do nothing",
                tenant,
                now.plus(TOKENS_END).toEpochMilli(),
                tenant,
                subject);
    }
}
