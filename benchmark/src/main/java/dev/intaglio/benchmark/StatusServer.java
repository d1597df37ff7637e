package dev.intaglio.benchmark;

import dev.intaglio.protocol.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// The running server over a filled database: its memory, what it answers, and how soon a revocation is seen.
final class StatusServer {
    /// The heap it gets.
    private static final String MEMORY = "-Xmx512m";

    private static final int ROUNDS = 10;

    private final Path data;
    private final StatusPlace place;
    private final StatusReport report;

    StatusServer(Path data, StatusPlace place, StatusReport report) {
        this.data = data;
        this.place = place;
        this.report = report;
    }

    private record Node(Process process, BufferedReader answers, PrintStream commands, URI address, String token)
            implements AutoCloseable {
        static Node start(Path data, List<String> settings) throws IOException {
            var process = IssuanceCost.start(List.of(MEMORY), data, settings.toArray(String[]::new));
            var answers = process.inputReader(StandardCharsets.UTF_8);
            var ready = IssuanceCost.answer(answers, "ready");
            return new Node(
                    process,
                    answers,
                    new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8),
                    URI.create(ready[1]),
                    ready[2]);
        }

        long ask(String what) throws IOException {
            commands.println(what);
            return Long.parseLong(IssuanceCost.answer(answers, what)[1]);
        }

        @Override
        public void close() {
            commands.println("stop");
            process.destroy();
            process.onExit().join();
        }
    }

    /// Bytes of heap in use by a server that has issued nothing.
    static long emptyHeap(Path data) throws IOException {
        try (var node = Node.start(data, List.of())) {
            return node.ask("heap");
        }
    }

    /// @param many the wallet whose credentials are revoked while the server runs
    void measure(long emptyHeap, int lists, String many) throws IOException, InterruptedException, ExecutionException {
        var settings = new ArrayList<>(place.settings());
        try (var node = Node.start(data, settings)) {
            var traffic = new StatusTraffic(node.address(), node.token());
            while (traffic.lists().size() < lists) {
                Thread.sleep(100);
            }
            heap(node, emptyHeap, "heap_mb");
            serve(node, traffic);
            visible(traffic, node.address(), "this node");
            if (place instanceof StatusPlace.Postgres) {
                // The same issuer on a second node.
                settings.add("--intaglio.issuer=" + node.address().toString().replace("127.0.0.1", "localhost"));
                try (var other = Node.start(data, settings)) {
                    while (new StatusTraffic(other.address(), other.token())
                                    .lists()
                                    .size()
                            < lists) {
                        Thread.sleep(100);
                    }
                    visible(traffic, other.address(), "another node");
                }
            }
            mass(node, traffic, many);
            heap(node, emptyHeap, "heap_after_mb");
        }
    }

    private void heap(Node node, long emptyHeap, String name) throws IOException {
        var used = node.ask("heap");
        report.figure(name, used / 1e6);
        report.say(
                "server's heap after collection: %.1f MB; of one that has issued nothing %.1f MB (limit %s)",
                used / 1e6, emptyHeap / 1e6, MEMORY.substring(4));
    }

    private void serve(Node node, StatusTraffic traffic) throws IOException, InterruptedException, ExecutionException {
        var lists = traffic.lists();
        var path = lists.getFirst();
        traffic.fresh(lists, 2_000); // warms up
        traffic.again(lists, 20_000 / lists.size(), () -> true);

        var before = node.ask("cpu");
        var fresh = traffic.fresh(lists, 4_000);
        var cpu = (node.ask("cpu") - before) / 1e3 / fresh.requests();
        report.figure("get_per_second", fresh.requests() / fresh.seconds());
        report.figure("get_cpu_us", cpu);
        report.say(
                "whole lists: %.0f requests/s (client beside it), %.0f us of server CPU each, %,d bytes each",
                fresh.requests() / fresh.seconds(), cpu, fresh.bytes() / fresh.requests());

        var one = traffic.valid(path, 1).getFirst();
        before = node.ask("cpu");
        var again = traffic.again(lists, 40_000 / lists.size(), () -> {
            traffic.revoke(JsonObject.builder()
                    .put("list", path.substring(path.lastIndexOf('/') + 1))
                    .put("index", one)
                    .build());
            return true;
        });
        cpu = (node.ask("cpu") - before) / 1e3 / again.requests();
        var share = 100.0 * again.notModified() / again.requests();
        report.figure("revalidation_per_second", again.requests() / again.seconds());
        report.figure("revalidation_cpu_us", cpu);
        report.figure("share_of_304_percent", share);
        report.say(
                "asked again, one of %d lists changing half-way: %.0f requests/s, %.0f us of server CPU each, %.1f %% are 304",
                lists.size(), again.requests() / again.seconds(), cpu, share);
    }

    private void visible(StatusTraffic traffic, URI asked, String where) throws IOException, InterruptedException {
        var path = traffic.lists().getLast();
        var took = new double[ROUNDS];
        var indices = traffic.valid(path, ROUNDS);
        for (var round = 0; round < ROUNDS; round++) {
            took[round] = traffic.visible(path, indices.get(round), asked);
        }
        var most = Arrays.stream(took).max().orElseThrow();
        var name = where.replace(' ', '_');
        report.figure("visible_on_" + name + "_ms", Figures.median(took));
        report.figure("visible_on_" + name + "_at_most_ms", most);
        report.say(
                "a revocation through the admin interface can be read on %s after %.0f ms, at most %.0f ms",
                where, Figures.median(took), most);
    }

    private void mass(Node node, StatusTraffic traffic, String many) throws IOException, InterruptedException {
        var before = node.ask("cpu");
        var began = System.nanoTime();
        var changed = traffic.revoke(JsonObject.builder().put("client", many).build());
        var took = (System.nanoTime() - began) / 1e6;
        var cpu = (node.ask("cpu") - before) / 1e6;
        report.figure("mass_ms", took);
        report.figure("mass_cpu_ms", cpu);
        report.say(
                "%,d revoked through the admin interface, and published: %.0f ms, %.0f ms of server CPU",
                changed, took, cpu);
    }
}
