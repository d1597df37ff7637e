package dev.intaglio.cli;

import picocli.CommandLine.Command;

/// What can be done with the file of a credential type. Does nothing itself.
@Command(
        name = "type",
        description = "Check the file of a credential type, or see what its credentials will look like.",
        synopsisSubcommandLabel = "COMMAND")
final class TypeCommand extends CommandGroup {
    TypeCommand(Terminal terminal) {
        super(terminal);
    }
}
