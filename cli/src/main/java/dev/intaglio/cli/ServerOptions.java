package dev.intaglio.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which running server a command is about, and what opens its admin interface.
final class ServerOptions {
    static final String SERVER = "http://127.0.0.1:8080";

    private static final String TOKEN = "INTAGLIO_ADMIN_TOKEN";

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = SERVER,
            description = "Where the server is (${DEFAULT-VALUE}).")
    private URI server = URI.create(SERVER);

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The server's data directory, for its admin token (intaglio-data).")
    private @Nullable String data;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "The admin token itself; " + TOKEN + " in the environment does, too.")
    private @Nullable String token;

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            description = "PEM file of a further authority for the server's https address; may be repeated.")
    private List<String> tlsAuthorities = List.of();

    AdminClient client(Terminal terminal) {
        return new AdminClient(Trust.transport(terminal, tlsAuthorities), server, token(terminal), terminal.command());
    }

    URI server() {
        return server;
    }

    Optional<String> data() {
        return Optional.ofNullable(data);
    }

    List<String> tlsAuthorities() {
        return tlsAuthorities;
    }

    private String token(Terminal terminal) {
        if (token != null) {
            return token;
        }
        var given = terminal.environment().get(TOKEN);
        if (given != null && data == null) {
            return given;
        }
        var file = terminal.path(data().orElse(ServeCommand.DATA)).resolve("admin-token");
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            var reason = unreadable instanceof NoSuchFileException
                    ? "there is no admin token in "
                    : "cannot read the admin token in ";
            throw new CommandFailure(
                    reason + file,
                    "Say where the server keeps its data:  --data DIR   or give the token:  --token TOKEN",
                    unreadable);
        }
    }
}
