package dev.intaglio.cli;

import dev.intaglio.server.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A server on a free port of this machine with keys, database and token of its own, all in a directory that goes when it
/// goes, also at Ctrl-C.
final class ThrowAwayServer implements AutoCloseable {
    private final RunningServer server;
    private final Path directory;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread atExit = new Thread(this::stop, "intaglio throws away");

    private ThrowAwayServer(RunningServer server, Path directory) {
        this.server = server;
        this.directory = directory;
    }

    /// @param tls whether it speaks TLS, with a certificate of an authority that nobody else knows
    /// @param more settings, made when the directory is there
    static ThrowAwayServer start(String command, boolean tls, Function<Path, Map<String, Object>> more) {
        Path directory;
        try {
            directory = Files.createTempDirectory(
                    "intaglio-demo-" + ProcessHandle.current().pid() + "-");
        } catch (IOException unwritable) {
            throw new CommandFailure(
                    "cannot make a temporary directory: " + unwritable,
                    "Set TMPDIR to a directory you may write to.",
                    unwritable);
        }
        try {
            var properties = new HashMap<>(properties(directory, tls));
            properties.putAll(more.apply(directory));
            var server = new ThrowAwayServer(Start.server(properties, command), directory);
            Runtime.getRuntime().addShutdownHook(server.atExit);
            return server;
        } catch (CommandFailure failed) {
            delete(directory);
            throw failed;
        }
    }

    private static Map<String, Object> properties(Path directory, boolean tls) {
        return Map.of(
                "server.port",
                0,
                "server.shutdown",
                "immediate",
                "intaglio.data-directory",
                directory,
                "intaglio.tls.development",
                tls,
                "intaglio.explain-errors",
                true,
                // The story is told by the command.
                "logging.level.root",
                "error",
                "logging.level.dev.intaglio",
                "error");
    }

    URI address() {
        return server.address();
    }

    String adminToken() {
        return server.adminToken();
    }

    Path directory() {
        return directory;
    }

    /// The certificate of the authority that vouches for this issuer.
    Path trustAnchor() {
        return directory.resolve("trust-anchor.pem");
    }

    /// The certificate of the authority that vouches for its https address; not there without TLS.
    Path tlsAuthority() {
        return directory.resolve(TlsServer.AUTHORITY);
    }

    @Override
    public void close() {
        if (stop()) {
            Runtime.getRuntime().removeShutdownHook(atExit);
        }
    }

    private boolean stop() {
        if (!closed.compareAndSet(false, true)) {
            return false;
        }
        server.close();
        delete(directory);
        return true;
    }

    private static void delete(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failed)
                        throws IOException {
                    Files.delete(emptied);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException kept) {
            throw new UncheckedIOException("cannot delete " + directory, kept);
        }
    }
}
