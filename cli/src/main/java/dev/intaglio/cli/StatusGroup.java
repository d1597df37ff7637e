package dev.intaglio.cli;

import picocli.CommandLine.Command;

/// What can be seen of the status of credentials. Does nothing itself.
@Command(
        name = "status",
        description = "See credentials with their status, and what was done to it.",
        synopsisSubcommandLabel = "COMMAND")
final class StatusGroup extends CommandGroup {
    StatusGroup(Terminal terminal) {
        super(terminal);
    }
}
