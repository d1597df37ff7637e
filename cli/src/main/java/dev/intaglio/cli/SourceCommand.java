package dev.intaglio.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `intaglio source`: what concerns the sources of claims.
@Command(
        name = "source",
        description = "Look at where a server's claims come from.",
        synopsisSubcommandLabel = "COMMAND")
final class SourceCommand extends CommandGroup {
    private SourceCommand(Terminal terminal) {
        super(terminal);
    }

    static CommandLine of(Terminal terminal) {
        return new CommandLine(new SourceCommand(terminal)).addSubcommand("try", new SourceTryCommand(terminal));
    }
}
