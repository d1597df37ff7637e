package dev.intaglio.cli;

import dev.intaglio.protocol.json.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Begins here: hands the arguments to the subcommand they name. Exit codes are 0 for done, 1 for refused or failed and 2
/// for a command line that cannot be understood.
@Command(
        name = "intaglio",
        description = "Issues verifiable credentials over OpenID4VCI, and receives them.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Begin with the demo."})
public final class Main implements Runnable {
    private static final String TRACE = "INTAGLIO_TRACE";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    @SuppressWarnings("unused") // picocli looks at it
    private boolean help;

    private final CommandLine commandLine;
    private final Terminal terminal;

    private Main(Terminal terminal) {
        this.terminal = terminal;
        commandLine = new CommandLine(this)
                .addSubcommand("demo", new DemoCommand(terminal))
                .addSubcommand("serve", new ServeCommand(terminal))
                .addSubcommand("offer", new OfferCommand(terminal))
                .addSubcommand("dialects", new DialectsCommand(terminal))
                .addSubcommand("receive", new ReceiveCommand(terminal))
                .addSubcommand("trace", new TraceCommand(terminal))
                .addSubcommand("source", SourceCommand.of(terminal))
                .addSubcommand("inspect", new InspectCommand(terminal))
                .addSubcommand("changed", new ChangedCommand(terminal))
                .addSubcommand("erase", new EraseCommand(terminal))
                .addSubcommand("keys", KeysCommand.of(terminal))
                .addSubcommand("log", LogCommand.of(terminal))
                .addSubcommand(
                        "type",
                        new CommandLine(new TypeCommand(terminal))
                                .addSubcommand("check", new TypeCheckCommand(terminal))
                                .addSubcommand("preview", new TypePreviewCommand(terminal)))
                .addSubcommand("revoke", new StatusCommand.Revoke(terminal))
                .addSubcommand("suspend", new StatusCommand.Suspend(terminal))
                .addSubcommand("reinstate", new StatusCommand.Reinstate(terminal))
                .addSubcommand("expire", new StatusCommand.Expire(terminal))
                .addSubcommand(
                        "status",
                        new CommandLine(new StatusGroup(terminal))
                                .addSubcommand("list", new StatusListCommand(terminal))
                                .addSubcommand("operations", new StatusOperationsCommand(terminal)))
                .addSubcommand("tenant", commands(new TenantCommand(terminal), TenantCommand.subcommands(terminal)))
                .addSubcommand("config", commands(new ConfigCommand(terminal), ConfigCommand.subcommands(terminal)))
                .addSubcommand("version", new VersionCommand(terminal))
                .addSubcommand("help", new HelpCommand())
                .setOut(new PrintWriter(terminal.out(), true, terminal.out().charset()))
                .setErr(new PrintWriter(terminal.err(), true, terminal.err().charset()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setExpandAtFiles(false)
                .setCommandName(terminal.command())
                .setUsageHelpAutoWidth(true)
                .setUsageHelpLongOptionsMaxWidth(28)
                .setParameterExceptionHandler((misunderstood, arguments) -> misunderstood(misunderstood))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
    }

    private static CommandLine commands(CommandGroup group, List<Subcommand> each) {
        var commands = new CommandLine(group);
        each.forEach(commands::addSubcommand);
        return commands;
    }

    public static void main(String[] arguments) {
        var code = run(Terminal.system(), arguments);
        System.out.flush();
        System.exit(code);
    }

    /// Runs a command to its end.
    ///
    /// @return the exit code
    static int run(Terminal terminal, String... arguments) {
        return new Main(terminal).commandLine.execute(arguments);
    }

    /// Without a subcommand.
    @Override
    public void run() {
        commandLine.usage(terminal.out(), Ansi.OFF);
    }

    private int misunderstood(ParameterException misunderstood) {
        var command = misunderstood.getCommandLine();
        terminal.note("intaglio: " + message(misunderstood));
        var similar = misunderstood instanceof UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions()
                : List.<String>of();
        if (!similar.isEmpty()) {
            terminal.note("  Did you mean "
                    + String.join(" or ", similar.stream().limit(3).toList()) + "?");
        }
        terminal.note("  Try:  " + command.getCommandSpec().qualifiedName() + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private String message(ParameterException misunderstood) {
        return misunderstood instanceof UnmatchedArgumentException unmatched
                        && misunderstood.getCommandLine().getParent() == null
                ? "there is no command " + unmatched.getUnmatched().getFirst()
                : String.valueOf(misunderstood.getMessage()).replaceFirst("^Error: ", "");
    }

    private int failed(Exception failure, CommandLine command) {
        var next = failure instanceof CommandFailure named
                ? named.next()
                : "This is a fault in intaglio. For the whole story:  " + TRACE + "=1 intaglio …";
        var message = failure instanceof CommandFailure ? String.valueOf(failure.getMessage()) : story(failure);
        if (command.getCommand() instanceof Subcommand subcommand) {
            subcommand.result(
                    JsonObject.builder().put("error", message).put("next", next).build());
        }
        terminal.note("intaglio: " + message);
        terminal.note("  " + next.replace("\n", "\n  "));
        if (Optional.ofNullable(terminal.environment().get(TRACE)).isPresent()) {
            failure.printStackTrace(terminal.err());
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    private static String story(Throwable failure) {
        var story = new StringBuilder(failure.toString());
        for (var cause = failure.getCause(); cause != null && story.length() < 2_000; cause = cause.getCause()) {
            story.append(", because ").append(cause);
        }
        return story.toString();
    }
}
