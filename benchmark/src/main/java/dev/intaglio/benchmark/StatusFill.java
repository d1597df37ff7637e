package dev.intaglio.benchmark;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialDefinitions;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.issuer.status.CredentialStatuses;
import dev.intaglio.issuer.status.StatusSettings;
import dev.intaglio.issuer.store.IssuedStatus;
import dev.intaglio.issuer.store.StatusLists;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.storage.jdbc.JdbcStores;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/// An issuer of everything that comes along, on the stores of one tenant, and the issuances it has behind it: places in status
/// lists are given away by the code that does so when credentials are issued, the records of the issuances are inserted in
/// bulk.
final class StatusFill {
    /// Credentials of one response.
    static final int COPIES = 10;

    /// Places of one list.
    static final int LIST = StatusSettings.DEFAULT.size();

    private static final int AT_A_TIME = 5_000;
    private static final String INSERT = """
            insert into intaglio_issuance
                (tenant, id, authorization_id, configuration_id, subject, credentials, issued_at, status_list,
                 status_indices, client_id, signing_key, valid_until)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final SigningKey key = SampleIssuance.key();
    private final JdbcStores stores;
    private final AtomicLong reservations = new AtomicLong();
    private final Map<String, BitSet> taken = new HashMap<>();
    private final CredentialStatuses statuses;
    private final Entitlement entitlement;

    StatusFill(JdbcStores stores) {
        this.stores = stores;
        var formats = CredentialFormats.onClassPath(new SecureRandom());
        var definitions = CredentialDefinitions.shipped().stream()
                .filter(definition -> List.of("pid", "diploma").contains(definition.id()))
                .toList();
        statuses = new CredentialStatuses(
                URI.create("https://issuer.example"),
                definitions,
                formats,
                counting(stores.statusLists(), reservations),
                stores.statusOperations(),
                StatusSettings.DEFAULT,
                KeyRing.of(key),
                Clock.systemUTC(),
                new SecureRandom());
        entitlement = entitlement(definitions.getFirst());
    }

    private static Entitlement entitlement(CredentialDefinition definition) {
        return new Entitlement(
                "somebody",
                definition,
                definition.configurations().getFirst(),
                Optional.empty(),
                Optional.empty(),
                "authorization");
    }

    /// Counts what is written for allocation.
    private static StatusLists counting(StatusLists lists, AtomicLong reservations) {
        return (StatusLists) Proxy.newProxyInstance(
                StatusLists.class.getClassLoader(), new Class<?>[] {StatusLists.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("reserve")) {
                        reservations.incrementAndGet();
                    }
                    try {
                        return method.invoke(lists, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    /// What filling took.
    ///
    /// @param nanos of CPU time, for allocation alone
    /// @param reservations statements for allocation
    record Filled(int credentials, int issuances, long nanos, long reservations) {}

    CredentialStatuses statuses() {
        return statuses;
    }

    JdbcStores stores() {
        return stores;
    }

    /// @param client to whom each issuance went, by its number: what they are found again by
    Filled fill(int credentials, Connection connection, IntFunction<String> client) throws SQLException {
        var threads = ManagementFactory.getThreadMXBean();
        var nanos = 0L;
        var issuances = credentials / COPIES;
        connection.setAutoCommit(false);
        for (var first = 0; first < issuances; first += AT_A_TIME) {
            var places = new ArrayList<IssuedStatus>(AT_A_TIME);
            var before = threads.getCurrentThreadCpuTime();
            for (var number = first; number < Math.min(first + AT_A_TIME, issuances); number++) {
                places.add(statuses.assignment()
                        .assign(entitlement, COPIES, key)
                        .issued()
                        .orElseThrow());
            }
            nanos += threads.getCurrentThreadCpuTime() - before;
            insert(connection, first, places, client);
        }
        return new Filled(issuances * COPIES, issuances, nanos, reservations.get());
    }

    private void insert(Connection connection, int first, List<IssuedStatus> places, IntFunction<String> client)
            throws SQLException {
        var now = System.currentTimeMillis();
        try (var statement = connection.prepareStatement(INSERT)) {
            for (var i = 0; i < places.size(); i++) {
                var status = places.get(i);
                var number = first + i;
                requireNew(status);
                statement.setString(1, stores.tenant());
                statement.setString(2, id(number));
                statement.setString(3, stores.tenant() + "authorization-" + number);
                statement.setString(4, entitlement.configuration().id());
                statement.setString(5, "subject-" + number);
                statement.setLong(6, COPIES);
                statement.setLong(7, now);
                statement.setString(8, status.listId());
                statement.setString(
                        9, status.indices().stream().map(String::valueOf).collect(Collectors.joining(" ")));
                statement.setString(10, client.apply(number));
                statement.setString(11, "a-key");
                statement.setLong(12, now + 86_400_000L * 14);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        connection.commit();
    }

    private void requireNew(IssuedStatus status) {
        var indices = taken.computeIfAbsent(status.listId(), id -> new BitSet());
        for (var index : status.indices()) {
            if (indices.get(index)) {
                throw new IllegalStateException("the index " + index + " was given twice");
            }
            indices.set(index);
        }
    }

    /// Of an issuance.
    String id(int number) {
        return stores.tenant() + "issuance-" + number;
    }
}
