package dev.intaglio.storage.jdbc;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Stores on SQLite, two nodes on one file")
class SqliteStoresTest extends StoresOfTwoNodes {
    @TempDir
    static Path directory;

    @Override
    List<JdbcStorage> openTwo() {
        var file = directory.resolve("intaglio.db");
        return List.of(JdbcStorage.sqlite(file), JdbcStorage.sqlite(file));
    }
}
