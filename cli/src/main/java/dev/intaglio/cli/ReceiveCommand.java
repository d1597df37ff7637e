package dev.intaglio.cli;

import dev.intaglio.cli.text.Times;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.dialect.Interpreter;
import dev.intaglio.protocol.dialect.InterpreterProvider;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.offer.TxCode;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.ReceivedCredential;
import dev.intaglio.wallet.ResolvedOffer;
import dev.intaglio.wallet.Wallet;
import dev.intaglio.wallet.WalletException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `intaglio receive`: the wallet's side of an offer.
@Command(
        name = "receive",
        sortOptions = false,
        description = {
            "Take a credential offer as a wallet does, and check what comes.",
            "The keys that the credentials are bound to are gone when the command ends: good for trying, not for keeping."
        })
final class ReceiveCommand extends Subcommand {
    private static final int ATTEMPTS = 3;
    private static final String CLIENT_ID = "intaglio";

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "LINK",
            arity = "1",
            description = "The offer's link, such as openid-credential-offer://?…")
    private String link = "";

    @Option(
            names = "--tx-code",
            paramLabel = "CODE",
            description = "The transaction code. Without it you are asked, if there is one.")
    private @Nullable String txCode;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "PEM file of the authority that vouches for the issuer; may be repeated.")
    private List<String> trust = List.of();

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            description = "PEM file of a further authority for https addresses; may be repeated.")
    private List<String> tlsAuthorities = List.of();

    @Option(names = "--output", paramLabel = "FILE", description = "Write the credentials to this file, one a line.")
    private @Nullable String output;

    @Option(names = "--copies", paramLabel = "N", description = "Ask for N copies, each bound to a key of its own.")
    private int copies = 1;

    @Option(
            names = "--client-id",
            paramLabel = "ID",
            defaultValue = CLIENT_ID,
            description =
                    "What to call ourselves where a user has to sign in (${DEFAULT-VALUE}). The server has to know it,"
                            + " with the redirect URI http://127.0.0.1" + LoopbackRedirect.PATH + ".")
    private String clientId = CLIENT_ID;

    @Option(
            names = "--attester",
            paramLabel = "FILE",
            description =
                    "Private JWK with x5c of a wallet provider: authenticate by attestations that it makes on the spot.")
    private @Nullable String attester;

    @Option(names = "--no-browser", description = "Only print the address to sign in at, rather than open it, too.")
    private boolean noBrowser;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = "PT10M",
            description = "How long to wait for somebody to sign in (${DEFAULT-VALUE}).")
    private Duration patience = Duration.ofMinutes(10);

    ReceiveCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    boolean run() {
        if (copies < 1) {
            throw new ParameterException(spec.commandLine(), "--copies takes a number from 1");
        }
        var anchors = Trust.read(terminal(), trust);
        var interpreter = InterpreterProvider.find(Trust.transport(terminal(), tlsAuthorities));
        try {
            var offer = wallet(interpreter, anchors).build().resolve(interpreter.link(link));
            var building = wallet(interpreter, anchors);
            var wallet = (offer.needsBrowser() ? building.clientId(clientId) : building).build();
            var receipt = new Receipt(offer, anchors.orElse(TrustAnchors.none()), terminal());
            say(receipt.offered().render());
            interpreter.spoken().ifPresent(spoken -> say("The issuer speaks " + spoken + " of OpenID4VCI.\n"));
            requireTrust(anchors);
            return finish(receipt, interpreter, receive(wallet, offer));
        } catch (WalletException failed) {
            throw new CommandFailure(
                    failed.getMessage() == null ? failed.toString() : failed.getMessage(),
                    "If the offer was taken already or its time is over, ask the issuer for a new one.\nTo look at it:  "
                            + terminal().command() + " inspect '" + link + "'",
                    failed);
        }
    }

    private Wallet.Builder wallet(Interpreter interpreter, Optional<TrustAnchors> anchors) {
        var wallet = Wallet.builder(interpreter.transport(), anchors.orElse(TrustAnchors.none()))
                .copies(copies)
                .clock(terminal().clock());
        return attester == null ? wallet : wallet.attestations(AttestingProvider.read(terminal(), attester, clientId));
    }

    /// Asked before anything is redeemed: an offer can be taken once, and its credentials would have to be thrown away.
    private void requireTrust(Optional<TrustAnchors> anchors) {
        if (anchors.isEmpty()) {
            throw new CommandFailure(
                    "nothing says that this issuer can be trusted, so the offer was left untouched",
                    """
                    Get the certificate of the authority that vouches for the issuer, not from the issuer's own pages, and:
                      %s receive '%s' --trust anchor.pem
                    The anchor of a development issuer is trust-anchor.pem in its data directory.""".formatted(terminal().command(), link));
        }
    }

    private Outcome receive(Wallet wallet, ResolvedOffer offer) {
        if (offer.needsBrowser()) {
            return new SignIn(wallet, this::tell, address -> {
                        if (!noBrowser) {
                            terminal().browser().accept(address);
                        }
                    })
                    .take(offer, patience);
        }
        if (offer.txCode().isEmpty()) {
            return wallet.receive(offer, Optional.empty());
        }
        if (txCode != null) {
            return wallet.receive(offer, Optional.of(txCode));
        }
        var outcome = wallet.receive(offer, Optional.of(ask(offer.txCode().get())));
        for (var attempt = 1;
                attempt < ATTEMPTS && outcome instanceof Outcome.Refused refused && refused.txCodeMayBeRetried();
                attempt++) {
            say("The issuer did not take the code: it is wrong, or the offer has been taken or has run out.");
            outcome = wallet.receive(offer, Optional.of(ask(offer.txCode().get())));
        }
        return outcome;
    }

    private String ask(TxCode wanted) {
        var question = terminal()
                .question()
                .orElseThrow(() -> new CommandFailure(
                        "the offer needs a transaction code, and there is nobody here to ask",
                        "Try:  " + terminal().command() + " receive '" + link + "' --tx-code CODE"));
        wanted.description().ifPresent(this::say);
        var kind = wanted.inputMode() == TxCode.InputMode.NUMERIC ? "digit" : "character";
        var hint = wanted.length().isPresent()
                ? " (" + Times.plural(wanted.length().getAsInt(), kind) + ")"
                : "";
        return question.apply("Transaction code" + hint + ": ")
                .filter(answer -> !answer.isEmpty())
                .orElseThrow(() -> new CommandFailure(
                        "no transaction code was entered", "The offer is untouched; try again when you have it."));
    }

    /// Also when machines read the output: a person has to go to the address.
    private void tell(String line) {
        if (json()) {
            terminal().note(line);
        } else {
            say(line);
        }
    }

    private boolean finish(Receipt receipt, Interpreter interpreter, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Received(var credentials, var notifiable) -> {
                received(receipt, interpreter, credentials, List.of());
                yield true;
            }
            case Outcome.Partly(var received, var missing) -> {
                received(receipt, interpreter, received.credentials(), missing);
                yield false;
            }
            case Outcome.Failed(var reason) -> throw new CommandFailure(reason, "Ask the issuer for a new offer.");
            case Outcome.Later(var deferred, var interval) ->
                throw new CommandFailure(
                        "the issuer does not have the credential yet (it says: ask again in " + Times.length(interval)
                                + ")",
                        "This version does not wait for credentials; ask the issuer for a new offer once it is ready.");
            case Outcome.Refused refused -> throw refused(refused);
            case Outcome.Unverified(var reason, var notifiable) ->
                throw new CommandFailure(
                        "something came, but it cannot be relied on and was thrown away: " + reason,
                        "If the issuer is one you trust, look whether --trust names the right authority; then ask for a new offer.");
        };
    }

    private CommandFailure refused(Outcome.Refused refused) {
        var says = refused.description().isEmpty() ? "" : ": " + refused.description();
        var message = switch (refused.error()) {
            case "invalid_grant", "invalid_tx_code" ->
                "the issuer does not take this offer: " + (txCode == null ? "" : "the transaction code is wrong, or ")
                        + "it has been taken already, or its time is over";
            case "credential_request_denied" -> "the issuer will not issue this credential";
            case "invalid_client", "unauthorized_client" -> "the issuer takes only wallets that it knows";
            case "access_denied" -> "whoever signed in, or the issuer, declined";
            default -> "the issuer refused";
        };
        return new CommandFailure(message + " (" + refused.error() + says + ")", "Ask the issuer for a new offer.");
    }

    private void received(
            Receipt receipt,
            Interpreter interpreter,
            List<ReceivedCredential> credentials,
            List<Outcome.Missing> missing) {
        var shown = new HashSet<String>();
        for (var credential : credentials) {
            if (shown.add(credential.configurationId())) { // copies differ in their keys only
                say(receipt.received(credential).render());
                say(receipt.facts(credential).render());
            }
        }
        say("Received and verified: " + Times.plural(credentials.size(), "credential") + ".");
        missing.forEach(one ->
                terminal().note("intaglio: " + one.configurationId() + " did not come: " + reason(one.outcome())));
        save(credentials);
        result(JsonObject.builder()
                .putEach("credentials", credentials.stream(), receipt::json)
                .put("verified", true)
                .put("dialect", interpreter.spoken().orElse("1.0"))
                .putUnlessEmpty(
                        "missing",
                        missing.stream().map(Outcome.Missing::configurationId).toList())
                .build());
    }

    private static String reason(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Refused refused -> refused.error();
            case Outcome.Later later -> "the issuer does not have it yet";
            case Outcome.Unverified(var reason, var notifiable) -> reason;
            case Outcome.Failed(var reason) -> reason;
            case Outcome.Received received -> "";
            case Outcome.Partly partly -> "";
        };
    }

    private void save(List<ReceivedCredential> credentials) {
        if (output == null) {
            return;
        }
        try {
            Files.writeString(
                    terminal().path(output),
                    credentials.stream().map(Receipt::text).collect(Collectors.joining("\n", "", "\n")));
        } catch (IOException unwritable) {
            // Redeemed is redeemed: rather on the screen than nowhere.
            terminal().note(credentials.stream().map(Receipt::text).collect(Collectors.joining("\n")));
            throw new CommandFailure(
                    "received, but cannot write to " + output + ": " + unwritable,
                    "The credentials are printed above.",
                    unwritable);
        }
        say("Written to " + output + ".  To look at it:  " + terminal().command() + " inspect @" + output);
    }
}
