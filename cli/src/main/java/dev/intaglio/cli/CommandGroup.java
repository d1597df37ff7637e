package dev.intaglio.cli;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// A word that commands follow, as `keys` in `intaglio keys list`. Alone it says which there are.
abstract class CommandGroup implements Runnable {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    @SuppressWarnings("unused") // picocli looks at it
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private final Terminal terminal;

    CommandGroup(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public final void run() {
        spec.commandLine().usage(terminal.out(), Ansi.OFF);
    }
}
