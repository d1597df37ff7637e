package dev.intaglio.cli;

import dev.intaglio.cli.text.Times;
import dev.intaglio.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `intaglio status operations`: what was done to statuses on a running server.
@Command(
        name = "operations",
        description = "List what was done to the status of credentials, by whom and why, the latest first.",
        sortOptions = false)
final class StatusOperationsCommand extends Subcommand {
    @Mixin
    private ServerOptions server = new ServerOptions();

    StatusOperationsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    boolean run() {
        var operations = server.client(terminal()).statusOperations();
        for (var operation : operations) {
            say(operation.string("operation") + "   " + operation.string("requested_at") + "   "
                    + operation.string("verb") + "   " + operation.string("phase") + ": "
                    + operation.integer("changed") + " of "
                    + Times.plural(operation.integer("matched"), "credential") + "\n   by "
                    + operation.string("actor")
                    + operation
                            .optionalString("reason")
                            .filter(reason -> !reason.isEmpty())
                            .map(reason -> ": " + reason)
                            .orElse(""));
        }
        say(Times.plural(operations.size(), "operation") + ".");
        result(JsonObject.builder().put("operations", operations).build());
        return true;
    }
}
