package dev.intaglio.cli;

import dev.intaglio.protocol.http.Request;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `intaglio log prove`: that one credential is in the log.
@Command(
        name = "prove",
        description = "Have a server prove that a credential is in its issuance log.",
        sortOptions = false)
final class LogProveCommand extends Subcommand {
    @Parameters(
            paramLabel = "CREDENTIAL",
            arity = "1",
            description =
                    "The credential's id: that of its issuance, which wallets know as notification_id, and after a dot"
                            + " which one of the response it was, from 0.")
    private String credential = "";

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write the proof; by default standard output.")
    private @Nullable String out;

    @Mixin
    private ServerOptions server = new ServerOptions();

    LogProveCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    boolean run() {
        var admin = server.client(terminal());
        var proof = admin.send(Request.get(
                admin.address("/admin/v1/log/proofs/" + URLEncoder.encode(credential, StandardCharsets.UTF_8))));
        if (out == null) {
            terminal().out().println(proof.text());
            terminal().out().flush();
            return true;
        }
        try {
            Files.writeString(terminal().path(out), proof.text() + "\n");
        } catch (IOException unwritable) {
            throw new CommandFailure(
                    "cannot write to " + out + ": " + unwritable, "Choose another file:  --out FILE", unwritable);
        }
        say("The proof is in " + out + "\nTo check it:  " + terminal().command() + " log check " + out
                + " --trust ANCHOR.pem");
        result(proof);
        return true;
    }
}
