package dev.intaglio.storage.jdbc;

import dev.intaglio.authorization.store.OfferedAuthorization;
import dev.intaglio.authorization.store.OfferedAuthorizations;
import dev.intaglio.protocol.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// Offers with the authorization code grant (§4.1.1).
record JdbcOfferedAuthorizations(Database database, String tenant) implements OfferedAuthorizations {
    @Override
    public void save(String stateHash, OfferedAuthorization offered, Instant expiresAt) {
        database.run(session -> session.update(
                """
                insert into intaglio_offered_authorization (tenant, state_hash, subject, configuration_ids, single_use, expires_at)
                values (?, ?, ?, ?, ?, ?)
                """,
                tenant,
                stateHash,
                offered.subject().orElse(null),
                Json.writeString(offered.configurationIds()),
                offered.singleUse() ? 1 : 0,
                expiresAt.toEpochMilli()));
    }

    @Override
    public Optional<OfferedAuthorization> find(String stateHash, Instant now) {
        return database.run(session ->
                session.first("""
                select subject, configuration_ids, single_use from intaglio_offered_authorization
                where tenant = ? and state_hash = ? and expires_at > ?
                """, JdbcOfferedAuthorizations::offered, tenant, stateHash, now.toEpochMilli()));
    }

    @Override
    public Optional<OfferedAuthorization> consume(String stateHash, Instant now) {
        return database.run(session ->
                session.first("""
                delete from intaglio_offered_authorization where tenant = ? and state_hash = ? and expires_at > ?
                returning subject, configuration_ids, single_use
                """, JdbcOfferedAuthorizations::offered, tenant, stateHash, now.toEpochMilli()));
    }

    private static OfferedAuthorization offered(ResultSet row) throws SQLException {
        return new OfferedAuthorization(
                Optional.ofNullable(row.getString("subject")),
                JsonColumns.strings(row.getString("configuration_ids")),
                row.getLong("single_use") == 1);
    }
}
