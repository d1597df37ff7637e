package dev.intaglio.benchmark;

import dev.intaglio.storage.jdbc.JdbcStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// What status costs at the scale of a nation: gives many credentials their places, revokes one, some and very many, publishes,
/// and serves. Prints what it finds and leaves it as JSON, too. See `docs/scale.md`.
public final class StatusCost {
    private static final int LIST = 1_000_000;
    private static final List<String> DENSITIES = List.of("density-0.1", "density-1", "density-10", "density-50");

    private final int credentials;
    private final StatusReport report;

    StatusCost(int credentials, StatusReport report) {
        this.credentials = credentials;
        this.report = report;
    }

    public static void main(String[] arguments)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        var credentials = 10_000_000;
        var stores = List.of("sqlite", "postgres");
        for (var i = 0; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--credentials" -> credentials = Integer.parseInt(arguments[i + 1]);
                case "--store" -> stores = List.of(arguments[i + 1]);
                default ->
                    throw new IllegalArgumentException("there are --credentials and --store, no " + arguments[i]);
            }
        }
        var report = new StatusReport();
        var cost = new StatusCost(credentials, report);
        var directory = Files.createTempDirectory("intaglio-benchmark");
        try {
            var empty = StatusServer.emptyHeap(directory.resolve("empty"));
            if (stores.contains("sqlite")) {
                try (var place = StatusPlace.sqlite(directory.resolve("sqlite"))) {
                    cost.measure(place, directory.resolve("sqlite"), empty);
                }
            }
            if (stores.contains("postgres")) {
                cost.postgres(directory.resolve("postgres"), empty);
            }
        } finally {
            IssuanceCost.delete(directory);
        }
        var file = Path.of("benchmark/target/status.json");
        Files.writeString(file, report.json().text());
        System.out.println();
        System.out.println("all figures: " + file);
    }

    private void postgres(Path data, long empty)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        Files.createDirectories(data);
        StatusPlace.Postgres place;
        try {
            place = StatusPlace.Postgres.start();
        } catch (IOException | IllegalStateException none) {
            System.out.println("no PostgreSQL can be started here: " + none);
            return;
        }
        try (place) {
            measure(place, data, empty);
        }
    }

    private void measure(StatusPlace place, Path data, long empty)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        int lists;
        try (var storage = place.open();
                var connection = place.connect()) {
            lists = stores(place, storage, connection);
        }
        new StatusServer(data, place, report).measure(empty, lists, "wallet-d");
    }

    /// What needs no server.
    ///
    /// @return how many lists there are
    int stores(StatusPlace place, JdbcStorage storage, Connection connection) throws SQLException {
        report.part(place.name(), place.name());
        var fill = new StatusFill(storage);
        var empty = place.size();
        var began = System.nanoTime();
        var filled = fill.fill(credentials, connection, StatusCost::wallet);
        report.figure("allocation_cpu_us", filled.nanos() / 1e3 / filled.credentials());
        report.figure("reservations", filled.reservations());
        report.figure("disk_bytes_per_credential", (double) (place.size() - empty) / filled.credentials());
        report.say(
                "%,d credentials in responses of %d (%.0f s): a place in a list takes %.2f us of CPU; %,d statements for"
                        + " all of them; none was given twice",
                filled.credentials(),
                StatusFill.COPIES,
                (System.nanoTime() - began) / 1e9,
                filled.nanos() / 1e3 / filled.credentials(),
                filled.reservations());
        report.say(
                "on disk, issuances and their indices of the database: %.0f MB, %.0f bytes a credential",
                (place.size() - empty) / 1e6, (double) (place.size() - empty) / filled.credentials());

        fill.statuses().catchUp();
        var operations = new StatusOperationCost(fill, report);
        operations.revokeOne();
        operations.revoke("a_thousandth", "wallet-b");
        operations.revoke("a_tenth", "wallet-c");

        var full = Math.min(credentials, LIST);
        var dense = new StatusFill(storage.tenant("density"));
        dense.fill(full, connection, StatusCost::density);
        new StatusOperationCost(dense, report).densities(DENSITIES, full);
        return (int) Math.ceilDiv(credentials, StatusFill.LIST);
    }

    /// A thousandth, a tenth, another tenth, and the rest.
    private static String wallet(int issuance) {
        if (issuance % 1_000 == 1) {
            return "wallet-b";
        }
        return switch (issuance % 10) {
            case 2 -> "wallet-c";
            case 3 -> "wallet-d";
            default -> "wallet-a";
        };
    }

    private static String density(int issuance) {
        var place = issuance % 1_000;
        if (place == 0) {
            return DENSITIES.get(0);
        }
        if (place < 10) {
            return DENSITIES.get(1);
        }
        if (place < 100) {
            return DENSITIES.get(2);
        }
        return place < 500 ? DENSITIES.get(3) : "others";
    }
}
