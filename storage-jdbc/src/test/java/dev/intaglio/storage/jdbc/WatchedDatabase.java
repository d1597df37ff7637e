package dev.intaglio.storage.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.regex.Pattern;

/// Lets no statement through that touches a table without saying whose rows it means.
record WatchedDatabase(Database database) implements Database {
    private static final Pattern TABLE = Pattern.compile("(?:from|into|update)\\s+(intaglio_\\w+)");
    private static final Pattern CONFINED = Pattern.compile("where tenant = \\?|\\(tenant, ");

    @Override
    public <T> T run(Session.Work<T> work) {
        return database.run(session -> work.run(new Watched(session)));
    }

    @Override
    public boolean transaction(Session.Work<Boolean> work) {
        return database.transaction(session -> work.run(new Watched(session)));
    }

    @Override
    public <T> T reading(Session.Work<T> work) {
        return database.reading(session -> work.run(new Watched(session)));
    }

    @Override
    public void close() {
        database.close();
    }

    static void check(String sql) {
        if (TABLE.matcher(sql).results().count()
                > CONFINED.matcher(sql).results().count()) {
            throw new AssertionError("a statement that is not confined to a tenant: " + sql);
        }
    }

    private static final class Watched extends Session {
        private final Session session;

        Watched(Session session) {
            this.session = session;
        }

        @Override
        PreparedStatement prepare(String sql) throws SQLException {
            check(sql);
            return session.prepare(sql);
        }

        @Override
        void release(PreparedStatement statement) throws SQLException {
            session.release(statement);
        }
    }
}
