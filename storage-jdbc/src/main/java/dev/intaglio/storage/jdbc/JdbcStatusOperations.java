package dev.intaglio.storage.jdbc;

import dev.intaglio.issuer.log.LogEvents;
import dev.intaglio.issuer.store.AttestationReference;
import dev.intaglio.issuer.store.IssuanceOrigin;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.IssuedStatus;
import dev.intaglio.issuer.store.Page;
import dev.intaglio.issuer.store.Position;
import dev.intaglio.issuer.store.StatusOperation;
import dev.intaglio.issuer.store.StatusOperation.Phase;
import dev.intaglio.issuer.store.StatusOperations;
import dev.intaglio.issuer.store.StatusPage;
import dev.intaglio.issuer.store.StatusSelector;
import dev.intaglio.issuer.store.StatusVerb;
import dev.intaglio.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What is done to the statuses of credentials. An operation, however many credentials it is about, is one transaction.
record JdbcStatusOperations(Database database, String tenant) implements StatusOperations {
    /// In the place of words that may name somebody.
    private static final String ERASED = "(erased)";

    @Override
    public StatusOperation apply(StatusOperation operation) {
        var selected = selected(operation.selector());
        var done = new StatusOperation[] {operation};
        database.transaction(session -> {
            done[0] = perform(session, operation, selected);
            insert(session, done[0]);
            JdbcLog.insert(session, tenant, LogEvents.status(done[0]));
            return true;
        });
        return done[0];
    }

    @Override
    public StatusOperation count(StatusOperation operation) {
        var selected = selected(operation.selector());
        return database.reading(session -> {
            var changed = 0L;
            for (var list : selected.byList().entrySet()) {
                for (var page : list.getValue().pages().entrySet()) {
                    changed += page(session, list.getKey(), page.getKey())
                            .with(operation.verb(), page.getValue().stream().toArray())
                            .changed()
                            .length;
                }
            }
            return operation.with(operation.phase(), selected.count(), changed);
        });
    }

    @Override
    public void stage(StatusOperation operation) {
        database.run(session -> insert(session, operation));
    }

    @Override
    public Optional<StatusOperation> applyDue(Instant now) {
        var due = database.run(session ->
                session.first("""
                select * from intaglio_status_operation
                where tenant = ? and phase = ? and due_at <= ? order by due_at limit 1
                """, JdbcStatusOperations::operation, tenant, Phase.STAGED.name(), now.toEpochMilli()));
        if (due.isEmpty()) {
            return Optional.empty();
        }
        var selected = selected(due.get().selector());
        var done = new StatusOperation[] {due.get()};
        var first = database.transaction(session -> {
            var performed = performStaged(session, due.get(), selected);
            performed.ifPresent(operation -> done[0] = operation);
            return performed.isPresent();
        });
        return first ? Optional.of(done[0]) : Optional.empty();
    }

    /// Within a transaction.
    ///
    /// @return empty if it does not wait any more
    private Optional<StatusOperation> performStaged(Session session, StatusOperation staged, SelectedIndices selected)
            throws SQLException {
        if (!leave(session, staged.id(), Phase.APPLIED)) {
            return Optional.empty();
        }
        var done = perform(session, staged, selected);
        session.update(
                "update intaglio_status_operation set matched = ?, changed = ? where tenant = ? and id = ?",
                done.matched(),
                done.changed(),
                tenant,
                done.id());
        JdbcLog.insert(session, tenant, LogEvents.status(done));
        return Optional.of(done);
    }

    /// Within the transaction that erases a subject: operations that selected credentials by it do not say any more by whom or why.
    /// What waits in its undo window takes effect now, since afterwards nothing would be found.
    ///
    /// @return how many there are
    int forget(Session session, String subject) throws SQLException {
        var about = session
                .all(
                        "select * from intaglio_status_operation where tenant = ? and selector like '%\"subject\":%'",
                        JdbcStatusOperations::operation, tenant)
                .stream()
                .filter(operation -> operation.selector().subject().equals(Optional.of(subject)))
                .toList();
        for (var operation : about) {
            if (operation.phase() == Phase.STAGED) {
                performStaged(session, operation, selected(session, operation.selector()));
            }
            session.update(
                    "update intaglio_status_operation set selector = ?, reason = ? where tenant = ? and id = ?",
                    operation.selector().withoutSubject().write().text(),
                    ERASED,
                    tenant,
                    operation.id());
        }
        return about.size();
    }

    @Override
    public boolean undo(String id) {
        return database.run(session -> leave(session, id, Phase.UNDONE));
    }

    /// Of any number of callers one leads an operation out of its window.
    private boolean leave(Session session, String id, Phase to) throws SQLException {
        return session.update(
                        "update intaglio_status_operation set phase = ? where tenant = ? and id = ? and phase = ?",
                        to.name(),
                        tenant,
                        id,
                        Phase.STAGED.name())
                == 1;
    }

