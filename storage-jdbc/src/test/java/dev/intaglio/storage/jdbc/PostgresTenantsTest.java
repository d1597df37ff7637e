package dev.intaglio.storage.jdbc;

import org.junit.jupiter.api.DisplayName;

@DisplayName("Tenants on PostgreSQL")
class PostgresTenantsTest extends TenantsApart {
    @Override
    JdbcStorage open() {
        return JdbcStorage.postgres(Postgres.freshDatabase(), Postgres.USER, Postgres.PASSWORD, 4);
    }
}
