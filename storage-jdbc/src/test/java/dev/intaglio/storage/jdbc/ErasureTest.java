package dev.intaglio.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.intaglio.authorization.store.AuthorizedCode;
import dev.intaglio.authorization.store.GrantedAuthorization;
import dev.intaglio.authorization.store.OfferedAuthorization;
import dev.intaglio.authorization.store.PreAuthorization;
import dev.intaglio.authorization.store.RefreshGrant;
import dev.intaglio.issuer.log.LogEvents;
import dev.intaglio.issuer.store.DeferredTransaction;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.protocol.notification.NotificationRequest.Event;
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
                                        "issuance-" + id, "degree", "key", List.of(Optional.empty()), NOW))),
                        List.of());
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

    private static Map<String, Integer> erase(JdbcStores stores, boolean dryRun) {
        var words = new LogEvents(new SecureRandom());
        return stores.erase(SUBJECT, NOW, issuances -> words.erased(issuances, NOW), dryRun);
    }

    @Test
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
                    .doesNotContain(SUBJECT, WORDS + "1", "Erika " + SUBJECT + "|");
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
