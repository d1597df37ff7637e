package dev.intaglio.cli;

import dev.intaglio.cli.text.Times;
import dev.intaglio.cli.text.Tree;
import dev.intaglio.issuer.log.Checkpoint;
import dev.intaglio.issuer.log.LogVerifier;
import dev.intaglio.issuer.log.LogVerifier.Result;
import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `intaglio log verify`: whether a log was changed, and where.
@Command(
        name = "verify",
        description = {
            "Verify the issuance log of a running server, or one in a file, from its beginning.",
            "Every record is held against the one before it, every checkpoint against the records it is about, and all against"
                    + " checkpoints you kept."
        },
        sortOptions = false)
final class LogVerifyCommand extends Subcommand {
    @Parameters(paramLabel = "FILE", arity = "0..1", description = "An exported log; without it a server is asked.")
    private @Nullable String file;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description =
                    "PEM file of the authority that certified the issuer's log key; may be repeated. Without it the key"
                            + " that a checkpoint names is believed.")
    private List<String> trust = List.of();

    @Option(
            names = "--known",
            paramLabel = "FILE",
            description = "A checkpoint you kept from before: what it is about must still be there; may be repeated.")
    private List<String> known = List.of();

    @Option(
            names = "--keep",
            paramLabel = "FILE",
            description = "Where to keep the last checkpoint, for the next time.")
    private @Nullable String keep;

    @Mixin
    private ServerOptions server = new ServerOptions();

    LogVerifyCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    boolean run() {
        var verifier = new LogVerifier(
                LogLines.keys(terminal(), trust),
                known.stream().map(one -> LogLines.checkpoint(terminal(), one)).toList());
        if (file == null) {
            LogLines.ofServer(server.client(terminal()), verifier::line);
        } else {
            LogLines.ofFile(terminal(), file, verifier::line);
        }
        return switch (verifier.end()) {
            case Result.Whole whole -> whole(whole);
            case Result.Wrong(var line, var what) -> wrong(line, what);
        };
    }

    private boolean whole(Result.Whole whole) {
        var parts = new ArrayList<Tree>();
        parts.add(Tree.of("records", String.valueOf(whole.records())));
        parts.add(Tree.of("checkpoints", String.valueOf(whole.checkpoints())));
        var json = JsonObject.builder()
                .put("whole", true)
                .put("records", whole.records())
                .put("checkpoints", whole.checkpoints());
        whole.last().ifPresent(last -> {
            var now = terminal().clock().instant();
            parts.add(Tree.of("last checkpoint", last.size() + " records, " + Times.at(last.at(), now)));
            parts.add(Tree.of("root", last.root()));
            parts.add(Tree.of(
                    "signed by",
                    trust.isEmpty()
                            ? "the key it names itself; --trust FILE says whose that must be"
                            : "a key of the issuer " + last.issuer() + " you trust"));
            json.put("root", last.root()).put("at", last.at().toString()).put("trusted", !trust.isEmpty());
            keep(last);
        });
        if (known.isEmpty()) {
            parts.add(Tree.of("its end", "may be missing: without --known nobody can tell"));
        }
        say(new Tree("Nothing was changed", "", parts).render().stripTrailing());
        result(json.build());
        return true;
    }

    private boolean wrong(long line, String what) {
        say(Tree.of("The log was changed", "", Tree.of("at line", String.valueOf(line)), Tree.of("what", what))
                .render()
                .stripTrailing());
        result(JsonObject.builder()
                .put("whole", false)
                .put("line", line)
                .put("what", what)
                .build());
        return false;
    }

    private void keep(Checkpoint last) {
        if (keep == null) {
            return;
        }
        try {
            Files.writeString(terminal().path(keep), last.jwt().compact() + "\n");
        } catch (IOException unwritable) {
            throw new CommandFailure(
                    "cannot write to " + keep + ": " + unwritable, "Choose another file:  --keep FILE", unwritable);
        }
    }
}
