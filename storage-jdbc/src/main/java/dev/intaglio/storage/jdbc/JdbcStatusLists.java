package dev.intaglio.storage.jdbc;

import dev.intaglio.issuer.store.StatusLists;
import dev.intaglio.issuer.store.StatusPage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Status lists: what is given away, and what is published.
record JdbcStatusLists(Database database, String tenant) implements StatusLists {
    private static final int TRIES = 20;

    private record Numbered(long number, byte[] states) {}

    @Override
    public Stretch reserve(int places, NewList otherwise, Instant now) {
        for (var tries = 0; tries < TRIES; tries++) {
            var found = database.run(session -> take(session, places));
            if (found.isPresent()) {
                return found.get();
            }
            var opened = open(places, otherwise);
            if (opened.isPresent()) {
                return opened.get();
            }
            // Another node has begun one at the same moment: there is room now.
        }
        throw new IllegalStateException(
                "no status list has room for " + places + " at once, however often one is begun");
    }

    /// The newest list is the only one that may have room. It is asked twice for it: of two who found the same, the second
    /// finds it changed.
    private Optional<Stretch> take(Session session, int places) throws SQLException {
        return session.first("""
                update intaglio_status_list set reserved = reserved + ?
                where tenant = ? and reserved + ? <= size
                    and number = (select max(number) from intaglio_status_list where tenant = ?)
                returning id, size, order_key, reserved
                """, row -> stretch(row, places), places, tenant, places, tenant);
    }

    private static Stretch stretch(ResultSet row, int places) throws SQLException {
        var to = row.getInt("reserved");
        return new Stretch(row.getString("id"), row.getInt("size"), row.getBytes("order_key"), to - places, to, false);
    }

    /// @return empty if somebody else was faster
    private Optional<Stretch> open(int places, NewList list) {
        var done = database.transaction(session -> {
            var number = session.first(
                            "select coalesce(max(number), 0) from intaglio_status_list where tenant = ?",
                            row -> row.getLong(1),
                            tenant)
                    .orElse(0L);
            // Still full? Between the look and now a list may have been begun.
            var room = session.first(
                    "select 1 from intaglio_status_list where tenant = ? and number = ? and reserved + ? <= size",
                    row -> true,
                    tenant,
                    number,
                    places);
            return room.isEmpty()
                    && session.update("""
                                    insert into intaglio_status_list
                                        (tenant, id, number, size, order_key, reserved, changed, published, resources,
                                         published_at)
                                    values (?, ?, ?, ?, ?, ?, 0, -1, '', 0)
                                    on conflict do nothing
                                    """, tenant, list.id(), number + 1, list.size(), list.orderKey(), places) == 1
                    && changed(session, tenant, List.of(list.id()));
        });
        return done
                ? Optional.of(new Stretch(list.id(), list.size(), list.orderKey(), 0, places, true))
                : Optional.empty();
    }

    /// Within a transaction, and last in it: whoever comes next waits for its end.
    static boolean changed(Session session, String tenant, List<String> listIds) throws SQLException {
        session.update("""
                insert into intaglio_status_clock (tenant, changed, published, holder, lease_until) values (?, 1, 0, '', 0)
                on conflict (tenant) do update set changed = intaglio_status_clock.changed + 1
                """, tenant);
        for (var id : listIds) {
            session.update("""
                    update intaglio_status_list
                    set changed = (select changed from intaglio_status_clock where tenant = ?)
                    where tenant = ? and id = ?
                    """, tenant, tenant, id);
        }
        return true;
    }

    @Override
    public Clock clock() {
        return database.run(session -> session.first(
                        "select changed, published from intaglio_status_clock where tenant = ?",
                        row -> new Clock(row.getLong(1), row.getLong(2)),
                        tenant)
                .orElse(new Clock(0, 0)));
    }

