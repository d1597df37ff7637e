package dev.intaglio.storage.jdbc;

import dev.intaglio.authorization.store.PreAuthorization;
import dev.intaglio.authorization.store.PreAuthorizedCodes;
import dev.intaglio.protocol.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// Pre-authorized codes (§4.1.1, §6.1).
record JdbcPreAuthorizedCodes(Database database, String tenant) implements PreAuthorizedCodes {
    @Override
    public void save(
            String codeHash,
            PreAuthorization authorization,
            Optional<String> txCodeHash,
            int attempts,
            Instant expiresAt) {
        if (attempts < 1) {
            throw new IllegalArgumentException("a code needs at least one attempt");
        }
        database.run(session -> session.update(
                """
                insert into intaglio_pre_authorized_code
                    (tenant, code_hash, authorization_id, subject, configuration_ids, tx_code_hash, attempts_left, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                tenant,
                codeHash,
                authorization.authorizationId(),
                authorization.subject(),
                Json.writeString(authorization.configurationIds()),
                txCodeHash.orElse(null),
                attempts,
                expiresAt.toEpochMilli()));
    }

    @Override
    public Redemption redeem(String codeHash, Optional<String> txCodeHash, Instant now) {
        return database.run(session -> {
            var redeemed = session.first(
                    """
                    delete from intaglio_pre_authorized_code
                    where tenant = ? and code_hash = ? and tx_code_hash is not distinct from ? and attempts_left > 0 and expires_at > ?
                    returning authorization_id, subject, configuration_ids
                    """,
                    JdbcPreAuthorizedCodes::authorization,
                    tenant,
                    codeHash,
                    txCodeHash.orElse(null),
                    now.toEpochMilli());
            if (redeemed.isPresent()) {
                return new Redemption.Redeemed(redeemed.get());
            }
            return txCodeHash.isPresent()
                    ? countAttempt(session, tenant, codeHash, txCodeHash.get(), now)
                    : withoutTxCode(session, tenant, codeHash, now);
        });
    }

    /// A Transaction Code came and did not fit: an attempt, if one was asked for.
    private static Redemption countAttempt(
            Session session, String tenant, String codeHash, String txCodeHash, Instant now) throws SQLException {
        return session.<Redemption>first(
                        """
                        update intaglio_pre_authorized_code
                        set attempts_left = attempts_left - case when tx_code_hash is null then 0 else 1 end
                        where tenant = ? and code_hash = ? and tx_code_hash is distinct from ? and attempts_left > 0 and expires_at > ?
                        returning attempts_left, tx_code_hash
                        """,
                        row -> row.getString("tx_code_hash") == null
                                ? new Redemption.TxCodeUnexpected()
                                : new Redemption.WrongTxCode(row.getInt("attempts_left")),
                        tenant,
                        codeHash,
                        txCodeHash,
                        now.toEpochMilli())
                .orElse(new Redemption.Unknown());
    }

    private static Redemption withoutTxCode(Session session, String tenant, String codeHash, Instant now)
            throws SQLException {
        return session.<Redemption>first(
                        """
                        select 1 from intaglio_pre_authorized_code
                        where tenant = ? and code_hash = ? and tx_code_hash is not null and attempts_left > 0 and expires_at > ?
                        """, row -> new Redemption.TxCodeMissing(), tenant, codeHash, now.toEpochMilli())
                .orElse(new Redemption.Unknown());
    }

    @Override
    public Optional<PreAuthorization> find(String codeHash, Instant now) {
        return database.run(session ->
                session.first("""
                select authorization_id, subject, configuration_ids from intaglio_pre_authorized_code
                where tenant = ? and code_hash = ? and attempts_left > 0 and expires_at > ?
                """, JdbcPreAuthorizedCodes::authorization, tenant, codeHash, now.toEpochMilli()));
    }

    private static PreAuthorization authorization(ResultSet row) throws SQLException {
        return new PreAuthorization(
                row.getString("authorization_id"),
                row.getString("subject"),
                JsonColumns.strings(row.getString("configuration_ids")));
    }
}
