package dev.intaglio.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Tenants on SQLite")
class SqliteTenantsTest extends TenantsApart {
    @TempDir
    Path directory;

    @Override
    JdbcStorage open() {
        return JdbcStorage.sqlite(directory.resolve("intaglio.db"));
    }

    @Test
    @DisplayName("the main issuer finds what it stored before there were tenants, and no tenant does")
    void yesterdaysSchema() throws SQLException {
        var url = "jdbc:sqlite:" + directory.resolve("yesterday.db");
        Flyway.configure()
                .dataSource(url, "", "")
                .locations("classpath:dev/intaglio/storage/jdbc/migration")
                .table("intaglio_schema_history")
                .target("5")
                .load()
                .migrate();
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            for (var row : List.of(
                    "intaglio_used_value (value, forget_at) values ('issuer/jti', 99999999999999)",
                    "intaglio_secret (name, value) values ('key', x'010203')",
                    "intaglio_user values ('erika', '{argon2}x', 'subject', null)",
                    "intaglio_issued_count values ('counter', 3, 99999999999999)",
                    "intaglio_pre_authorized_code values ('code', 'id', 'alice', '[\"degree\"]', null, 1, 99999999999999)",
                    "intaglio_offer values ('offer', x'01', 99999999999999)")) {
                statement.executeUpdate("insert into " + row);
            }
        }
        var now = Instant.parse("2026-11-01T12:00:00Z");
        try (var storage = JdbcStorage.sqlite(directory.resolve("yesterday.db"))) {
            var tenant = storage.tenant("tenant");
            assertThat(tenant.offers().find("offer", now)).isEmpty();
            assertThat(tenant.preAuthorizedCodes().find("code", now)).isEmpty();
            assertThat(tenant.users().find("erika")).isEmpty();
            assertThat(tenant.secret("key", () -> new byte[] {9})).containsExactly(9);
            assertThat(tenant.issuanceQuotas().take("counter", 3, 3, now)).isTrue();
            assertThat(tenant.replayGuard("issuer").firstUse("jti", now)).isTrue();

            assertThat(storage.offers().find("offer", now)).isPresent();
            assertThat(storage.preAuthorizedCodes().find("code", now)).isPresent();
            assertThat(storage.users().find("erika")).isPresent();
            assertThat(storage.secret("key", () -> new byte[] {9})).containsExactly(1, 2, 3);
            assertThat(storage.issuanceQuotas().take("counter", 1, 3, now)).isFalse();
            assertThat(storage.replayGuard("issuer").firstUse("jti", now)).isFalse();
            assertThat(storage.preAuthorizedCodes().redeem("code", Optional.empty(), now))
                    .isNotNull();
        }
    }

    @Test
    @DisplayName("a statement that forgets the tenant does not pass the watch of the contracts")
    void watch() {
        WatchedDatabase.check("select 1 from intaglio_offer where tenant = ? and handle = ?");
        assertThatThrownBy(() -> WatchedDatabase.check("select 1 from intaglio_offer where handle = ?"))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> WatchedDatabase.check("""
                update intaglio_offer set x = 1 where tenant = ? and handle = (
                    select handle from intaglio_user where name = ?)
                """)).isInstanceOf(AssertionError.class);
    }
}
