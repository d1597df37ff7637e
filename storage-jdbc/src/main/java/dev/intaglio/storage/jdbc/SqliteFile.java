package dev.intaglio.storage.jdbc;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Opens an SQLite database as the stores need it.
final class SqliteFile {
    /// Waiting for other processes that write. Write-ahead log: readers do not stop writers.
    private static final String SETTINGS = "?busy_timeout=10000&journal_mode=WAL&synchronous=NORMAL&foreign_keys=true";

    private SqliteFile() {}

    static Database open(Path file) {
        var path = file.toAbsolutePath();
        if (path.toString().contains("?")) {
            throw new IllegalArgumentException("the path of an SQLite database holds no question mark: " + path);
        }
        create(path);
        var url = "jdbc:sqlite:" + path + SETTINGS;
        Migrations.run(
                Migrations.flyway().dataSource(url, null, null),
                path.resolveSibling(path.getFileName() + "-migration"));
        try {
            return new SqliteDatabase(() -> DriverManager.getConnection(url));
        } catch (SQLException failure) {
            throw Database.fault(failure);
        }
    }

    /// It will hold keys and names of subjects. What SQLite puts beside it gets the same permissions.
    private static void create(Path path) {
        try {
            Files.createDirectories(path.getParent());
            if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (FileAlreadyExistsException exists) {
            // Then it keeps the permissions it has.
        } catch (IOException failure) {
            throw new StorageException("cannot make " + path, failure);
        }
    }
}
