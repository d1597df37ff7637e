package dev.intaglio.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.intaglio.authorization.store.AuthorizedCode;
import dev.intaglio.authorization.store.GrantedAuthorization;
import dev.intaglio.authorization.store.OfferedAuthorization;
import dev.intaglio.authorization.store.PreAuthorization;
import dev.intaglio.authorization.store.RefreshGrant;
import dev.intaglio.issuer.log.LogEvents;
import dev.intaglio.issuer.store.AttestationReference;
import dev.intaglio.issuer.store.CredentialState;
import dev.intaglio.issuer.store.DeferredTransaction;
import dev.intaglio.issuer.store.IssuanceOrigin;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.IssuedStatus;
import dev.intaglio.issuer.store.StatusLists;
import dev.intaglio.issuer.store.StatusOperation;
import dev.intaglio.issuer.store.StatusSelector;
import dev.intaglio.issuer.store.StatusVerb;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.notification.NotificationRequest.Event;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.storage.jdbc.user.User;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What is remembered of a person")
class ErasureTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(3_600);
    private static final String SUBJECT = "erika-4711";
    private static final String WORDS = "the wallet of Erika broke";
    private static final Optional<String> NONE = Optional.empty();

    @TempDir
    private Path directory;

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("intaglio.db"));
    }

    private List<String> query(String sql) throws SQLException {
        try (var connection = connect();
                var rows = connection.createStatement().executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                var row = new StringBuilder();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    var value = rows.getBytes(column);
                    row.append(value == null ? "" : new String(value, StandardCharsets.ISO_8859_1))
                            .append('|');
                }
                values.add(row.toString());
            }
            return values;
        }
    }

    private Set<String> tables() throws SQLException {
        return query("select name from sqlite_master where type = 'table' and name like 'intaglio_%'").stream()
                .map(row -> row.replace("|", ""))
                .filter(table -> !table.equals("intaglio_schema_history"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String dump() throws SQLException {
        var all = new StringBuilder();
        for (var table : tables()) {
            query("select * from " + table)
                    .forEach(row -> all.append(table).append(' ').append(row).append('\n'));
        }
        return all.toString();
    }

    private static void remember(JdbcStores stores, String subject, String id) {
        var words = new LogEvents(new SecureRandom());
        var granted = new GrantedAuthorization("authorization-" + id, subject, "wallet", Set.of("degree"), List.of());
        stores.issuances()
                .record(
                        new IssuanceRecord(
                                "issuance-" + id,
                                "authorization-" + id,
                                "degree",
                                subject,
                                1,
                                NOW,
                                Optional.of(new IssuanceRecord.Signed("key", LATER)),
                                Optional.of(words.issued(
                                        "issuance-" + id, "degree", "key", List.of(Optional.empty()), NOW)),
                                Optional.of(status(stores, id)),
                                new IssuanceOrigin(
                                        Optional.of("wallet"),
                                        Optional.of("instance-" + id),
                                        Optional.of("provider"),
                                        List.of("attested-" + id),
                                        Optional.of("offer-" + id),
                                        Optional.of("transaction-" + id),
                                        List.of(new AttestationReference(
                                                AttestationReference.Kind.WALLET,
                                                JsonObject.builder()
                                                        .put("place", "place-" + id)
                                                        .build())))),
                        List.of());
        stores.statusOperations().stage(operation(StatusVerb.REVOKE, StatusSelector.ofSubject(subject), WORDS + id));
        stores.notifications()
                .record(
                        "issuance-" + id,
                        "authorization-" + id,
                        Event.CREDENTIAL_FAILURE,
                        Optional.of(WORDS + id),
                        NOW);
        stores.deferredTransactions()
                .begin(
                        new DeferredTransaction(
                                "handle-" + id,
                                "deferred-" + id,
                                subject,
                                NONE,
                                "degree",
                                NONE,
                                List.of(),
                                NONE,
                                NONE,
                                DeferredTransaction.Awaiting.DATA,
                                DeferredTransaction.Decision.NONE,
                                NOW,
                                LATER),
                        List.of());
        stores.preAuthorizedCodes()
                .save("code-" + id, new PreAuthorization("offered-" + id, subject, List.of("degree")), NONE, 3, LATER);
        var flow = stores.codeFlow();
        flow.codes().save("code-" + id, new AuthorizedCode(granted, false, "app:/cb", NONE, NONE), LATER, LATER);
        flow.refreshTokens().save("token-" + id, new RefreshGrant(granted, false, NONE, NONE), LATER);
        flow.offers()
                .save("state-" + id, new OfferedAuthorization(Optional.of(subject), List.of("degree"), false), LATER);
        stores.users().add(new User("name-of-" + subject, "{none}", subject, Optional.of("Erika " + subject)));
    }

    private static IssuedStatus status(JdbcStores stores, String id) {
        var stretch =
                stores.statusLists().reserve(1, new StatusLists.NewList("list-" + id, 131_072, new byte[32]), NOW);
        return new IssuedStatus(stretch.listId(), List.of(stretch.from()));
    }

    private static StatusOperation operation(StatusVerb verb, StatusSelector selector, String reason) {
        return new StatusOperation(
                "operation-" + reason.hashCode(),
                verb,
                selector,
                reason,
                "registry",
                NOW,
                LATER,
                StatusOperation.Phase.STAGED,
                1,
                1);
    }

    private static Map<String, Integer> erase(JdbcStores stores, boolean dryRun) {
        var words = new LogEvents(new SecureRandom());
        return stores.erase(SUBJECT, NOW, issuances -> words.erased(issuances, NOW), dryRun);
    }

    @Test
    @Requirement("CI-PRIV-3")
    @DisplayName(
            "is gone from every table after erasure; of others and of other tenants nothing is; what was issued is still known")
    void erased() throws SQLException {
        try (var storage = JdbcStorage.sqlite(directory.resolve("intaglio.db"))) {
            remember(storage, SUBJECT, "1");
            remember(storage, "somebody-else", "2");
            remember(storage.tenant("other"), SUBJECT + "-of-other", "3");
            var before = dump();
            assertThat(before).contains(SUBJECT, WORDS + "1");

            var wouldBe = erase(storage, true);
            assertThat(dump()).isEqualTo(before);
            var erased = erase(storage, false);
            assertThat(erased)
                    .isEqualTo(wouldBe)
                    .allSatisfy((table, rows) -> assertThat(rows).as(table).isOne());

            var after = dump();
            assertThat(after.replace(SUBJECT + "-of-other", ""))
                    .doesNotContain(SUBJECT, WORDS + "1", "Erika " + SUBJECT + "|")
                    .doesNotContain("instance-1", "attested-1", "offer-1", "transaction-1", "place-1");
            assertThat(after).contains("instance-2", "attested-2", "offer-2", "transaction-2", "place-2");
            assertThat(after).contains("issuance-1", "somebody-else", WORDS + "2", WORDS + "3");
            assertThat(storage.issuances().salt("issuance-1")).isEmpty();
            assertThat(storage.issuances().salt("issuance-2")).isPresent();
            assertThat(storage.codeFlow().revocations().revoked("authorization-1"))
                    .isTrue();
            assertThat(storage.codeFlow().revocations().revoked("authorization-2"))
                    .isFalse();
            assertThat(storage.issuances().signedBy(NOW).getFirst().credentials())
                    .isEqualTo(2);
            assertThat(erase(storage, false))
                    .allSatisfy((table, rows) -> assertThat(rows).isZero());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> storage.erase(
                            "", NOW, count -> new LogEvents(new SecureRandom()).erased(count, NOW), false));
        }
    }

    @Test
    @DisplayName("what was to be revoked by subject is, and what was issued can still be revoked by its id, for good")
    void stillRevocable() {
        try (var storage = JdbcStorage.sqlite(directory.resolve("intaglio.db"))) {
            remember(storage, SUBJECT, "1");
            var second = new IssuanceRecord(
                    "second",
                    "authorization",
                    "degree",
                    SUBJECT,
                    1,
                    LATER, // after the operation that waits was ordered
                    Optional.of(new IssuanceRecord.Signed("key", LATER.plusSeconds(60))),
                    Optional.empty(),
                    Optional.of(status(storage, "1")),
                    IssuanceOrigin.UNKNOWN);
            storage.issuances().record(second, List.of());
            var operations = storage.statusOperations();
            var byId = StatusSelector.ofCredential("second.0");
            operations.apply(operation(StatusVerb.SUSPEND, byId, "before"));
            erase(storage, false);

            var first = StatusSelector.ofCredential("issuance-1.0");
            assertThat(operations.issued(first, 1).getFirst().state()).isEqualTo(CredentialState.REVOKED);
            assertThat(operations.latest(9)).anySatisfy(operation -> {
                assertThat(operation.verb()).isEqualTo(StatusVerb.REVOKE);
                assertThat(operation.phase()).isEqualTo(StatusOperation.Phase.APPLIED);
                assertThat(operation.reason()).isEqualTo("(erased)");
                assertThat(operation.selector().subject()).contains("(erased)");
                assertThat(operation.actor()).isEqualTo("registry");
            });
            assertThat(operations
                            .apply(operation(StatusVerb.REVOKE, byId, "after"))
                            .matched())
                    .isOne();
            operations.apply(operation(StatusVerb.REINSTATE, byId, "again"));
            erase(storage, false);
            assertThat(operations.issued(byId, 1).getFirst().state()).isEqualTo(CredentialState.REVOKED);
            assertThat(operations.issued(StatusSelector.ofSubject(SUBJECT), 1)).isEmpty();
        }
    }

    @Test
    @Requirement("CI-PRIV-3")
    @DisplayName("every row that has an end is removed when it has come")
    void everyEnd() throws SQLException {
        try (var storage = JdbcStorage.sqlite(directory.resolve("intaglio.db"))) {
            assertThat(storage.healthy()).isTrue();
            var ending = new TreeSet<String>();
            for (var table : tables()) {
                var columns = query("select name from pragma_table_info('" + table + "')");
                if (columns.stream().anyMatch(Set.of("expires_at|", "forget_at|", "watched_until|")::contains)) {
                    ending.add(table);
                }
            }
            // A lease is taken over, a list is replaced.
            ending.removeAll(Set.of("intaglio_lease", "intaglio_published_status"));
            assertThat(Retention.ENDING)
                    .extracting(Retention.Ending::table)
                    .containsExactlyInAnyOrderElementsOf(ending);
        }
    }

    @Test
    @DisplayName("every column that holds a subject is known to erasure")
    void everyColumn() throws SQLException {
        try (var storage = JdbcStorage.sqlite(directory.resolve("intaglio.db"))) {
            var known = erase(storage, true).keySet();
            for (var table : tables()) {
                var columns = query("select name from pragma_table_info('" + table + "')");
                if (columns.contains("subject|")) {
                    assertThat(known).as("the erasure of subjects in " + table).contains(table);
                }
            }
        }
    }

    @Test
    @DisplayName("every table has its rule of retention in the documentation")
    void everyTable() throws Exception {
        var documented = new TreeSet<String>();
        var row = Pattern.compile("^\\| `(intaglio_[a-z_]+)` \\|", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("..", "docs", "retention.md")));
        while (row.find()) {
            assertThat(documented.add(row.group(1))).as(row.group(1) + " twice").isTrue();
        }
        try (var storage = JdbcStorage.sqlite(directory.resolve("intaglio.db"))) {
            assertThat(storage.healthy()).isTrue();
            assertThat(documented).isEqualTo(tables());
        }
    }
}
