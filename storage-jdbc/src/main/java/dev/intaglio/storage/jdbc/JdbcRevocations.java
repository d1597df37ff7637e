package dev.intaglio.storage.jdbc;

import dev.intaglio.authorization.store.Revocations;
import java.time.Instant;

/// Authorizations that are no longer good.
record JdbcRevocations(Database database, String tenant) implements Revocations {
    @Override
    public void revoke(String authorizationId, Instant forgetAt) {
        database.run(session -> session.update(
                "insert into intaglio_revocation (tenant, authorization_id, expires_at) values (?, ?, ?) on conflict do nothing",
                tenant,
                authorizationId,
                forgetAt.toEpochMilli()));
    }

    @Override
    public boolean revoked(String authorizationId) {
        return database.run(session -> session.first(
                        "select 1 from intaglio_revocation where tenant = ? and authorization_id = ?",
                        row -> true,
                        tenant,
                        authorizationId)
                .isPresent());
    }
}
