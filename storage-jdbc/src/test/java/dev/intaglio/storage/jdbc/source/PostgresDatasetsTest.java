package dev.intaglio.storage.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.storage.jdbc.Postgres;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

@DisplayName("Claims from PostgreSQL")
class PostgresDatasetsTest extends QueriedClaims {
    private final String url = Postgres.freshDatabase();

    @Override
    DataSource connections() {
        var connections = new PGSimpleDataSource();
        connections.setUrl(url);
        connections.setUser(Postgres.USER);
        connections.setPassword(Postgres.PASSWORD);
        return connections;
    }

    @Override
    String endless() {
        return "select pg_sleep(15) is null as slept from person where id = :subject";
    }

    @Test
    @DisplayName("types of PostgreSQL become the JSON nearest to them")
    void types() {
        var claims = claims("""
                select array['DE', 'FR'] as "nationalities[]", array[1, 2] as numbers, '{"a": [1, null]}'::jsonb as document,
                       '["x"]'::json as "list[]", 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'::uuid as uuid,
                       timestamptz '2026-11-01 12:00:00+01' as moment, timestamp '2026-11-01 12:00:00' as local_time,
                       time '12:30' as hour, 1.5::float8 as ratio, 2::smallint as small, null::jsonb as nothing
                from person where id = :subject
                """, "alice");
        assertThat(claims).isEqualTo(Json.readObject("""
                {"nationalities": ["DE", "FR"], "numbers": [1, 2], "document": {"a": [1, null]}, "list": ["x"],
                 "uuid": "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "moment": "2026-11-01T11:00:00Z",
                 "local_time": "2026-11-01T12:00", "hour": "12:30:00", "ratio": 1.5, "small": 2}
                """));
    }

    @Test
    @DisplayName("a pool of its own is opened and closed")
    void ownPool() {
        var datasets = SqlDatasets.builder()
                .dataSource("registry", url, Optional.of(Postgres.USER), Optional.of(Postgres.PASSWORD), 2)
                .build();
        datasets.check(definition(source("select given_name from person where id = :subject")));
        datasets.close();
    }
}