    @Override
    public Optional<StatusOperation> find(String id) {
        return database.run(session -> session.first(
                "select * from intaglio_status_operation where tenant = ? and id = ?",
                JdbcStatusOperations::operation,
                tenant,
                id));
    }

    @Override
    public Page<StatusOperation> latest(Optional<Position> after, int atMost) {
        var from = After.latestFirst(after, "requested_at", "id");
        var read = database.run(session -> session.all(
                "select * from intaglio_status_operation where tenant = ?" + from.condition() + from.order(),
                JdbcStatusOperations::operation,
                from.with(atMost + 1, tenant)));
        return Page.of(read, atMost, operation -> new Position(operation.requestedAt(), operation.id()));
    }

    @Override
    public Page<Issued> issued(StatusSelector selector, Optional<Position> after, int atMost) {
        var where = IssuanceSearch.of(tenant, selector);
        var from = After.latestFirst(after, "issued_at", "id");
        return database.run(session -> {
            var read = session.all(
                    "select * from intaglio_issuance" + where.condition() + from.condition() + from.order(),
                    JdbcStatusOperations::issuance,
                    from.with(atMost + 1, where.parameters()));
            var issuances = Page.of(read, atMost, JdbcStatusOperations::position);
            var issued = new ArrayList<Issued>();
            var last = Optional.<Position>empty();
            for (var issuance : issuances.items()) {
                var selected = selected(session, selector, issuance);
                if (last.isPresent() && issued.size() + selected.size() > atMost) {
                    return new Page<>(issued, last);
                }
                issued.addAll(selected);
                last = Optional.of(position(issuance));
            }
            return new Page<>(issued, issuances.next());
        });
    }

    private static Position position(IssuanceRecord issuance) {
        return new Position(issuance.issuedAt(), issuance.id());
    }

    private List<Issued> selected(Session session, StatusSelector selector, IssuanceRecord issuance)
            throws SQLException {
        var selected = new ArrayList<Issued>();
        var status = issuance.status().orElseThrow();
        for (var number = 0; number < status.indices().size(); number++) {
            if (selector.selects(issuance, number)) {
                var index = status.indices().get(number);
                var page = page(session, status.listId(), index / StatusPage.ENTRIES);
                selected.add(new Issued(issuance, number, page.state(index % StatusPage.ENTRIES)));
            }
        }
        return selected;
    }

    private StatusPage page(Session session, String listId, int page) throws SQLException {
        return session.first(
                        "select states from intaglio_status_page where tenant = ? and list_id = ? and page = ?",
                        row -> new StatusPage(row.getBytes(1)),
                        tenant,
                        listId,
                        page)
                .orElseGet(StatusPage::empty);
    }

    private StatusOperation perform(Session session, StatusOperation operation, SelectedIndices selected)
            throws SQLException {
        var changed = 0L;
        var lists = new ArrayList<String>();
        // Always in the same order: two operations that wait for each other's pages would wait for ever.
        for (var list : selected.byList().entrySet()) {
            var here = change(session, operation, list.getKey(), list.getValue());
            if (here > 0) {
                lists.add(list.getKey());
            }
            changed += here;
        }
        if (!lists.isEmpty()) {
            JdbcStatusLists.changed(session, tenant, lists);
        }
        return operation.with(Phase.APPLIED, selected.count(), changed);
    }

    /// Before the transaction that changes them: a look through all issuances may take seconds, in which others issue.
    private SelectedIndices selected(StatusSelector selector) {
        return database.reading(session -> selected(session, selector));
    }

    private SelectedIndices selected(Session session, StatusSelector selector) throws SQLException {
        var selected = new SelectedIndices();
        var place = selector.place();
        if (place.isPresent()) {
            var size = session.first(
                    "select size from intaglio_status_list where tenant = ? and id = ?",
                    row -> row.getLong(1),
                    tenant,
                    place.get().listId());
            if (size.filter(entries -> place.get().index() >= 0 && place.get().index() < entries)
                    .isEmpty()) {
                return selected;
            }
            if (selector.write().members().size() == 2) { // nothing else is asked
                selected.add(place.get().listId(), (int) place.get().index());
                return selected;
            }
        }
        var where = IssuanceSearch.of(tenant, selector);
        session.each(
                "select " + (where.exact() ? "status_list, status_indices" : "*") + " from intaglio_issuance"
                        + where.condition(),
                row -> selected.add(row.getString("status_list"), row.getString("status_indices"), number -> {
                    return where.exact() || selector.selects(issuance(row), number);
                }),
                where.parameters());
        return selected;
    }

