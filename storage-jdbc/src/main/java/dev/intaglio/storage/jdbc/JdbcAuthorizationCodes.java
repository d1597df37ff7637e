package dev.intaglio.storage.jdbc;

import dev.intaglio.authorization.store.AuthorizationCodes;
import dev.intaglio.authorization.store.AuthorizedCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// Authorization codes (RFC 6749, section 4.1.2).
record JdbcAuthorizationCodes(Database database, String tenant) implements AuthorizationCodes {
    @Override
    public void save(String codeHash, AuthorizedCode code, Instant expiresAt, Instant forgetAt) {
        var granted = code.authorization();
        database.run(session -> session.update(
                """
                insert into intaglio_authorization_code
                    (tenant, code_hash, authorization_id, subject, client_id, scopes, authorization_details, client_authenticated,
                     redirect_uri, code_challenge, dpop_key, redeemed, usable_until, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)
                """,
                tenant,
                codeHash,
                granted.authorizationId(),
                granted.subject(),
                granted.clientId(),
                GrantedColumns.scopes(granted),
                GrantedColumns.details(granted),
                code.clientAuthenticated() ? 1 : 0,
                code.redirectUri(),
                code.codeChallenge().orElse(null),
                code.dpopKeyThumbprint().orElse(null),
                expiresAt.toEpochMilli(),
                forgetAt.toEpochMilli()));
    }

    @Override
    public Optional<AuthorizedCode> find(String codeHash, Instant now) {
        return database.run(session -> session.first(
                "select * from intaglio_authorization_code where tenant = ? and code_hash = ? and expires_at > ?",
                JdbcAuthorizationCodes::code,
                tenant,
                codeHash,
                now.toEpochMilli()));
    }

    @Override
    public Redemption redeem(String codeHash, Instant now) {
        return database.run(session -> {
            var redeemed = session.update("""
                    update intaglio_authorization_code set redeemed = 1
                    where tenant = ? and code_hash = ? and redeemed = 0 and usable_until > ? and expires_at > ?
                    """, tenant, codeHash, now.toEpochMilli(), now.toEpochMilli());
            if (redeemed == 1) {
                return Redemption.REDEEMED;
            }
            return session.first(
                            "select 1 from intaglio_authorization_code where tenant = ? and code_hash = ? and redeemed = 1 and expires_at > ?",
                            row -> Redemption.REUSED,
                            tenant,
                            codeHash,
                            now.toEpochMilli())
                    .orElse(Redemption.UNKNOWN);
        });
    }

    private static AuthorizedCode code(ResultSet row) throws SQLException {
        return new AuthorizedCode(
                GrantedColumns.read(row),
                row.getLong("client_authenticated") == 1,
                row.getString("redirect_uri"),
                Optional.ofNullable(row.getString("code_challenge")),
                Optional.ofNullable(row.getString("dpop_key")));
    }
}
