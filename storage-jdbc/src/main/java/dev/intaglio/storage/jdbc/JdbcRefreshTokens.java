package dev.intaglio.storage.jdbc;

import dev.intaglio.authorization.store.RefreshGrant;
import dev.intaglio.authorization.store.RefreshTokens;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// Refresh tokens (RFC 6749, section 6).
record JdbcRefreshTokens(Database database, String tenant) implements RefreshTokens {
    @Override
    public void save(String tokenHash, RefreshGrant grant, Instant expiresAt) {
        var granted = grant.authorization();
        database.run(session -> session.update(
                """
                insert into intaglio_refresh_token
                    (tenant, token_hash, authorization_id, subject, client_id, scopes, authorization_details, client_authenticated,
                     dpop_key, instance_key, replaced, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)
                """,
                tenant,
                tokenHash,
                granted.authorizationId(),
                granted.subject(),
                granted.clientId(),
                GrantedColumns.scopes(granted),
                GrantedColumns.details(granted),
                grant.clientAuthenticated() ? 1 : 0,
                grant.dpopKeyThumbprint().orElse(null),
                grant.instanceKeyThumbprint().orElse(null),
                expiresAt.toEpochMilli()));
    }

    @Override
    public Optional<RefreshGrant> find(String tokenHash, Instant now) {
        return database.run(session -> session.first(
                "select * from intaglio_refresh_token where tenant = ? and token_hash = ? and expires_at > ?",
                JdbcRefreshTokens::grant,
                tenant,
                tokenHash,
                now.toEpochMilli()));
    }

    @Override
    public Rotation rotate(String tokenHash, String successorHash, Instant now) {
        var rotated = database.transaction(session -> {
            var replaced = session.update(
                    "update intaglio_refresh_token set replaced = 1 where tenant = ? and token_hash = ? and replaced = 0 and expires_at > ?",
                    tenant,
                    tokenHash,
                    now.toEpochMilli());
            return replaced == 1 && insertSuccessor(session, tenant, tokenHash, successorHash);
        });
        return rotated ? Rotation.ROTATED : whyNot(tokenHash, now);
    }

    private static boolean insertSuccessor(Session session, String tenant, String tokenHash, String successorHash)
            throws SQLException {
        var inserted = session.update("""
                insert into intaglio_refresh_token
                    (tenant, token_hash, authorization_id, subject, client_id, scopes, authorization_details, client_authenticated,
                     dpop_key, instance_key, replaced, expires_at)
                select tenant, cast(? as text), authorization_id, subject, client_id, scopes, authorization_details, client_authenticated,
                     dpop_key, instance_key, 0, expires_at
                from intaglio_refresh_token where tenant = ? and token_hash = ?
                """, successorHash, tenant, tokenHash);
        return inserted == 1;
    }

    private Rotation whyNot(String tokenHash, Instant now) {
        return database.run(session -> session.first(
                        "select 1 from intaglio_refresh_token where tenant = ? and token_hash = ? and replaced = 1 and expires_at > ?",
                        row -> Rotation.REUSED,
                        tenant,
                        tokenHash,
                        now.toEpochMilli())
                .orElse(Rotation.UNKNOWN));
    }

    private static RefreshGrant grant(ResultSet row) throws SQLException {
        return new RefreshGrant(
                GrantedColumns.read(row),
                row.getLong("client_authenticated") == 1,
                Optional.ofNullable(row.getString("dpop_key")),
                Optional.ofNullable(row.getString("instance_key")));
    }
}
