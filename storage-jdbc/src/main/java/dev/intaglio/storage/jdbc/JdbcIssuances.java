package dev.intaglio.storage.jdbc;

import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.UsedNonce;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Issuances with the use of their nonces.
record JdbcIssuances(Database database, String tenant) implements Issuances {
    /// No realm of a [JdbcReplayGuard] may hold an underscore.
    private static final String KIND = "c_nonce";

    @Override
    public boolean record(IssuanceRecord issuance, List<UsedNonce> nonces) {
        if (nonces.isEmpty() && issuance.logged().isEmpty()) {
            return database.run(session -> insert(session, tenant, issuance));
        }
        return database.transaction(session -> use(session, tenant, nonces) && insert(session, tenant, issuance));
    }

    @Override
    public Optional<byte[]> salt(String issuanceId) {
        return database.run(session -> session.first(
                "select log_salt from intaglio_issuance where tenant = ? and id = ? and log_salt is not null",
                row -> row.getBytes("log_salt"),
                tenant,
                issuanceId));
    }

    /// Within a transaction.
    ///
    /// @return false if one of them had been used before
    static boolean use(Session session, String tenant, List<UsedNonce> nonces) throws SQLException {
        // Always in the same order: two requests that wait for each other's nonces would wait for ever.
        var sorted =
                nonces.stream().sorted(Comparator.comparing(UsedNonce::hash)).toList();
        for (var nonce : sorted) {
            if (!JdbcReplayGuard.insert(session, tenant, KIND, nonce.hash(), nonce.forgetAt())) {
                return false;
            }
        }
        return true;
    }

    static boolean insert(Session session, String tenant, IssuanceRecord issuance) throws SQLException {
        session.update(
                """
                insert into intaglio_issuance
                    (tenant, id, authorization_id, configuration_id, subject, credentials, issued_at, signing_key, valid_until,
                     log_salt)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                tenant,
                issuance.id(),
                issuance.authorizationId(),
                issuance.configurationId(),
                issuance.subject(),
                issuance.credentials(),
                issuance.issuedAt().toEpochMilli(),
                issuance.signed().map(IssuanceRecord.Signed::key).orElse(null),
                issuance.signed()
                        .map(signed -> signed.validUntil().toEpochMilli())
                        .orElse(null),
                issuance.logged().map(IssuanceRecord.Logged::salt).orElse(null));
        if (issuance.logged().isPresent()) {
            JdbcLog.insert(session, tenant, issuance.logged().get().event());
        }
        return true;
    }
}
