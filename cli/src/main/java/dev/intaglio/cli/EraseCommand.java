package dev.intaglio.cli;

import dev.intaglio.cli.text.Tree;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `intaglio erase`: has a server forget somebody.
@Command(
        name = "erase",
        description = {
            "Have a server forget a subject.",
            "What was issued stays, so that it can be revoked, without saying to whom. This cannot be undone."
        },
        sortOptions = false)
final class EraseCommand extends Subcommand {
    @Option(
            names = "--subject",
            paramLabel = "ID",
            required = true,
            description = "As the server's data source knows it.")
    private String subject = "";

    @Option(names = "--dry-run", description = "Only say how much there is.")
    private boolean dryRun;

    @Mixin
    private ServerOptions server = new ServerOptions();

    EraseCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    boolean run() {
        var admin = server.client(terminal());
        var done = admin.send(Request.post(
                admin.address("/admin/v1/erasures"),
                JsonObject.builder()
                        .put("subject", subject)
                        .put("dry_run", dryRun)
                        .build()));
        var rows = done.object("rows");
        say(new Tree(
                        dryRun ? "Would be forgotten" : "Forgotten",
                        "",
                        rows.members().keySet().stream()
                                .map(table ->
                                        Tree.of(table.replaceFirst("intaglio_", ""), rows.integer(table) + " rows"))
                                .toList())
                .render()
                .stripTrailing());
        result(done);
        return true;
    }
}
