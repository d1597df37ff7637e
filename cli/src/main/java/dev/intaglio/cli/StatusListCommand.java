package dev.intaglio.cli;

import dev.intaglio.cli.text.Times;
import dev.intaglio.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `intaglio status list`: credentials that a running server issued, with their status.
@Command(name = "list", description = "List credentials with their status.", sortOptions = false)
final class StatusListCommand extends Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Mixin
    private ServerOptions server = new ServerOptions();

    StatusListCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    boolean run() {
        var credentials = server.client(terminal()).credentials(selection.selected(spec));
        for (var credential : credentials) {
            say(credential.string("credential") + "   " + credential.string("status") + "   "
                    + credential.string("configuration") + "   " + credential.string("issued_at"));
        }
        say(Times.plural(credentials.size(), "credential") + ".");
        result(JsonObject.builder().put("credentials", credentials).build());
        return true;
    }
}
