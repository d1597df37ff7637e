package dev.intaglio.storage.jdbc;

import dev.intaglio.issuer.store.TraceStep;
import dev.intaglio.issuer.store.Traces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What happened in issuances.
///
/// @param tenant whose; the empty name is the main issuer's
record JdbcTraces(Database database, String tenant) implements Traces {
    /// So many names are asked for in one statement.
    private static final int AT_ONCE = 50;

    @Override
    public void add(List<TraceStep> steps) {
        database.transaction(session -> {
            for (var step : steps) {
                add(session, step);
            }
            return true;
        });
    }

    private void add(Session session, TraceStep step) throws SQLException {
        session.update(
                """
                insert into intaglio_trace_step (tenant, id, recorded_at, names, offers, body, expires_at)
                values (?, ?, ?, ?, ?, ?, ?)
                """,
                tenant,
                step.id(),
                step.at().toEpochMilli(),
                String.join(" ", step.names()),
                String.join(" ", step.offers()),
                step.body(),
                step.expiresAt().toEpochMilli());
        var all = new LinkedHashSet<>(step.names());
        all.addAll(step.offers());
        for (var name : all) {
            session.update(
                    "insert into intaglio_trace_name (tenant, name, step_id, expires_at) values (?, ?, ?, ?)",
                    tenant,
                    name,
                    step.id(),
                    step.expiresAt().toEpochMilli());
        }
    }

    @Override
    public List<TraceStep> about(Collection<String> names, int atMost) {
        var found = new LinkedHashMap<String, TraceStep>();
        var all = List.copyOf(names);
        for (var from = 0; from < all.size(); from += AT_ONCE) {
            some(all.subList(from, Math.min(all.size(), from + AT_ONCE)), atMost)
                    .forEach(step -> found.put(step.id(), step));
        }
        return found.values().stream()
                .sorted(Comparator.comparing(TraceStep::at).thenComparing(TraceStep::id))
                .limit(atMost)
                .toList();
    }

    private List<TraceStep> some(List<String> names, int atMost) {
        var parameters = new ArrayList<Object>();
        parameters.add(tenant);
        parameters.add(tenant);
        parameters.addAll(names);
        parameters.add(atMost);
        return database.run(session -> session.all(
                "select * from intaglio_trace_step where tenant = ? and id in ("
                        + "select step_id from intaglio_trace_name where tenant = ? and name in ("
                        + String.join(", ", Collections.nCopies(names.size(), "?"))
                        + ")) order by recorded_at, id limit ?",
                JdbcTraces::read,
                parameters.toArray()));
    }

    private static TraceStep read(ResultSet row) throws SQLException {
        return new TraceStep(
                row.getString("id"),
                Instant.ofEpochMilli(row.getLong("recorded_at")),
                words(row.getString("names")),
                words(row.getString("offers")),
                row.getString("body"),
                Instant.ofEpochMilli(row.getLong("expires_at")));
    }

    private static Set<String> words(String joined) {
        return joined.isEmpty() ? Set.of() : Set.of(joined.split(" "));
    }
}
