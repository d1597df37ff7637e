package dev.intaglio.cli;

import dev.intaglio.protocol.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/// What all commands have in common: help, and output either for reading or for machines.
abstract class Subcommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    @SuppressWarnings("unused") // picocli looks at it
    private boolean help;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    private final Terminal terminal;

    Subcommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Does it.
    ///
    /// @return whether it went well
    /// @throws CommandFailure if it did not, and there is something to try
    abstract boolean run();

    @Override
    public final Integer call() {
        return run() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    final Terminal terminal() {
        return terminal;
    }

    final boolean json() {
        return json;
    }

    /// Prints for reading; nothing if machines are listening.
    final void say(String lines) {
        if (!json) {
            terminal.say(lines);
        }
    }

    /// Prints for machines; nothing if people are reading. On one line.
    final void result(JsonObject result) {
        if (json) {
            terminal.out().println(result.text());
            terminal.out().flush();
        }
    }
}
