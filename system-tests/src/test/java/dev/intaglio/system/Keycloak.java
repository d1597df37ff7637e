package dev.intaglio.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipInputStream;

/// A Keycloak of its own distribution, with realms of ours, in memory. What is unpacked and built is kept below `target`.
final class Keycloak implements AutoCloseable {
    private static final String ARCHIVE = "keycloak.zip";
    private static final Path UNPACKED = Path.of("target", "keycloak").toAbsolutePath();
    private static final String READY = "Listening on:";
    private static final List<String> REALMS = List.of("citizens-realm.json", "membership-realm.json");

    /// The same for everyone: with others, it would be built again.
    private static final String FEATURES = "oid4vc-vci,oid4vc-vci-preauth-code,oid4vc-vci-rest-credential-offer";
    private static final int REMEMBERED_LINES = 60;

    private final Process process;
    private final int port;

    private Keycloak(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts it with the realms of `keycloak`: `citizens` log in there, and `membership` issues credentials.
    ///
    /// @return when it answers requests
    static Keycloak start() throws IOException {
        var home = home();
        var imported = Files.createDirectories(home.resolve("data").resolve("import"));
        for (var realm : REALMS) {
            try (var resource = Keycloak.class.getResourceAsStream("/keycloak/" + realm)) {
                Files.write(imported.resolve(realm), resource.readAllBytes());
            }
        }
        var port = freePort();
        var builder = new ProcessBuilder(
                "sh",
                home.resolve("bin").resolve("kc.sh").toString(),
                "start-dev",
                "--import-realm",
                "--db=dev-mem",
                "--cache=local",
                "--features=" + FEATURES,
                "--http-host=127.0.0.1",
                "--http-port=" + port);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // It lives for a minute: the second compiler would not pay.
        builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
        var process = builder.redirectErrorStream(true).start();
        var keycloak = new Keycloak(process, port);
        try {
            keycloak.awaitReady();
        } catch (IOException | RuntimeException | Error failed) {
            keycloak.close();
            throw failed;
        }
        return keycloak;
    }

    URI issuer() {
        return realm("citizens");
    }

    URI realm(String name) {
        return URI.create("http://127.0.0.1:" + port + "/realms/" + name);
    }

    private void awaitReady() throws IOException {
        var lines = new ArrayDeque<String>();
        var output = process.inputReader(StandardCharsets.UTF_8);
        var line = output.readLine();
        while (line != null && !line.contains(READY)) {
            lines.add(line);
            if (lines.size() > REMEMBERED_LINES) {
                lines.remove();
            }
            line = output.readLine();
        }
        if (line == null) {
            throw new AssertionError("Keycloak ended before it was ready:\n" + String.join("\n", lines));
        }
        // What it says later is not of interest, but must go somewhere.
        Thread.ofVirtual().start(() -> drain(output));
    }

    private static void drain(BufferedReader output) {
        try {
            output.transferTo(Writer.nullWriter());
        } catch (IOException ended) {
            // It was stopped.
        }
    }

    private static Path home() throws IOException {
        var archive = Optional.ofNullable(System.getProperty(ARCHIVE))
                .map(Path::of)
                .filter(Files::isRegularFile)
                .orElseThrow(
                        () -> new AssertionError("there is no Keycloak distribution; run with -Pfull, or ./verify"));
        var name = archive.getFileName().toString().replace("quarkus-dist-", "").replace(".zip", "");
        var home = UNPACKED.resolve(name);
        var complete = UNPACKED.resolve(name + ".complete");
        if (!Files.exists(complete)) {
            unpack(archive, UNPACKED);
            Files.createFile(complete);
        }
        return home;
    }

    private static void unpack(Path archive, Path directory) throws IOException {
        try (var zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var target = directory.resolve(entry.getName()).normalize();
                if (!target.startsWith(directory)) {
                    throw new IOException("an entry of " + archive + " leads elsewhere: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.write(target, zip.readAllBytes());
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        var all = List.copyOf(process.descendants().toList());
        process.destroy();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
