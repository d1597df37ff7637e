package dev.intaglio.storage.jdbc;

import dev.intaglio.issuer.store.DialectTokens;
import java.time.Instant;
import java.util.Optional;

/// Tokens that were asked for in a dialect, by their hashes.
record JdbcDialectTokens(Database database, String tenant) implements DialectTokens {
    @Override
    public void keep(String tokenHash, String dialect, Instant until) {
        database.run(session -> session.update("""
                insert into intaglio_dialect_token (tenant, token_hash, dialect, expires_at) values (?, ?, ?, ?)
                on conflict (tenant, token_hash) do update set
                    dialect = excluded.dialect, expires_at = excluded.expires_at
                """, tenant, tokenHash, dialect, until.toEpochMilli()));
    }

    @Override
    public Optional<String> dialect(String tokenHash, Instant now) {
        return database.run(session -> session.first(
                "select dialect from intaglio_dialect_token where tenant = ? and token_hash = ? and expires_at > ?",
                row -> row.getString(1),
                tenant,
                tokenHash,
                now.toEpochMilli()));
    }
}
