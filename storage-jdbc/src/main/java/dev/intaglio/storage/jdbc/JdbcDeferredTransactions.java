package dev.intaglio.storage.jdbc;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.issuer.store.DeferredTransaction;
import dev.intaglio.issuer.store.DeferredTransaction.Awaiting;
import dev.intaglio.issuer.store.DeferredTransaction.Decision;
import dev.intaglio.issuer.store.DeferredTransactions;
import dev.intaglio.issuer.store.IssuanceOrigin;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.LogEvent;
import dev.intaglio.issuer.store.Page;
import dev.intaglio.issuer.store.Position;
import dev.intaglio.issuer.store.UsedNonce;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Credential Requests that wait (§9).
record JdbcDeferredTransactions(Database database, String tenant) implements DeferredTransactions {
    @Override
    public boolean begin(DeferredTransaction transaction, List<UsedNonce> nonces, Optional<LogEvent> event) {
        return database.transaction(session -> {
            if (!JdbcIssuances.use(session, tenant, nonces)) {
                return false;
            }
            session.update(
                    """
                    insert into intaglio_deferred_transaction
                        (tenant, handle, authorization_id, subject, client_id, configuration_id, credential_identifier, holder_keys,
                         dpop_key, encryption_key, awaiting, decision, created_at, expires_at, origin)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    tenant,
                    transaction.handle(),
                    transaction.authorizationId(),
                    transaction.subject(),
                    transaction.clientId().orElse(null),
                    transaction.configurationId(),
                    transaction.credentialIdentifier().orElse(null),
                    write(transaction.holderKeys()),
                    transaction.dpopKeyThumbprint().orElse(null),
                    transaction.encryptionKeyThumbprint().orElse(null),
                    transaction.awaiting().name(),
                    transaction.decision().name(),
                    transaction.createdAt().toEpochMilli(),
                    transaction.expiresAt().toEpochMilli(),
                    transaction.origin().write().text());
            if (event.isPresent()) {
                JdbcLog.insert(session, tenant, event.get());
            }
            return true;
        });
    }

    @Override
    public Optional<DeferredTransaction> find(String handle, Instant now) {
        return database.run(session -> session.first(
                "select * from intaglio_deferred_transaction where tenant = ? and handle = ? and expires_at > ?",
                JdbcDeferredTransactions::read,
                tenant,
                handle,
                now.toEpochMilli()));
    }

    @Override
    public boolean complete(String handle, IssuanceRecord issuance, Instant now) {
        return database.transaction(session -> session.update(
                                "delete from intaglio_deferred_transaction where tenant = ? and handle = ? and expires_at > ?",
                                tenant,
                                handle,
                                now.toEpochMilli())
                        == 1
                && JdbcIssuances.insert(session, tenant, issuance));
    }

    @Override
    public void awaitApproval(String handle) {
        database.run(session -> session.update(
                "update intaglio_deferred_transaction set awaiting = ? where tenant = ? and handle = ?",
                Awaiting.APPROVAL.name(),
                tenant,
                handle));
    }

    @Override
    public boolean decide(String handle, Decision decision, Instant now) {
        return database.run(session -> session.update(
                        """
                        update intaglio_deferred_transaction set decision = ?
                        where tenant = ? and handle = ? and awaiting = ? and decision = ? and expires_at > ?
                        """,
                        decision.name(),
                        tenant,
                        handle,
                        Awaiting.APPROVAL.name(),
                        Decision.NONE.name(),
                        now.toEpochMilli())
                == 1);
    }

    @Override
    public Page<DeferredTransaction> awaitingApproval(Optional<Position> after, int atMost, Instant now) {
        var from = After.oldestFirst(after, "created_at", "handle");
        var read = database.run(session -> session.all(
                "select * from intaglio_deferred_transaction"
                        + " where tenant = ? and decision = ? and awaiting = ? and expires_at > ?" + from.condition()
                        + from.order(),
                JdbcDeferredTransactions::read,
                from.with(atMost + 1, tenant, Decision.NONE.name(), Awaiting.APPROVAL.name(), now.toEpochMilli())));
        return Page.of(read, atMost, waiting -> new Position(waiting.createdAt(), waiting.handle()));
    }

    private static DeferredTransaction read(ResultSet row) throws SQLException {
        return new DeferredTransaction(
                row.getString("handle"),
                row.getString("authorization_id"),
                row.getString("subject"),
                Optional.ofNullable(row.getString("client_id")),
                row.getString("configuration_id"),
                Optional.ofNullable(row.getString("credential_identifier")),
                keys(row.getString("holder_keys")),
                Optional.ofNullable(row.getString("dpop_key")),
                Optional.ofNullable(row.getString("encryption_key")),
                Awaiting.valueOf(row.getString("awaiting")),
                Decision.valueOf(row.getString("decision")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("expires_at")),
                Optional.ofNullable(row.getString("origin"))
                        .map(text -> IssuanceOrigin.read(JsonColumns.object(text)))
                        .orElse(IssuanceOrigin.UNKNOWN));
    }

    private static String write(List<HolderKey> keys) {
        return Json.writeString(keys.stream()
                .map(key -> JsonObject.builder()
                        .put("jwk", SignedJwt.jwk(key.jwk()))
                        .putIf("identifier", key.identifier())
                        .build())
                .toList());
    }

    private static List<HolderKey> keys(String json) {
        var keys = new ArrayList<HolderKey>();
        var read = Json.read(json.getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT);
        for (var entry : read instanceof List<?> entries ? entries : List.of()) {
            var key = JsonObject.of((Map<?, ?>) Objects.requireNonNull(entry));
            keys.add(new HolderKey(jwk(key.object("jwk")), key.optionalString("identifier")));
        }
        return keys;
    }

    private static JWK jwk(JsonObject written) {
        try {
            return JWK.parse(written.text());
        } catch (ParseException damaged) {
            throw new StorageException("a holder key in the database cannot be read", damaged);
        }
    }
}
