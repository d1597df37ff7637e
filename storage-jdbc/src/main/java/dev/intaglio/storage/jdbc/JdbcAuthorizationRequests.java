package dev.intaglio.storage.jdbc;

import dev.intaglio.authorization.store.AuthorizationRequests;
import dev.intaglio.authorization.store.ParkedRequest;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.oauth.AuthorizationRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// Authorization requests that wait for their users (RFC 9126), and the interactions about them.
record JdbcAuthorizationRequests(Database database, String tenant) implements AuthorizationRequests {
    @Override
    public void save(String referenceHash, ParkedRequest request, Instant usableUntil, Instant forgetAt) {
        database.run(session -> session.update(
                """
                insert into intaglio_authorization_request
                    (tenant, reference_hash, parameters, client_authenticated, usable_until, expires_at)
                values (?, ?, ?, ?, ?, ?)
                """,
                tenant,
                referenceHash,
                request.request().write().encoded(),
                request.clientAuthenticated() ? 1 : 0,
                usableUntil.toEpochMilli(),
                forgetAt.toEpochMilli()));
    }

    @Override
    public Optional<ParkedRequest> find(String referenceHash, Instant now) {
        return database.run(session ->
                session.first("""
                select parameters, client_authenticated from intaglio_authorization_request
                where tenant = ? and reference_hash = ? and usable_until > ? and completed = 0
                """, JdbcAuthorizationRequests::request, tenant, referenceHash, now.toEpochMilli()));
    }

    @Override
    public Optional<ParkedRequest> over(String referenceHash, Instant now) {
        return database.run(session -> session.first(
                """
                select parameters, client_authenticated from intaglio_authorization_request
                where tenant = ? and reference_hash = ? and (usable_until <= ? or completed = 1) and expires_at > ?
                """,
                JdbcAuthorizationRequests::request,
                tenant,
                referenceHash,
                now.toEpochMilli(),
                now.toEpochMilli()));
    }

    @Override
    public void open(String interactionHash, String referenceHash, Instant expiresAt) {
        database.run(session -> session.update(
                "insert into intaglio_interaction (tenant, interaction_hash, reference_hash, expires_at) values (?, ?, ?, ?)",
                tenant,
                interactionHash,
                referenceHash,
                expiresAt.toEpochMilli()));
    }

    @Override
    public Optional<ParkedRequest> waiting(String interactionHash, Instant now) {
        return database.run(session -> session.first(
                """
                select parameters, client_authenticated from intaglio_authorization_request
                where tenant = ? and reference_hash = (
                        select reference_hash from intaglio_interaction
                        where tenant = ? and interaction_hash = ? and expires_at > ?)
                    and expires_at > ? and completed = 0
                """,
                JdbcAuthorizationRequests::request,
                tenant,
                tenant,
                interactionHash,
                now.toEpochMilli(),
                now.toEpochMilli()));
    }

    /// It is the request that is marked, so interactions about it all end here, and one opened at this moment has nothing to
    /// complete.
    @Override
    public Optional<ParkedRequest> complete(String interactionHash, Instant now) {
        return database.run(session -> session.first(
                """
                update intaglio_authorization_request set completed = 1
                where tenant = ? and reference_hash = (
                        select reference_hash from intaglio_interaction
                        where tenant = ? and interaction_hash = ? and expires_at > ?)
                    and expires_at > ? and completed = 0
                returning parameters, client_authenticated
                """,
                JdbcAuthorizationRequests::request,
                tenant,
                tenant,
                interactionHash,
                now.toEpochMilli(),
                now.toEpochMilli()));
    }

    private static ParkedRequest request(ResultSet row) throws SQLException {
        return new ParkedRequest(
                AuthorizationRequest.read(Form.read(row.getString("parameters"))),
                row.getLong("client_authenticated") == 1);
    }
}
