package dev.intaglio.cli;

import dev.intaglio.cli.text.Tree;
import dev.intaglio.issuer.recorder.TraceName;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.offer.CredentialOfferUri;
import dev.intaglio.protocol.offer.Grants;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `intaglio trace`: shows what happened in an issuance, as a running server has recorded it.
@Command(
        name = "trace",
        description = {
            "Show what happened in an issuance: every request, decoded, and why it was refused.",
            "No code, token, credential or claim is in it."
        },
        sortOptions = false)
final class TraceCommand extends Subcommand {
    @Parameters(
            paramLabel = "ID",
            description =
                    "Of which: the X-Request-Id of one of its responses, its transaction_id, or its offer (the link,"
                            + " the address of its page, or of the offer itself).")
    private String id = "";

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description =
                    "Write it to one file, to be sent to the wallet's developer: a page, or JSON if it ends in .json.")
    private @Nullable String export;

    @Mixin
    private ServerOptions where = new ServerOptions();

    TraceCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    boolean run() {
        // Only what is made of it goes to the server: it may be a secret.
        var timeline = where.client(terminal()).trace(TraceName.of(value(id.strip())));
        var tree = TimelineTree.of(timeline);
        if (export != null) {
            write(export, timeline, tree);
        }
        say(tree.render());
        if (export != null) {
            say("It is in " + terminal().path(export));
        }
        result(timeline);
        return true;
    }

    /// What an offer's links have in common with the offer; anything else as it is.
    static String value(String id) {
        try {
            if (id.contains("credential_offer")) {
                return switch (CredentialOfferUri.read(id)) {
                    case CredentialOfferUri.ByValue(var offer) -> secret(offer.grants());
                    case CredentialOfferUri.ByReference(var address) -> last(address);
                };
            }
            return id.startsWith("http://") || id.startsWith("https://") ? last(URI.create(id)) : id;
        } catch (IllegalArgumentException unreadable) {
            throw new CommandFailure(
                    "this is no offer: " + unreadable.getMessage(),
                    "Put the link between single quotes, or give the X-Request-Id of a response.",
                    unreadable);
        }
    }

    private static String secret(Grants grants) {
        return grants.preAuthorizedCode()
                .map(Grants.PreAuthorizedCode::code)
                .or(() -> grants.authorizationCode().flatMap(Grants.AuthorizationCode::issuerState))
                .orElseThrow(() -> new IllegalArgumentException("it has neither a code nor an issuer_state"));
    }

    private static String last(URI address) {
        var path = String.valueOf(address.getPath());
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void write(String name, JsonObject timeline, Tree tree) {
        var file = terminal().path(name);
        try {
            Files.writeString(file, name.endsWith(".json") ? timeline.text() : TracePage.of(timeline, tree));
        } catch (IOException unwritable) {
            throw new CommandFailure("cannot write " + file, "Is --export right? Try:  touch " + file, unwritable);
        }
    }
}
