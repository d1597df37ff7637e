package dev.intaglio.storage.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/// Says when a transaction has come to a point, and goes no further: there somebody kills the process.
///
/// @param point of [#POINTS]
record HaltingDatabase(Database database, String point) implements Database {
    /// When half of the pages of the first list are locked; when the first list is written; when everything is, but not
    /// committed.
    static final String[] POINTS = {"pages", "list", "commit"};

    @Override
    public <T> T run(Session.Work<T> work) {
        return database.run(work);
    }

    @Override
    public <T> T reading(Session.Work<T> work) {
        return database.reading(work);
    }

    @Override
    public boolean transaction(Session.Work<Boolean> work) {
        return database.transaction(session -> {
            var done = work.run(new Halting(session));
            reached("commit");
            return done;
        });
    }

    @Override
    public void close() {
        database.close();
    }

    private void reached(String here) {
        if (here.equals(point)) {
            System.out.println("at " + here);
            System.out.flush();
            try {
                Thread.sleep(120_000);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }

    private final class Halting extends Session {
        private final Session session;
        private int pages;

        Halting(Session session) {
            this.session = session;
        }

        @Override
        PreparedStatement prepare(String sql) throws SQLException {
            if (sql.startsWith("insert into intaglio_status_page") && ++pages == 64) {
                reached("pages");
            }
            if (sql.startsWith("insert into intaglio_status_change")) {
                reached("list");
            }
            return session.prepare(sql);
        }

        @Override
        void release(PreparedStatement statement) throws SQLException {
            session.release(statement);
        }
    }
}