    @Override
    public boolean lease(String holder, Instant until, Instant now) {
        return database.run(
                session -> session.update("""
                        update intaglio_status_clock set holder = ?, lease_until = ?
                        where tenant = ? and (holder = ? or lease_until <= ?)
                        """, holder, until.toEpochMilli(), tenant, holder, now.toEpochMilli()) == 1);
    }

    @Override
    public List<Due> due(Instant publishedBefore, String resources) {
        return database.run(session -> session.all(
                """
                select id, size, changed from intaglio_status_list
                where tenant = ? and (changed > published or published_at < ? or resources <> ?) order by number
                """,
                row -> new Due(row.getString("id"), row.getInt("size"), row.getLong("changed")),
                tenant,
                publishedBefore.toEpochMilli(),
                resources));
    }

    @Override
    public byte[] states(Due list) {
        var states = new byte[list.size() / 4];
        database.run(session -> session.all(
                        "select page, states from intaglio_status_page where tenant = ? and list_id = ?",
                        row -> new Numbered(row.getLong("page"), row.getBytes("states")),
                        tenant,
                        list.listId()))
                .forEach(page -> System.arraycopy(
                        page.states(), 0, states, (int) page.number() * StatusPage.BYTES, StatusPage.BYTES));
        return states;
    }

    @Override
    public boolean publish(Due list, String resources, List<Published> documents, boolean keepHistory, Instant now) {
        return database.transaction(session -> {
            // The clock before the list, as changes have it: otherwise the two could wait for each other.
            session.update("update intaglio_status_clock set published = published + 1 where tenant = ?", tenant);
            if (session.update(
                            """
                            update intaglio_status_list set published = ?, resources = ?, published_at = ?
                            where tenant = ? and id = ? and published <= ?
                            """, list.changed(), resources, now.toEpochMilli(), tenant, list.listId(), list.changed())
                    == 0) {
                return false;
            }
            session.update(
                    keepHistory
                            ? "update intaglio_published_status set latest = 0 where tenant = ? and list_id = ? and latest = 1"
                            : "delete from intaglio_published_status where tenant = ? and list_id = ?",
                    tenant,
                    list.listId());
            for (var document : documents) {
                session.update(
                        """
                        insert into intaglio_published_status
                            (tenant, list_id, resource, number, latest, media_type, content, issued_at, expires_at)
                        values (?, ?, ?, (select published from intaglio_status_clock where tenant = ?), 1, ?, ?, ?, ?)
                        """,
                        tenant,
                        document.listId(),
                        document.resource(),
                        tenant,
                        document.mediaType(),
                        document.content(),
                        document.issuedAt().toEpochMilli(),
                        document.expiresAt().toEpochMilli());
            }
            return true;
        });
    }

    @Override
    public List<Published> publishedAfter(long number) {
        return database.run(session -> session.all(
                "select * from intaglio_published_status where tenant = ? and number > ? and latest = 1",
                JdbcStatusLists::published,
                tenant,
                number));
    }

    @Override
    public Optional<Published> at(String listId, String resource, Instant moment) {
        return database.run(session -> session.first(
                """
                select * from intaglio_published_status
                where tenant = ? and list_id = ? and resource = ? and issued_at <= ? and expires_at > ?
                order by number desc limit 1
                """,
                JdbcStatusLists::published,
                tenant,
                listId,
                resource,
                moment.toEpochMilli(),
                moment.toEpochMilli()));
    }

    @Override
    public int forgetHistory(Instant before) {
        return database.run(session -> session.update(
                "delete from intaglio_published_status where tenant = ? and latest = 0 and issued_at < ?",
                tenant,
                before.toEpochMilli()));
    }

    private static Published published(ResultSet row) throws SQLException {
        return new Published(
                row.getString("list_id"),
                row.getString("resource"),
                row.getString("media_type"),
                row.getBytes("content"),
                Instant.ofEpochMilli(row.getLong("issued_at")),
                Instant.ofEpochMilli(row.getLong("expires_at")),
                row.getLong("number"));
    }
}
