package dev.intaglio.storage.jdbc;

import dev.intaglio.issuer.store.Offers;
import java.time.Instant;
import java.util.Optional;

/// Credential Offers by reference (§4.1.3).
record JdbcOffers(Database database, String tenant) implements Offers {
    @Override
    public void save(String handle, byte[] content, Instant expiresAt) {
        database.run(session -> session.update(
                "insert into intaglio_offer (tenant, handle, content, expires_at) values (?, ?, ?, ?)",
                tenant,
                handle,
                content,
                expiresAt.toEpochMilli()));
    }

    @Override
    public Optional<byte[]> find(String handle, Instant now) {
        return database.run(session -> session.first(
                "select content from intaglio_offer where tenant = ? and handle = ? and expires_at > ?",
                row -> row.getBytes("content"),
                tenant,
                handle,
                now.toEpochMilli()));
    }

    @Override
    public void remove(String handle) {
        database.run(session ->
                session.update("delete from intaglio_offer where tenant = ? and handle = ?", tenant, handle));
    }

    @Override
    public void keep(String handle, Instant until) {
        database.run(session -> session.update(
                "update intaglio_offer set expires_at = ? where tenant = ? and handle = ? and expires_at < ?",
                until.toEpochMilli(),
                tenant,
                handle,
                until.toEpochMilli()));
    }
}
