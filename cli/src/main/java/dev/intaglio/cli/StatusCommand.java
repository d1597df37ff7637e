package dev.intaglio.cli;

import dev.intaglio.cli.text.Times;
import dev.intaglio.protocol.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `intaglio revoke`, `suspend`, `reinstate`, `expire`: has a running server change the status of credentials it issued.
abstract sealed class StatusCommand extends Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept by the server, not published.")
    private @Nullable String reason;

    @Option(names = "--actor", paramLabel = "NAME", description = "Who wants it (the user running this).")
    private @Nullable String actor;

    @Option(
            names = "--undo-window",
            paramLabel = "DURATION",
            description = "Take effect only after so long, such as PT1H; until then --undo takes it back.")
    private @Nullable Duration undoWindow;

    @Option(names = "--undo", paramLabel = "OPERATION", description = "Take back an operation that waits.")
    private @Nullable String undo;

    @Option(names = "--dry-run", description = "Only count.")
    private boolean dryRun;

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final String verb;
    private final String done;

    StatusCommand(Terminal terminal, String verb, String done) {
        super(terminal);
        this.verb = verb;
        this.done = done;
    }

    @Command(name = "revoke", description = "Take credentials back, for good.", sortOptions = false)
    static final class Revoke extends StatusCommand {
        Revoke(Terminal terminal) {
            super(terminal, "revoke", "revoked");
        }
    }

    @Command(name = "suspend", description = "Declare credentials not good for now.", sortOptions = false)
    static final class Suspend extends StatusCommand {
        Suspend(Terminal terminal) {
            super(terminal, "suspend", "suspended");
        }
    }

    @Command(
            name = "reinstate",
            description = "Declare suspended credentials good again. Revoked ones stay revoked.",
            sortOptions = false)
    static final class Reinstate extends StatusCommand {
        Reinstate(Terminal terminal) {
            super(terminal, "reinstate", "reinstated");
        }
    }

    @Command(
            name = "expire",
            description = "End credentials before their time, for good and without blame.",
            sortOptions = false)
    static final class Expire extends StatusCommand {
        Expire(Terminal terminal) {
            super(terminal, "expire", "expired");
        }
    }

    @Override
    boolean run() {
        var admin = server.client(terminal());
        if (undo != null) {
            admin.undo(undo);
            say("Undone: nothing of " + undo + " takes effect.");
            result(JsonObject.builder().put("undone", undo).build());
            return true;
        }
        var answer = admin.changeStatus(verb, order());
        var changed = answer.integer("changed");
        var of = " of " + Times.plural(answer.integer("matched"), "credential");
        if (dryRun) {
            say("Would be " + done + ": " + changed + of + ". Nothing was changed.");
        } else if (answer.string("phase").equals("staged")) {
            say("Will be " + done + ": " + changed + of + ", at " + answer.string("due_at") + ".\n   Until then:  "
                    + terminal().command() + " " + verb + " --undo " + answer.string("operation"));
        } else {
            say("Now " + done + ": " + changed + of + ".");
        }
        result(answer);
        return true;
    }

    private JsonObject order() {
        var selected = selection.selected(spec);
        return JsonObject.builder()
                .putAll(selected)
                .putIf("reason", Optional.ofNullable(reason))
                .put("actor", Optional.ofNullable(actor).orElseGet(() -> System.getProperty("user.name", "intaglio")))
                .putIf("undo_window", Optional.ofNullable(undoWindow).map(Duration::toString))
                .put("dry_run", dryRun)
                .build();
    }
}
