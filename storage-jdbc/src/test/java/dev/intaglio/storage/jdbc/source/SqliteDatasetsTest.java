package dev.intaglio.storage.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.intaglio.protocol.json.Json;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Claims from SQLite")
class SqliteDatasetsTest extends QueriedClaims {
    @TempDir
    static Path directory;

    private final HikariDataSource pool = new HikariDataSource();

    /// Few connections: one that was interrupted or made read-only is used again.
    @Override
    synchronized DataSource connections() {
        if (pool.getJdbcUrl() == null) {
            pool.setJdbcUrl("jdbc:sqlite:" + directory.resolve("people.db"));
            pool.setMaximumPoolSize(2);
        }
        return pool;
    }

    @AfterAll
    void closePool() {
        pool.close();
    }

    @Override
    String endless() {
        return """
                with recursive forever(n) as (select 1 union all select n + 1 from forever)
                select count(*) as counted from forever, person where id = :subject
                """;
    }

    @Test
    @DisplayName("numbers with a fraction and lists made by the query become JSON")
    void types() {
        var claims = claims(
                "select 1.5 as ratio, json_array('DE', 2) as \"list[]\", date('2026-11-01') as day from person where id = :subject",
                "alice");
        assertThat(claims)
                .isEqualTo(Json.readObject("{\"ratio\": 1.5, \"list\": [\"DE\", 2], \"day\": \"2026-11-01\"}"));
    }
}