    /// @return how many entries it made a difference to
    private long change(Session session, StatusOperation operation, String listId, SelectedIndices.Pages pages)
            throws SQLException {
        var states = new ArrayList<Object[]>();
        var changes = new ArrayList<Object[]>();
        var changed = 0L;
        for (var page : pages.pages().entrySet()) {
            var after = locked(session, listId, page.getKey())
                    .with(operation.verb(), page.getValue().stream().toArray());
            if (after.changed().length > 0) {
                states.add(new Object[] {after.page().states(), tenant, listId, page.getKey()});
                changes.add(new Object[] {tenant, operation.id(), listId, page.getKey(), entries(after.changed())});
                changed += after.changed().length;
            }
        }
        if (changed > 0) {
            session.updateEach(
                    "update intaglio_status_page set states = ? where tenant = ? and list_id = ? and page = ?", states);
            session.updateEach(
                    "insert into intaglio_status_change (tenant, operation_id, list_id, page, entries) values (?, ?, ?, ?, ?)",
                    changes);
        }
        return changed;
    }

    /// Changes before it reads: who comes second waits here, and reads what the first has written.
    private StatusPage locked(Session session, String listId, int page) throws SQLException {
        return session.first(
                        """
                        insert into intaglio_status_page (tenant, list_id, page, states, version) values (?, ?, ?, ?, 0)
                        on conflict (tenant, list_id, page) do update set version = intaglio_status_page.version + 1
                        returning states
                        """,
                        row -> new StatusPage(row.getBytes(1)),
                        tenant,
                        listId,
                        page,
                        StatusPage.empty().states())
                .orElseThrow();
    }

    /// Two bytes for each, or a bit for each index of the page, whatever is shorter.
    private static byte[] entries(int[] offsets) {
        if (2 * offsets.length < StatusPage.ENTRIES / Byte.SIZE) {
            var pairs = new byte[2 * offsets.length];
            for (var i = 0; i < offsets.length; i++) {
                pairs[2 * i] = (byte) (offsets[i] >> Byte.SIZE);
                pairs[2 * i + 1] = (byte) offsets[i];
            }
            return pairs;
        }
        var bits = new byte[StatusPage.ENTRIES / Byte.SIZE];
        for (var offset : offsets) {
            bits[offset >> 3] |= (byte) (1 << (offset & 7));
        }
        return bits;
    }

    private int insert(Session session, StatusOperation operation) throws SQLException {
        return session.update(
                """
                insert into intaglio_status_operation
                    (tenant, id, verb, selector, reason, actor, requested_at, due_at, phase, matched, changed)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                tenant,
                operation.id(),
                operation.verb().name(),
                operation.selector().write().text(),
                operation.reason(),
                operation.actor(),
                operation.requestedAt().toEpochMilli(),
                operation.dueAt().toEpochMilli(),
                operation.phase().name(),
                operation.matched(),
                operation.changed());
    }

    private static StatusOperation operation(ResultSet row) throws SQLException {
        return new StatusOperation(
                row.getString("id"),
                StatusVerb.valueOf(row.getString("verb")),
                StatusSelector.read(Json.readObject(row.getString("selector").getBytes(StandardCharsets.UTF_8))),
                row.getString("reason"),
                row.getString("actor"),
                Instant.ofEpochMilli(row.getLong("requested_at")),
                Instant.ofEpochMilli(row.getLong("due_at")),
                Phase.valueOf(row.getString("phase")),
                row.getLong("matched"),
                row.getLong("changed"));
    }

    static IssuanceRecord issuance(ResultSet row) throws SQLException {
        var keys =
                Optional.ofNullable(row.getString("attested_keys")).orElse("").strip();
        return new IssuanceRecord(
                row.getString("id"),
                row.getString("authorization_id"),
                row.getString("configuration_id"),
                row.getString("subject"),
                row.getInt("credentials"),
                Instant.ofEpochMilli(row.getLong("issued_at")),
                signed(Optional.ofNullable(row.getString("signing_key")), row.getLong("valid_until")),
                Optional.empty(), // the event is the log's by now
                status(Optional.ofNullable(row.getString("status_list")), row.getString("status_indices")),
                new IssuanceOrigin(
                        Optional.ofNullable(row.getString("client_id")),
                        Optional.ofNullable(row.getString("wallet_instance")),
                        Optional.ofNullable(row.getString("wallet_provider")),
                        keys.isEmpty() ? List.of() : List.of(keys.split(" ")),
                        Optional.ofNullable(row.getString("offer")),
                        Optional.ofNullable(row.getString("deferred_transaction")),
                        JsonColumns.objects(Optional.ofNullable(row.getString("attestations"))).stream()
                                .map(AttestationReference::read)
                                .toList()));
    }

    private static Optional<IssuanceRecord.Signed> signed(Optional<String> key, long validUntil) {
        return key.map(kid -> new IssuanceRecord.Signed(kid, Instant.ofEpochMilli(validUntil)));
    }

    private static Optional<IssuedStatus> status(Optional<String> listId, String indices) {
        return listId.map(id -> new IssuedStatus(
                id, Arrays.stream(indices.split(" ")).map(Integer::valueOf).toList()));
    }
}
