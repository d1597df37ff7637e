package dev.intaglio.cli;

import dev.intaglio.cli.text.Times;
import dev.intaglio.cli.text.Tree;
import dev.intaglio.protocol.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `intaglio dialects`: which wallets speak what.
@Command(
        name = "dialects",
        description = "Say which dialects a running server understands, until when, and which wallets spoke them.",
        sortOptions = false)
final class DialectsCommand extends Subcommand {
    @Mixin
    private ServerOptions server = new ServerOptions();

    DialectsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    boolean run() {
        var answer = server.client(terminal()).dialects();
        show(answer);
        result(answer);
        return true;
    }

    private void show(JsonObject answer) {
        var understood = new ArrayList<Tree>();
        understood.add(Tree.of("setting", answer.string("accepted")));
        var identifiers = answer.object("identifiers");
        var until = answer.object("until");
        for (var dialect : identifiers.members().keySet()) {
            understood.add(Tree.of(
                    dialect,
                    identifiers.string(dialect)
                            + until.optionalString(dialect)
                                    .map(day -> ", until " + day)
                                    .orElse("")));
        }
        say(new Tree("Understood", "", understood).render());
        var uses = answer.objects("uses");
        if (uses.isEmpty()) {
            say("Nobody has been issued anything yet.");
            return;
        }
        say(new Tree(
                        "Spoken, the latest first",
                        "",
                        uses.stream().map(this::line).toList())
                .render());
    }

    private Tree line(JsonObject use) {
        var wallet = use.optionalString("client_id").orElse("anonymous")
                + use.optionalString("user_agent").map(agent -> ", " + agent).orElse("")
                + use.optionalString("attester")
                        .map(name -> ", attested by " + name)
                        .orElse("");
        var refused = use.integer("refusals");
        return Tree.of(
                use.string("dialect"),
                wallet + ": " + Times.plural((int) use.integer("issuances"), "issuance")
                        + Optional.of(refused)
                                .filter(count -> count > 0)
                                .map(count -> ", refused " + Times.plural(count.intValue(), "time"))
                                .orElse("")
                        + "; last "
                        + Times.at(
                                Instant.parse(use.string("last")),
                                terminal().clock().instant()));
    }
}
