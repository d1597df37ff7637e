package dev.intaglio.storage.jdbc;

import java.util.List;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Stores on PostgreSQL, two nodes")
class PostgresStoresTest extends StoresOfTwoNodes {
    @Override
    List<JdbcStorage> openTwo() {
        var url = Postgres.freshDatabase();
        return List.of(
                JdbcStorage.postgres(url, Postgres.USER, Postgres.PASSWORD, 10),
                JdbcStorage.postgres(url, Postgres.USER, Postgres.PASSWORD, 10));
    }
}
