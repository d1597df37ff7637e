package dev.intaglio.cli;

import dev.intaglio.server.IntaglioServer;
import dev.intaglio.server.RunningServer;
import dev.intaglio.spring.SourceTrial;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.web.server.PortInUseException;

/// Starts servers, and says in a sentence why one does not start.
final class Start {
    private Start() {}

    /// @throws CommandFailure if it does not come up
    static RunningServer server(Map<String, ?> properties, String command) {
        try {
            return IntaglioServer.start(properties);
        } catch (RuntimeException failed) {
            throw explained(failed, command);
        }
    }

    /// @throws CommandFailure if the settings are of no use
    static SourceTrial sources(Map<String, ?> properties, String command) {
        try {
            return SourceTrial.open(properties);
        } catch (RuntimeException failed) {
            var said = ours(failed).orElse(failed);
            throw new CommandFailure(
                    "the sources cannot be set up: "
                            + (said.getMessage() == null ? said.toString() : said.getMessage()),
                    "For the settings:  " + command + " source try --help   For the whole story:  INTAGLIO_TRACE=1",
                    failed);
        }
    }

    /// What our own code throws at start is written for the operator; what lies beneath is not.
    private static Optional<Throwable> ours(Throwable failed) {
        return Stream.iterate(failed, cause -> cause != null, Throwable::getCause)
                .filter(cause -> cause.getStackTrace().length > 0
                        && cause.getStackTrace()[0].getClassName().startsWith("dev.intaglio."))
                .reduce((outer, inner) -> inner);
    }

    private static CommandFailure explained(RuntimeException failed, String command) {
        Throwable cause = failed;
        while (cause.getCause() != null && !(cause instanceof PortInUseException)) {
            cause = cause.getCause();
        }
        if (cause instanceof PortInUseException taken) {
            return new CommandFailure(
                    "port " + taken.getPort() + " is taken",
                    "Try:  " + command + " serve --port " + (taken.getPort() + 1),
                    failed);
        }
        var said = ours(failed).orElse(cause);
        var message = said.getMessage() == null ? said.toString() : said.getMessage();
        return new CommandFailure(
                "the server did not start: " + message,
                "For the settings:  " + command + " serve --help   For the whole story:  INTAGLIO_TRACE=1",
                failed);
    }
}
