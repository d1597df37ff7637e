package dev.intaglio.storage.jdbc;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

/// The same contracts for a tenant, with an eye on each statement.
@DisplayName("Stores of a tenant on SQLite, two nodes on one file")
class SqliteTenantStoresTest extends StoresOfTwoNodes {
    @TempDir
    static Path directory;

    @Override
    List<JdbcStorage> openTwo() {
        var file = directory.resolve("intaglio.db");
        return List.of(
                new JdbcStorage(new WatchedDatabase(SqliteFile.open(file))),
                new JdbcStorage(new WatchedDatabase(SqliteFile.open(file))));
    }

    @Override
    JdbcStores tried(JdbcStorage storage) {
        return storage.tenant("city-of-ulm");
    }
}
