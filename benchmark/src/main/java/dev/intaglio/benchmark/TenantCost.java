package dev.intaglio.benchmark;

import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.offer.CredentialOffer;
import dev.intaglio.storage.jdbc.JdbcStorage;
import dev.intaglio.storage.jdbc.tenant.Tenant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/// What thousands of issuers in one server cost: its start, its memory, its threads, and a credential of any of them beside
/// a credential of always the same one, in one run.
final class TenantCost {
    private static final int ROUNDS = 3;
    private static final int REQUESTS = 1_000;
    private static final int WARM_UP = 1_500;

    private static final Map<String, String> FILES = Map.of(
            "types/ticket.yaml", """
                    id: ticket
                    display:
                      - {locale: en, name: Ticket}
                    claims:
                      - {path: [seat]}
                      - {path: [row]}
                      - {path: [name]}
                    formats:
                      dc+sd-jwt: {vct: "urn:example:ticket:1"}
                    """,
            "claims.json", "{\"erika\": {\"ticket\": {\"seat\": \"7A\", \"row\": \"7\", \"name\": \"Erika\"}}}");

    private TenantCost() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        var tenants = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5_000;
        var data = Files.createTempDirectory("intaglio-benchmark");
        try {
            try (var server = Started.with(data, tenants)) {
                server.report("without tenants");
            }
            seed(data, tenants);
            try (var server = Started.with(data, tenants)) {
                server.report("with " + tenants + " tenants, none asked for yet");
                measure(server, tenants);
            }
        } finally {
            IssuanceCost.delete(data);
        }
    }

    private static void measure(Started server, int tenants)
            throws IOException, InterruptedException, ExecutionException {
        var one = server.tenant(0);
        one.receive(one.offers(WARM_UP));

        var before = server.ask("cpu");
        var began = System.nanoTime();
        for (var number = 1; number < tenants; number++) {
            server.tenant(number).offers(1);
        }
        var took = System.nanoTime() - began;
        System.out.printf(
                Locale.ROOT,
                "first offer of each of %d tenants (which puts its issuer together): %.1f ms of server CPU, %.1f ms each%n",
                tenants - 1,
                (server.ask("cpu") - before) / 1e6 / (tenants - 1),
                took / 1e6 / (tenants - 1));
        server.report("all of them in memory");

        var same = new double[ROUNDS];
        var any = new double[ROUNDS];
        for (var round = 0; round < ROUNDS; round++) {
            same[round] = server.cost(List.of(one), REQUESTS);
            any[round] = server.cost(server.spread(tenants, REQUESTS, round), 1);
            System.out.printf(
                    Locale.ROOT,
                    "round %d: one tenant %.0f us, any tenant %.0f us of server CPU per credential%n",
                    round + 1,
                    same[round],
                    any[round]);
        }
        System.out.printf(
                Locale.ROOT,
                "%nany of %d tenants %.0f us, one tenant %.0f us: %.2f times%n",
                tenants,
                Figures.median(any),
                Figures.median(same),
                Figures.median(any) / Figures.median(same));
    }

    /// Each with a type, claims and a key of its own.
    private static void seed(Path data, int tenants) throws IOException {
        try (var storage = JdbcStorage.sqlite(data.resolve("intaglio.db"))) {
            for (var number = 0; number < tenants; number++) {
                var name = "tenant-" + number;
                var key = data.resolve(name + ".pem");
                Files.writeString(key, freshKey());
                var settings = Map.of(
                        "display", List.of(Map.of("name", "Tenant " + number)),
                        "keys", Map.of("pem", List.of(key.toString())));
                var definition = JsonObject.builder()
                        .put("settings", settings)
                        .put("files", FILES)
                        .build();
                storage.tenants().create(Tenant.of(name, "", "/" + name, ""), definition.text(), Instant.now());
            }
        }
    }

    private static String freshKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var pair = generator.generateKeyPair();
            return pem("PRIVATE KEY", pair.getPrivate().getEncoded())
                    + pem("PUBLIC KEY", pair.getPublic().getEncoded());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                + label + "-----\n";
    }

    /// A server in a process of its own.
    private record Started(
            Process process, BufferedReader answers, PrintStream commands, URI address, String token, double seconds)
            implements AutoCloseable {
        static Started with(Path data, int kept) throws IOException {
            var began = System.nanoTime();
            var process = IssuanceCost.start(data, "--intaglio.tenants.kept=" + kept);
            var answers = process.inputReader(StandardCharsets.UTF_8);
            var ready = IssuanceCost.answer(answers, "ready");
            return new Started(
                    process,
                    answers,
                    new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8),
                    URI.create(ready[1]),
                    ready[2],
                    (System.nanoTime() - began) / 1e9);
        }

        LoadClient tenant(int number) {
            return new LoadClient(URI.create(address + "/tenant-" + number), token, "ticket_dc_sd_jwt", 1);
        }

        /// So many tenants, others in each round, evenly over all.
        List<LoadClient> spread(int tenants, int count, int round) {
            var clients = new ArrayList<LoadClient>();
            for (var i = 0; i < count; i++) {
                clients.add(tenant((int) (((long) i * tenants / count + round) % tenants)));
            }
            return clients;
        }

        /// Microseconds of the server's CPU time per credential; offers are made before.
        double cost(List<LoadClient> clients, int each) throws IOException, InterruptedException, ExecutionException {
            var offers = new ArrayList<List<CredentialOffer>>();
            for (var client : clients) {
                offers.add(client.offers(each));
            }
            var before = ask("cpu");
            var credentials = clients.size() == 1
                    ? clients.getFirst().receive(offers.getFirst())
                    : LoadClient.receiveAll(clients, offers);
            return (ask("cpu") - before) / 1_000.0 / credentials;
        }

        long ask(String what) throws IOException {
            commands.println(what);
            return Long.parseLong(IssuanceCost.answer(answers, what)[1]);
        }

        void report(String what) throws IOException {
            System.out.printf(
                    Locale.ROOT,
                    "%s: up after %.1f s, %d MB of heap in use, %d threads%n",
                    what,
                    seconds,
                    ask("heap") / (1024 * 1024),
                    ask("threads"));
        }

        @Override
        public void close() {
            commands.println("stop");
            process.destroy();
            process.onExit().join();
        }
    }
}
