package dev.intaglio.cli;

import dev.intaglio.cli.text.Times;
import dev.intaglio.cli.text.Tree;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.offer.QrCode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `intaglio offer`: has a running server make an offer.
@Command(
        name = "offer",
        description =
                "Have a running server make an offer, and show it: link, QR code, and the transaction code apart.",
        sortOptions = false)
final class OfferCommand extends Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "CREDENTIAL",
            arity = "1..*",
            description = "What to offer: ids of definitions (pid) or of credential configurations.")
    private List<String> credentials = List.of();

    @Option(
            names = "--subject",
            paramLabel = "ID",
            description = "Whom the credentials are about, as the server's data source knows them; may be left out with"
                    + " --grant authorization_code: then the offer is for whoever signs in.")
    private @Nullable String subject;

    @Option(
            names = "--grant",
            paramLabel = "GRANT",
            defaultValue = "pre-authorized_code",
            description =
                    "How it can be taken: pre-authorized_code (with this offer alone), authorization_code (the user"
                            + " signs in) or both (${DEFAULT-VALUE}).")
    private String grant = "";

    @Option(
            names = "--single-use",
            description = "With --grant authorization_code: the first sign-in uses the offer up.")
    private boolean singleUse;

    @Option(
            names = "--tx-code",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Whether the wallet must know a transaction code that goes another way (it must).")
    private boolean txCode;

    @Option(
            names = "--valid-for",
            paramLabel = "DURATION",
            description = "How long the offer can be taken, such as PT10M or P1D.")
    private @Nullable Duration validFor;

    @Option(
            names = "--claims",
            paramLabel = "FILE",
            description =
                    "A JSON file with what the credentials will say: an object with the claims for each CREDENTIAL."
                            + " The server keeps them for this offer alone. Without it, its data source is asked.")
    private @Nullable String claims;

    @Option(names = "--by-value", description = "Show the link that holds the offer itself rather than where it is.")
    private boolean byValue;

    @Mixin
    private ServerOptions where = new ServerOptions();

    OfferCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    boolean run() {
        if (subject == null && !signInOnly()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--subject says whom it is for; only --grant authorization_code may leave that open");
        }
        var admin = where.client(terminal());
        var configurations = admin.find(credentials);
        var made = admin.offer(
                configurations,
                new AdminClient.Wanted(
                        Optional.ofNullable(subject),
                        grant,
                        txCode && !signInOnly(),
                        singleUse,
                        Optional.ofNullable(validFor),
                        claims()));
        show(configurations, made);
        result(made.write()
                .with(
                        "configurations",
                        configurations.stream()
                                .map(AdminClient.Configuration::id)
                                .toList()));
        return true;
    }

    private Optional<JsonObject> claims() {
        if (claims == null) {
            return Optional.empty();
        }
        var file = terminal().path(claims);
        try {
            return Optional.of(Json.readObject(Files.readAllBytes(file)));
        } catch (IOException unreadable) {
            throw new CommandFailure(
                    "cannot read the claims in " + file, "Is --claims right? Try:  ls -l " + file, unreadable);
        } catch (JsonException malformed) {
            throw new CommandFailure(
                    "the claims in " + file + " are no JSON object: " + malformed.getMessage(),
                    "They look like:  {\"" + credentials.getFirst() + "\": {\"family_name\": \"Mustermann\"}}",
                    malformed);
        }
    }

    private boolean signInOnly() {
        return grant.equals("authorization_code");
    }

    private void show(List<AdminClient.Configuration> configurations, MadeOffer made) {
        var link = made.link(byValue);
        var names =
                configurations.stream().map(one -> one.name().orElse(one.id())).collect(Collectors.joining(", "));
        say(qrCode(link));
        var parts = new ArrayList<Tree>();
        parts.add(Tree.of("link", link));
        parts.add(Tree.of("page", made.page().toString()));
        made.id()
                .ifPresent(
                        id -> parts.add(Tree.of("offer id", id + "   (revokes all that comes of it: revoke --offer)")));
        parts.add(Tree.of(
                "valid",
                "until " + Times.at(made.expiresAt(), terminal().clock().instant())));
        parts.add(Tree.of(
                "transaction code",
                made.txCode()
                        .map(code -> code + "   (give it another way than the link)")
                        .orElse(signInOnly() ? "none: the user signs in" : "none: whoever has the link can take it")));
        say(new Tree(names + " for " + Optional.ofNullable(subject).orElse("whoever signs in"), "", parts).render());
        say("To take it as a wallet:\n  " + terminal().command() + " receive '" + link + "' --trust "
                + where.data().orElse(ServeCommand.DATA) + "/trust-anchor.pem"
                + where.tlsAuthorities().stream()
                        .map(file -> " --tls-ca " + file)
                        .collect(Collectors.joining()));
    }

    private static String qrCode(String link) {
        try {
            return QrCode.of(link).text();
        } catch (IllegalArgumentException tooLong) {
            return "(the link is too long for a QR code; without --by-value it is short)";
        }
    }
}
