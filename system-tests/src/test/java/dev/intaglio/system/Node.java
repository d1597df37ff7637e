package dev.intaglio.system;

import dev.intaglio.server.IntaglioServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// One of several servers that are one issuer.
interface Node extends AutoCloseable {
    /// Where it listens.
    URI address();

    @Override
    void close();

    /// What it takes to be the same issuer at another port.
    static Map<String, Object> settings(int port, Map<String, Object> shared) {
        var settings = new HashMap<>(shared);
        settings.put("server.port", port);
        settings.put("server.address", "127.0.0.1");
        return settings;
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    /// A server in this process.
    static Node here(int port, Map<String, Object> shared) {
        var server = IntaglioServer.start(settings(port, shared));
        return new Node() {
            @Override
            public URI address() {
                return server.address();
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }

    /// A server that is a process of its own, killed without being asked when it is closed.
    record Separate(Process process, URI address) implements Node {
        private static final List<String> JAVA = List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                IntaglioServer.class.getName());

        /// @return when it says that it is ready
        static Separate start(int port, Map<String, Object> shared) throws IOException {
            var command = new ArrayList<>(JAVA);
            settings(port, shared).forEach((name, value) -> command.add("--" + name + "=" + value));
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var output = process.inputReader(StandardCharsets.UTF_8);
            var said = new StringBuilder();
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                said.append(line).append('\n');
                if (line.contains("Intaglio is ready at")) {
                    Thread.ofVirtual().start(() -> drain(output));
                    return new Separate(process, URI.create("http://127.0.0.1:" + port));
                }
            }
            throw new AssertionError("the server did not start:\n" + said);
        }

        /// Reads on, so that it can write on.
        private static void drain(BufferedReader output) {
            try {
                for (var line = output.readLine(); line != null; line = output.readLine()) {
                    if (line.contains(" ERROR ")) {
                        System.err.println(line);
                    }
                }
            } catch (IOException gone) {
                // With the process.
            }
        }

        /// As `kill -9` does.
        void kill() {
            process.destroyForcibly();
            try {
                if (!process.waitFor(60, TimeUnit.SECONDS)) {
                    throw new AssertionError("the process does not die");
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            kill();
        }
    }
}
