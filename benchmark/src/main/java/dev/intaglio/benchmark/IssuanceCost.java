package dev.intaglio.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/// Measures the server's CPU time per issued credential, over HTTP, beside the raw cost of its signatures in the same run.
///
/// One issuance by pre-authorized code makes two signatures (access token, credential) and verifies two (access token, key
/// proof); in a batch the token's pair is shared.
public final class IssuanceCost {
    private static final int WARM_UP = 8_000;
    private static final int ROUNDS = 5;
    private static final String CONFIGURATION = "eu.europa.ec.eudi.pid_vc_sd_jwt";

    private IssuanceCost() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        var data = Files.createTempDirectory("intaglio-benchmark");
        var process = start(data);
        try (var answers = process.inputReader(StandardCharsets.UTF_8);
                var commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8)) {
            var ready = answer(answers, "ready");
            var server = URI.create(ready[1]);
            var single = new LoadClient(server, ready[2], CONFIGURATION, 1);
            var batch = new LoadClient(server, ready[2], CONFIGURATION, 10);
            System.out.println("warming up by " + WARM_UP + " issuances ...");
            single.receive(single.offers(WARM_UP));
            batch.receive(batch.offers(WARM_UP / 10));
            var singles = measure("one credential", single, 1_000, commands, answers);
            var batched = measure("in batches of ten", batch, 200, commands, answers);
            commands.println("raw");
            var raw = answer(answers, "raw");
            report(singles, batched, Double.parseDouble(raw[1]), Double.parseDouble(raw[2]));
            commands.println("stop");
        } finally {
            process.destroy();
            process.waitFor();
            delete(data);
        }
    }

    private static double measure(
            String what, LoadClient client, int requests, PrintStream commands, BufferedReader answers)
            throws IOException, InterruptedException, ExecutionException {
        var figures = new double[ROUNDS];
        for (var round = 0; round < ROUNDS; round++) {
            var offers = client.offers(requests);
            var before = cpu(commands, answers);
            var credentials = client.receive(offers);
            figures[round] = (cpu(commands, answers) - before) / 1_000.0 / credentials;
            System.out.printf(
                    Locale.ROOT,
                    "%s, round %d: %.0f us of server CPU per credential%n",
                    what,
                    round + 1,
                    figures[round]);
        }
        return Figures.median(figures);
    }

    private static void report(double single, double batched, double sign, double verify) {
        var singleFloor = 2 * sign + 2 * verify;
        var batchedFloor = (sign + verify) * 1.1;
        System.out.printf(
                Locale.ROOT, "%nraw ES256, same process: sign %.1f us, verify by a new key %.1f us%n", sign, verify);
        System.out.printf(Locale.ROOT, "%-22s %14s %16s %7s%n", "", "server CPU us", "signatures us", "ratio");
        System.out.printf(
                Locale.ROOT,
                "%-22s %14.0f %16.0f %6.1fx%n",
                "one credential",
                single,
                singleFloor,
                single / singleFloor);
        System.out.printf(
                Locale.ROOT,
                "%-22s %14.0f %16.0f %6.1fx%n",
                "of a batch of ten",
                batched,
                batchedFloor,
                batched / batchedFloor);
        System.out.printf(
                Locale.ROOT,
                "{\"cpu_us_per_credential\":%.1f,\"signatures_us\":%.1f,\"batch_cpu_us_per_credential\":%.1f,\"batch_signatures_us\":%.1f}%n",
                single,
                singleFloor,
                batched,
                batchedFloor);
    }

    private static long cpu(PrintStream commands, BufferedReader answers) throws IOException {
        commands.println("cpu");
        return Long.parseLong(answer(answers, "cpu")[1]);
    }

    static String[] answer(BufferedReader answers, String word) throws IOException {
        for (var line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(word + " ")) {
                return line.split(" ");
            }
            System.out.println("server: " + line);
        }
        throw new IOException("the server ended before it said " + word);
    }

    static Process start(Path data, String... settings) throws IOException {
        return start(List.of(), data, settings);
    }

    /// @param options of the JVM
    static Process start(List<String> options, Path data, String... settings) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseParallelGC"));
        command.addAll(options);
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), ServerUnderLoad.class.getName(), data.toString()));
        command.addAll(List.of(settings));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
