package dev.intaglio.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `intaglio source`: what concerns the sources of claims.
@Command(
        name = "source",
        description = "Look at where a server's claims come from.",
        synopsisSubcommandLabel = "COMMAND")
final class SourceCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    @SuppressWarnings("unused") // picocli looks at it
    private boolean help;

    private SourceCommand() {}

    static CommandLine of(Terminal terminal) {
        return new CommandLine(new SourceCommand()).addSubcommand("try", new SourceTryCommand(terminal));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "source needs a command: try");
    }
}
