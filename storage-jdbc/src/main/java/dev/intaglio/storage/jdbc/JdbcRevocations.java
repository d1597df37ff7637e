package dev.intaglio.storage.jdbc;

import dev.intaglio.authorization.store.Revocations;
import java.time.Instant;

/// Authorizations that are no longer good.
record JdbcRevocations(Database database) implements Revocations {
    @Override
    public void revoke(String authorizationId, Instant forgetAt) {
        database.run(session -> session.update(
                "insert into intaglio_revocation (authorization_id, expires_at) values (?, ?) on conflict do nothing",
                authorizationId,
                forgetAt.toEpochMilli()));
    }

    @Override
    public boolean revoked(String authorizationId) {
        return database.run(session -> session.first(
                        "select 1 from intaglio_revocation where authorization_id = ?", row -> true, authorizationId)
                .isPresent());
    }
}
