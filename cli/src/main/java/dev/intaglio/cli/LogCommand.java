package dev.intaglio.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `intaglio log`: what auditors do with the issuance log.
@Command(
        name = "log",
        description = "Export the issuance log, verify it, prove that a credential is in it.",
        synopsisSubcommandLabel = "COMMAND")
final class LogCommand extends CommandGroup {
    private LogCommand(Terminal terminal) {
        super(terminal);
    }

    static CommandLine of(Terminal terminal) {
        return new CommandLine(new LogCommand(terminal))
                .addSubcommand("export", new LogExportCommand(terminal))
                .addSubcommand("verify", new LogVerifyCommand(terminal))
                .addSubcommand("prove", new LogProveCommand(terminal))
                .addSubcommand("check", new LogCheckCommand(terminal));
    }
}
