package dev.intaglio.benchmark;

import dev.intaglio.server.IntaglioServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// The server in a process of its own, so that the load client's work is not counted as the server's. Answers commands on
/// its standard input: `cpu` says how many nanoseconds of CPU time the process has used, `raw` measures the signatures alone,
/// anything else ends it.
final class ServerUnderLoad {
    private ServerUnderLoad() {}

    public static void main(String[] arguments) throws IOException {
        var data = Path.of(arguments[0]);
        try (var server = IntaglioServer.start(Map.of(
                "server.port",
                "0",
                "intaglio.data-directory",
                data.toString(),
                "logging.level.root",
                "warn",
                "logging.level.dev.intaglio",
                "error"))) {
            System.out.println("ready " + server.address() + " " + server.adminToken());
            var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (var command = commands.readLine(); command != null; command = commands.readLine()) {
                switch (command) {
                    case "cpu" -> System.out.println("cpu " + cpuTime());
                    case "raw" -> System.out.println("raw " + RawSignatures.measure());
                    default -> {
                        return;
                    }
                }
            }
        }
    }

    private static long cpuTime() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
