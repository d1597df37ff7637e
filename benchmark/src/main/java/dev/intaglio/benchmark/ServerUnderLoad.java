package dev.intaglio.benchmark;

import dev.intaglio.server.IntaglioServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The server in a process of its own, so that the load client's work is not counted as the server's. Answers commands on
/// its standard input: `cpu` says how many nanoseconds of CPU time the process has used, `heap` how many bytes are in use,
/// `threads` how many there are, `raw` measures the signatures alone,
/// anything else ends it.
final class ServerUnderLoad {
    private ServerUnderLoad() {}

    public static void main(String[] arguments) throws IOException {
        var data = Path.of(arguments[0]);
        var settings = new HashMap<>(Map.of(
                "server.port",
                "0",
                "intaglio.data-directory",
                data.toString(),
                "logging.level.root",
                "warn",
                "logging.level.dev.intaglio",
                "error"));
        for (var more = 1; more < arguments.length; more++) {
            var setting = arguments[more].substring("--".length()).split("=", 2);
            settings.put(setting[0], setting[1]);
        }
        try (var server = IntaglioServer.start(settings)) {
            System.out.println("ready " + server.address() + " " + server.adminToken());
            var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (var command = commands.readLine(); command != null; command = commands.readLine()) {
                switch (command) {
                    case "cpu" -> System.out.println("cpu " + cpuTime());
                    case "heap" -> System.out.println("heap " + heap());
                    case "threads" ->
                        System.out.println(
                                "threads " + ManagementFactory.getThreadMXBean().getThreadCount());
                    case "raw" -> System.out.println("raw " + RawSignatures.measure());
                    default -> {
                        return;
                    }
                }
            }
        }
    }

    /// What is left when garbage was collected.
    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long cpuTime() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
