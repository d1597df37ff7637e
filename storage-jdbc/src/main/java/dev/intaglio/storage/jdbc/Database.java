package dev.intaglio.storage.jdbc;

import java.sql.SQLException;

/// Where statements run.
interface Database extends AutoCloseable {
    /// Runs work whose statements each stand alone.
    <T> T run(Session.Work<T> work);

    /// Runs work whose statements take effect together.
    ///
    /// @param work its answer says whether they do: with `false` nothing has happened
    boolean transaction(Session.Work<Boolean> work);

    /// Runs work that only reads, as much as it likes: nobody who writes waits for it.
    <T> T reading(Session.Work<T> work);

    @Override
    void close();

    static StorageException fault(SQLException failure) {
        return new StorageException(
                "the database failed (SQLState " + failure.getSQLState() + "): " + failure.getMessage(), failure);
    }
}
