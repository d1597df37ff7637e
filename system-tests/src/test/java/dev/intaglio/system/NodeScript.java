package dev.intaglio.system;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs the scripts of `system-tests/node`: wallets, issuers and verifiers that are not ours. Each prints one JSON line, or
/// fails with one line that says why.
final class NodeScript {
    static final Path DIRECTORY = Path.of("node").toAbsolutePath();

    private NodeScript() {}

    /// What a script printed, or its complaint.
    record Result(int exitCode, String output, String errors) {
        JsonObject json() {
            if (exitCode != 0) {
                throw new AssertionError("the script failed: " + errors);
            }
            var lines = output.strip().split("\n");
            return Json.readObject(lines[lines.length - 1].getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT);
        }
    }

    static Result run(String script, String input, String... arguments) {
        return run(Map.of(), script, input, arguments);
    }

    /// @param environment besides our own
    static Result run(Map<String, String> environment, String script, String input, String... arguments) {
        try {
            var process = start(environment, script, arguments);
            var errors = new StringBuilder();
            var reader = Thread.ofVirtual()
                    .start(() -> process.errorReader(StandardCharsets.UTF_8)
                            .lines()
                            .forEach(line -> errors.append(line).append('\n')));
            try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
                stdin.write(input);
            }
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(script + " did not end within a minute");
            }
            reader.join();
            return new Result(process.exitValue(), output, errors.toString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    static Process start(String script, String... arguments) throws IOException {
        return start(Map.of(), script, arguments);
    }

    private static Process start(Map<String, String> environment, String script, String... arguments)
            throws IOException {
        if (!Files.isDirectory(DIRECTORY.resolve("node_modules"))) {
            throw new AssertionError(
                    "the packages are not there; ./verify brings them, or: cd system-tests/node && npm ci --ignore-scripts");
        }
        var command = new ArrayList<>(List.of("node", DIRECTORY.resolve(script).toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(DIRECTORY.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }
}
