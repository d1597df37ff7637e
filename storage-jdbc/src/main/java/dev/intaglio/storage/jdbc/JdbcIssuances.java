package dev.intaglio.storage.jdbc;

import dev.intaglio.issuer.store.AttestationReference;
import dev.intaglio.issuer.store.IssuanceOrigin;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.IssuedStatus;
import dev.intaglio.issuer.store.UsedNonce;
import dev.intaglio.protocol.json.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Issuances with the use of their nonces.
record JdbcIssuances(Database database, String tenant) implements Issuances {
    /// No realm of a [JdbcReplayGuard] may hold an underscore.
    private static final String KIND = "c_nonce";

    @Override
    public boolean record(IssuanceRecord issuance, List<UsedNonce> nonces) {
        var alone = nonces.isEmpty()
                && issuance.logged().isEmpty()
                && issuance.origin().attestations().isEmpty();
        if (alone) {
            return database.run(session -> insert(session, tenant, issuance));
        }
        return database.transaction(session -> use(session, tenant, nonces) && insert(session, tenant, issuance));
    }

    @Override
    public List<SignedBy> signedBy(Instant now) {
        return database.run(session -> session.all(
                """
                select signing_key, sum(credentials) as credentials, max(valid_until) as valid_until
                from intaglio_issuance where tenant = ? and valid_until > ? and signing_key is not null group by signing_key
                """,
                row -> new SignedBy(
                        row.getString("signing_key"),
                        row.getLong("credentials"),
                        Instant.ofEpochMilli(row.getLong("valid_until"))),
                tenant,
                now.toEpochMilli()));
    }

    @Override
    public List<Stale> markStale(String subject, Set<String> configurationIds, Instant now) {
        var stale = new ArrayList<Stale>();
        database.transaction(session -> {
            // One statement for each: the two databases share no way to hand over a set.
            for (var configuration : configurationIds) {
                stale.addAll(session.all(
                        """
                        update intaglio_issuance set stale_at = ?
                        where tenant = ? and subject = ? and configuration_id = ? and stale_at is null and valid_until > ?
                        returning id, configuration_id, credentials
                        """,
                        row -> new Stale(
                                row.getString("id"), row.getString("configuration_id"), row.getLong("credentials")),
                        now.toEpochMilli(),
                        tenant,
                        subject,
                        configuration,
                        now.toEpochMilli()));
            }
            return true;
        });
        return stale;
    }

    /// What a subject got after his claims changed takes the place of what he had.
    @Override
    public Map<String, Long> outstanding(Instant now) {
        var counted = new TreeMap<String, Long>();
        database.run(session -> session.all(
                """
                        select configuration_id, sum(credentials) as credentials from intaglio_issuance
                        where tenant = ? and stale_at is not null and valid_until > ? and subject <> ''
                        and not exists (select 1 from intaglio_issuance newer
                            where newer.tenant = ?
                            and newer.subject = intaglio_issuance.subject
                            and newer.configuration_id = intaglio_issuance.configuration_id
                            and newer.issued_at > intaglio_issuance.stale_at)
                        group by configuration_id
                        """,
                row -> counted.put(row.getString("configuration_id"), row.getLong("credentials")),
                tenant,
                now.toEpochMilli(),
                tenant));
        return counted;
    }

    @Override
    public Optional<byte[]> salt(String issuanceId) {
        return database.run(session -> session.first(
                "select log_salt from intaglio_issuance where tenant = ? and id = ? and log_salt is not null",
                row -> row.getBytes("log_salt"),
                tenant,
                issuanceId));
    }

    /// Within a transaction.
    ///
    /// @return false if one of them had been used before
    static boolean use(Session session, String tenant, List<UsedNonce> nonces) throws SQLException {
        // Always in the same order: two requests that wait for each other's nonces would wait for ever.
        var sorted =
                nonces.stream().sorted(Comparator.comparing(UsedNonce::hash)).toList();
        for (var nonce : sorted) {
            if (!JdbcReplayGuard.insert(session, tenant, KIND, nonce.hash(), nonce.forgetAt())) {
                return false;
            }
        }
        return true;
    }

    static boolean insert(Session session, String tenant, IssuanceRecord issuance) throws SQLException {
        var origin = issuance.origin();
        session.update(
                """
                insert into intaglio_issuance
                    (tenant, id, authorization_id, configuration_id, subject, credentials, issued_at, status_list,
                     status_indices, client_id, wallet_instance, wallet_provider, attested_keys, signing_key, valid_until,
                     log_salt, offer, deferred_transaction, attestations)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                tenant,
                issuance.id(),
                issuance.authorizationId(),
                issuance.configurationId(),
                issuance.subject(),
                issuance.credentials(),
                issuance.issuedAt().toEpochMilli(),
                issuance.status().map(IssuedStatus::listId).orElse(null),
                issuance.status().map(JdbcIssuances::indices).orElse(null),
                origin.clientId().orElse(null),
                origin.walletInstance().orElse(null),
                origin.walletProvider().orElse(null),
                origin.attestedKeys().isEmpty() ? null : " " + String.join(" ", origin.attestedKeys()) + " ",
                issuance.signed().map(IssuanceRecord.Signed::key).orElse(null),
                issuance.signed()
                        .map(signed -> signed.validUntil().toEpochMilli())
                        .orElse(null),
                issuance.logged().map(IssuanceRecord.Logged::salt).orElse(null),
                origin.offer().orElse(null),
                origin.transaction().orElse(null),
                origin.attestations().isEmpty() ? null : attestations(origin));
        JdbcWatchedAttestations.add(session, tenant, issuance);
        if (issuance.logged().isPresent()) {
            JdbcLog.insert(session, tenant, issuance.logged().get().event());
        }
        return true;
    }

    private static String attestations(IssuanceOrigin origin) {
        return Json.writeString(
                origin.attestations().stream().map(AttestationReference::write).toList());
    }

    private static String indices(IssuedStatus status) {
        return status.indices().stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
