package dev.intaglio.storage.jdbc;

import java.util.List;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Stores of a tenant on PostgreSQL, two nodes")
class PostgresTenantStoresTest extends StoresOfTwoNodes {
    @Override
    List<JdbcStorage> openTwo() {
        var url = Postgres.freshDatabase();
        return List.of(
                JdbcStorage.postgres(url, Postgres.USER, Postgres.PASSWORD, 10),
                JdbcStorage.postgres(url, Postgres.USER, Postgres.PASSWORD, 10));
    }

    @Override
    JdbcStores tried(JdbcStorage storage) {
        return storage.tenant("city-of-ulm");
    }
}
