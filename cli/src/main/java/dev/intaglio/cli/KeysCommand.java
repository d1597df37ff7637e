package dev.intaglio.cli;

import dev.intaglio.cli.text.Times;
import dev.intaglio.cli.text.Tree;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `intaglio keys`: what an operator does with a server's signing keys.
@Command(
        name = "keys",
        description = "List a server's signing keys, see what will outlive what, and let one key follow another.",
        synopsisSubcommandLabel = "COMMAND")
final class KeysCommand extends CommandGroup {
    private KeysCommand(Terminal terminal) {
        super(terminal);
    }

    static CommandLine of(Terminal terminal) {
        return new CommandLine(new KeysCommand(terminal))
                .addSubcommand("list", new ListCommand(terminal))
                .addSubcommand("forecast", new ForecastCommand(terminal))
                .addSubcommand("stage", new StageCommand(terminal))
                .addSubcommand("activate", named(new ActivateCommand(terminal)))
                .addSubcommand("rollback", new RollbackCommand(terminal))
                .addSubcommand("retire", named(new RetireCommand(terminal)));
    }

    /// For commands that name a key: its thumbprint may begin with a dash, and is no option for that.
    private static CommandLine named(KeyCommand command) {
        return new CommandLine(command).setUnmatchedOptionsArePositionalParams(true);
    }

    /// What they have in common.
    private abstract static class KeyCommand extends Subcommand {
        @Mixin
        final ServerOptions server = new ServerOptions();

        KeyCommand(Terminal terminal) {
            super(terminal);
        }

        final List<JsonObject> keys(AdminClient admin) {
            return admin.send(Request.get(admin.address("/admin/v1/keys"))).objects("keys");
        }

        final String at(String time) {
            return Times.at(Instant.parse(time), terminal().clock().instant());
        }
    }

    @Command(name = "list", description = "Which keys there are, and which of them signs.", sortOptions = false)
    private static final class ListCommand extends KeyCommand {
        ListCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        boolean run() {
            var keys = keys(server.client(terminal()));
            keys.stream()
                    .map(key -> key.string("use"))
                    .distinct()
                    .forEach(use -> say(new Tree(
                                    use,
                                    "",
                                    keys.stream()
                                            .filter(key -> key.string("use").equals(use))
                                            .map(key -> Tree.of(
                                                    key.string("key"),
                                                    key.string("state") + ", " + key.string("algorithm")
                                                            + key.optionalString("since")
                                                                    .map(since -> ", since " + since)
                                                                    .orElse("")))
                                            .toList())
                            .render()
                            .stripTrailing()));
            result(JsonObject.builder().put("keys", keys).build());
            return true;
        }
    }

    @Command(
            name = "forecast",
            description = "When certificates and credentials end, and what will outlive what.",
            sortOptions = false)
    private static final class ForecastCommand extends KeyCommand {
        ForecastCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        boolean run() {
            var keys = keys(server.client(terminal()));
            for (var key : keys) {
                var parts = new ArrayList<Tree>();
                for (var certificate : key.objects("certificates")) {
                    parts.add(Tree.of("certificate of", certificate.string("subject")));
                    parts.add(Tree.of("ends", at(certificate.string("until"))));
                }
                key.optionalObject("credentials")
                        .ifPresent(signed -> parts.add(Tree.of(
                                "valid credentials",
                                signed.integer("valid") + ", the last until " + at(signed.string("until")))));
                key.strings("warnings").forEach(warning -> parts.add(Tree.of("look", warning)));
                say(new Tree(key.string("use") + " " + key.string("key"), key.string("state"), parts)
                        .render()
                        .stripTrailing());
            }
            result(JsonObject.builder().put("keys", keys).build());
            return true;
        }
    }

    /// A step of a rotation.
    private abstract static class StepCommand extends KeyCommand {
        @Option(
                names = "--use",
                paramLabel = "USE",
                defaultValue = "credential",
                description = "What the key signs: credential, document-signer, access-token, metadata, status-list,"
                        + " issuance-log (${DEFAULT-VALUE}).")
        private String use = "";

        private final String step;

        StepCommand(Terminal terminal, String step) {
            super(terminal);
            this.step = step;
        }

        final boolean take(Optional<String> key, boolean force) {
            var admin = server.client(terminal());
            var order = JsonObject.builder().putIf("key", key);
            if (force) {
                order.put("force", true);
            }
            var done = admin.send(Request.post(admin.address("/admin/v1/keys/" + use + "/" + step), order.build()));
            say("The key " + done.string("key") + " for " + use + " is " + done.string("state") + ".");
            result(done);
            return true;
        }
    }

    @Command(
            name = "stage",
            description =
                    "Publish a key that will sign later. It lies in the server's key files, or is made where the server"
                            + " makes its keys itself.",
            sortOptions = false)
    private static final class StageCommand extends StepCommand {
        @Parameters(paramLabel = "KEY", arity = "0..1", description = "Its kid; none to have one made.")
        private @Nullable String key;

        StageCommand(Terminal terminal) {
            super(terminal, "stage");
        }

        @Override
        boolean run() {
            return take(Optional.ofNullable(key), false);
        }
    }

    @Command(name = "activate", description = "Let a staged key sign; the one before retires.", sortOptions = false)
    private static final class ActivateCommand extends StepCommand {
        @Parameters(paramLabel = "KEY", description = "Its kid.")
        private String key = "";

        @Option(names = "--force", description = "Even if it was published only a moment ago.")
        private boolean force;

        ActivateCommand(Terminal terminal) {
            super(terminal, "activate");
        }

        @Override
        boolean run() {
            return take(Optional.of(key), force);
        }
    }

    @Command(name = "rollback", description = "Let the key sign again that did before.", sortOptions = false)
    private static final class RollbackCommand extends StepCommand {
        RollbackCommand(Terminal terminal) {
            super(terminal, "rollback");
        }

        @Override
        boolean run() {
            return take(Optional.empty(), false);
        }
    }

    @Command(name = "retire", description = "Publish a key no more that is staged or retired.", sortOptions = false)
    private static final class RetireCommand extends StepCommand {
        @Parameters(paramLabel = "KEY", description = "Its kid.")
        private String key = "";

        @Option(names = "--force", description = "Even if credentials it signed are valid.")
        private boolean force;

        RetireCommand(Terminal terminal) {
            super(terminal, "retire");
        }

        @Override
        boolean run() {
            return take(Optional.of(key), force);
        }
    }
}
