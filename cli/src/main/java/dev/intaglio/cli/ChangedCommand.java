package dev.intaglio.cli;

import dev.intaglio.cli.text.Times;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `intaglio changed`: tells a server that claims about somebody are others now.
@Command(
        name = "changed",
        description = {
            "Tell a server that the claims about a subject have changed.",
            "Its credentials count as stale until the wallet came for new ones."
        },
        sortOptions = false)
final class ChangedCommand extends Subcommand {
    @Option(
            names = "--subject",
            paramLabel = "ID",
            required = true,
            description = "As the server's data source knows it.")
    private String subject = "";

    @Option(names = "--type", paramLabel = "ID", description = "Only credentials of this definition; may be repeated.")
    private List<String> types = List.of();

    @Option(
            names = "--then",
            paramLabel = "VERB",
            description = "What becomes of credentials issued before: revoke, suspend or expire.")
    private @Nullable String then;

    @Option(
            names = "--undo-window",
            paramLabel = "DURATION",
            description = "With --then: only after so long, such as P7D; wallets can come for new ones until then.")
    private @Nullable Duration undoWindow;

    @Option(names = "--reason", paramLabel = "TEXT", description = "With --then: why; kept by the server.")
    private @Nullable String reason;

    @Option(names = "--actor", paramLabel = "NAME", description = "With --then: who says so (the user running this).")
    private @Nullable String actor;

    @Mixin
    private ServerOptions server = new ServerOptions();

    ChangedCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    boolean run() {
        var admin = server.client(terminal());
        var order = JsonObject.builder()
                .put("subject", subject)
                .putUnlessEmpty("definitions", types)
                .putIf("then", Optional.ofNullable(then))
                .putIf("reason", Optional.ofNullable(reason))
                .putIf(
                        "actor",
                        Optional.ofNullable(actor).or(() -> Optional.ofNullable(System.getProperty("user.name"))))
                .putIf("undo_window", Optional.ofNullable(undoWindow).map(Duration::toString))
                .build();
        var answer = admin.send(Request.post(admin.address("/admin/v1/changes"), order));
        var stale = answer.objects("stale");
        say("Now stale: "
                + Times.plural(
                        stale.stream()
                                .mapToLong(one -> one.integer("credentials"))
                                .sum(),
                        "credential") + " of " + Times.plural(stale.size(), "issuance") + ".");
        answer.optionalObject("operation")
                .ifPresent(
                        operation -> say("To " + operation.string("verb") + ": " + operation.integer("changed") + " of "
                                + Times.plural(operation.integer("matched"), "credential")
                                + (operation.string("phase").equals("staged")
                                        ? ", at " + operation.string("due_at") + ".\n   Until then:  "
                                                + terminal().command() + " " + operation.string("verb") + " --undo "
                                                + operation.string("operation")
                                        : ", done.")));
        result(answer);
        return true;
    }
}
