package dev.intaglio.benchmark;

import dev.intaglio.issuer.status.CredentialStatuses;
import dev.intaglio.issuer.store.IssuanceOrigin;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.StatusOperation;
import dev.intaglio.issuer.store.StatusOperation.Phase;
import dev.intaglio.issuer.store.StatusSelector;
import dev.intaglio.issuer.store.StatusVerb;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Router;
import dev.intaglio.protocol.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/// Revokes and publishes, on the stores themselves, and says what each of the two takes.
final class StatusOperationCost {
    private static final int ROUNDS = 5;

    private final StatusFill fill;
    private final StatusReport report;

    StatusOperationCost(StatusFill fill, StatusReport report) {
        this.fill = fill;
        this.report = report;
    }

    /// @param ready CPU time of the thread that does it
    record Cost(double wall, double ready) {}

    interface Work {
        void run();
    }

    static Cost cost(Work work) {
        var threads = ManagementFactory.getThreadMXBean();
        var wall = System.nanoTime();
        var thread = threads.getCurrentThreadCpuTime();
        work.run();
        return new Cost((System.nanoTime() - wall) / 1e6, (threads.getCurrentThreadCpuTime() - thread) / 1e6);
    }

    static StatusSelector client(String name) {
        return StatusSelector.read(JsonObject.builder().put("client", name).build());
    }

    private long apply(StatusSelector selector) {
        var now = Instant.now();
        return fill.stores()
                .statusOperations()
                .apply(new StatusOperation(
                        UUID.randomUUID().toString(),
                        StatusVerb.REVOKE,
                        selector,
                        "measured",
                        "benchmark",
                        now,
                        now,
                        Phase.APPLIED,
                        0,
                        0))
                .changed();
    }

    /// One credential, several times over; the figures are medians.
    void revokeOne() {
        var wall = new double[ROUNDS];
        var ready = new double[ROUNDS];
        for (var round = 0; round < ROUNDS; round++) {
            var one = StatusSelector.ofCredential(fill.id(14 + round) + ".3");
            var cost = cost(() -> apply(one));
            wall[round] = cost.wall();
            ready[round] = cost.ready();
        }
        var cpu = Figures.median(ready);
        report.figure("revoke_1_cpu_ms", cpu);
        report.say("revoke 1: %.1f ms, CPU %.1f ms", Figures.median(wall), cpu);
        publish("1");
    }

    /// All of a wallet.
    void revoke(String what, String client) {
        var waits = new Waits(fill.stores().issuances(), fill.stores().tenant());
        var changed = new long[1];
        Cost cost;
        double longest;
        try (waits) {
            cost = cost(() -> changed[0] = apply(client(client)));
        } finally {
            longest = waits.longest();
        }
        var cpu = cost.ready();
        report.figure("revoke_" + what + "_credentials", changed[0]);
        report.figure("revoke_" + what + "_ms", cost.wall());
        report.figure("revoke_" + what + "_cpu_ms", cpu);
        report.figure("revoke_" + what + "_longest_wait_ms", longest);
        report.say(
                "revoke %,d: %.0f ms, CPU %.0f ms; longest wait of an issuance meanwhile %.0f ms",
                changed[0], cost.wall(), cpu, longest);
        publish(what);
    }

    private void publish(String what) {
        var cost = cost(fill.statuses()::catchUp);
        report.figure("publish_after_" + what + "_cpu_ms", cost.ready());
        report.say("  and publish the lists concerned, once: %.0f ms, CPU %.0f ms", cost.wall(), cost.ready());
    }

    /// One list of which more and more is revoked, published several times each.
    ///
    /// @param clients whose credentials are revoked one after the other
    void densities(List<String> clients, int credentials) {
        var revoked = 0L;
        var spare = new int[] {0};
        for (var client : clients) {
            revoked += apply(client(client));
            var ready = new double[ROUNDS];
            for (var round = 0; round < ROUNDS; round++) {
                // Something has to change for it to be published again.
                revoked += apply(StatusSelector.ofCredential(fill.id(999 - spare[0]++) + ".0"));
                ready[round] = cost(fill.statuses()::catchUp).ready();
            }
            var name = client.replace("density-", "publish_") + "_percent";
            var cpu = Figures.median(ready);
            report.figure(name + "_cpu_ms", cpu);
            report.say(
                    "%.1f %% of %,d revoked: published by %.0f ms of CPU; %s",
                    100.0 * revoked / credentials, credentials, cpu, sizes(fill.statuses(), name));
        }
    }

    /// On the wire, to a client that takes gzip.
    private String sizes(CredentialStatuses statuses, String name) {
        var routes = Router.builder();
        statuses.route(routes);
        var handler = routes.build();
        var issuer = URI.create("https://issuer.example");
        var token = URI.create(handler.handle(Request.get(issuer.resolve("/statuslists")))
                .bodyObject()
                .strings("status_lists")
                .getFirst());
        var credential = issuer.resolve(
                "/status-credentials/" + token.getPath().substring("/statuslists/".length()) + "-revocation-");
        var line = new StringBuilder("on the wire");
        for (var form : List.of(
                new Form("JWT", token, "application/statuslist+jwt"),
                new Form("CWT", token, "application/statuslist+cwt"),
                new Form("vc+jwt", URI.create(credential + "jose"), "*/*"),
                new Form("ldp_vc", URI.create(credential + "data-integrity"), "*/*"))) {
            var response = handler.handle(
                    Request.get(form.uri()).with("Accept", form.accept()).with("Accept-Encoding", "gzip"));
            if (response.status() == 200) {
                var length = response.body().length;
                line.append(String.format(Locale.ROOT, " %s %,d", form.name(), length));
                report.figure(name + "_" + form.name() + "_bytes", length);
            }
        }
        return line.append(" bytes").toString();
    }

    private record Form(String name, URI uri, String accept) {}

    /// Records an issuance now and then, and remembers how long it took at most.
    private static final class Waits implements AutoCloseable {
        private final AtomicBoolean go = new AtomicBoolean(true);
        private final Thread thread;
        private volatile double longest;

        Waits(Issuances issuances, String tenant) {
            thread = Thread.ofPlatform().start(() -> {
                while (go.get()) {
                    var began = System.nanoTime();
                    issuances.record(
                            new IssuanceRecord(
                                    UUID.randomUUID().toString(),
                                    "while-" + tenant,
                                    "pid",
                                    "somebody",
                                    1,
                                    Instant.now(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    IssuanceOrigin.UNKNOWN),
                            List.of());
                    longest = Math.max(longest, (System.nanoTime() - began) / 1e6);
                    pause();
                }
            });
        }

        private static void pause() {
            try {
                Thread.sleep(2);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        double longest() {
            return longest;
        }

        @Override
        public void close() {
            go.set(false);
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
