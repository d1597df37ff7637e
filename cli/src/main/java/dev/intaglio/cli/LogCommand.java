package dev.intaglio.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `intaglio log`: what auditors do with the issuance log.
@Command(
        name = "log",
        description = "Export the issuance log, verify it, prove that a credential is in it.",
        synopsisSubcommandLabel = "COMMAND")
final class LogCommand implements Runnable {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    @SuppressWarnings("unused") // picocli looks at it
    private boolean help;

    private final Terminal terminal;

    private LogCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    static CommandLine of(Terminal terminal) {
        return new CommandLine(new LogCommand(terminal))
                .addSubcommand("export", new LogExportCommand(terminal))
                .addSubcommand("verify", new LogVerifyCommand(terminal))
                .addSubcommand("prove", new LogProveCommand(terminal))
                .addSubcommand("check", new LogCheckCommand(terminal));
    }

    @Override
    public void run() {
        terminal.say(of(terminal).getUsageMessage(CommandLine.Help.Ansi.OFF));
    }
}
