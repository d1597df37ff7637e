package dev.intaglio.cli;

import dev.intaglio.cli.text.Tree;
import dev.intaglio.keys.Pem;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.http.WellKnown;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.ReceivedCredential;
import dev.intaglio.wallet.Wallet;
import dev.intaglio.wallet.WalletException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `intaglio demo`: an issuer and a wallet, and a credential on its way from one to the other over HTTP.
@Command(
        name = "demo",
        description = {
            "Start an issuer with throw-away keys, have it offer a credential, and take it as a wallet does.",
            "Everything is on this machine and gone when the command ends."
        },
        sortOptions = false)
final class DemoCommand extends Subcommand {
    @Option(
            names = "--exit",
            description = "End when the credential is there, instead of leaving the issuer up to look at.")
    private boolean exit;

    @Option(
            names = "--configuration",
            paramLabel = "ID",
            defaultValue = "pid",
            description = "What to issue: pid, diploma, employee.")
    private String configuration = "pid";

    @Option(
            names = "--subject",
            paramLabel = "ID",
            defaultValue = "erika",
            description = "About whom: erika, max, amelie, giovanna.")
    private String subject = "erika";

    @Option(names = "--by-value", description = "Put the offer itself into the link.")
    private boolean byValue;

    @Option(
            names = "--tls",
            description = "Over https, with a throw-away authority that the wallet trusts and nobody else.")
    private boolean tls;

    @ArgGroup
    private @Nullable TokenType tokenType;

    /// At most one of the two.
    static final class TokenType {
        @Option(names = "--dpop", description = "Bind the access token to a key (as the wallet does anyway if it can).")
        private boolean dpop;

        @Option(names = "--bearer", description = "Use a bearer token, which works for whoever has it.")
        @SuppressWarnings("unused") // says the opposite of the other
        private boolean bearer;
    }

    DemoCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    boolean run() {
        var began = System.nanoTime();
        say("Starting an issuer with throw-away keys …");
        try (var server = ThrowAwayServer.start(terminal().command(), tls)) {
            say("   it is up at " + server.address() + " after " + seconds(began) + "\n");
            var secured = secured(server);
            var transport = secured.map(TlsServer::transport).orElseGet(JdkTransport::create);
            var agreed = secured.map(TlsServer::handshake);
            var admin = new AdminClient(
                    transport,
                    server.address(),
                    server.adminToken(),
                    terminal().command());
            var offer = offer(admin);
            say("The wallet takes the offer:");
            var exchanges = new Exchanges(transport, line -> say("   " + line));
            var anchors = anchors(server);
            var building = Wallet.builder(exchanges, anchors).clock(terminal().clock());
            if (tokenType != null) {
                building.dpop(tokenType.dpop);
            }
            var wallet = building.build();
            var resolved = wallet.resolve(offer.link(byValue));
            var received = received(wallet.receive(resolved, offer.txCode()));
            var receipt = new Receipt(resolved, anchors, terminal());
            say("   and verifies what came: signature, issuer, validity, its own key in it\n");
            say(receipt.received(received).render());
            var facts = receipt.facts(received);
            say(agreed.map(connection -> facts.and(connection.fact()))
                    .orElse(facts)
                    .and(Tree.of("took", seconds(began) + " from start to credential"))
                    .render());
            var json = receipt.json(received)
                    .with("token_type", exchanges.tokenType())
                    .with(
                            "elapsed_ms",
                            Duration.ofNanos(System.nanoTime() - began).toMillis());
            result(agreed.map(connection -> connection.in(json)).orElse(json));
            if (!exit) {
                stay(server, admin);
            }
            return true;
        } catch (WalletException failed) {
            throw new CommandFailure(
                    "the wallet could not take the offer: " + failed.getMessage(),
                    "This is a fault in intaglio; INTAGLIO_TRACE=1 shows where.",
                    failed);
        }
    }

    private MadeOffer offer(AdminClient admin) {
        var configurations = admin.find(List.of(configuration));
        var offer = admin.offer(configurations, AdminClient.Wanted.with(subject, Optional.empty()));
        var name = configurations.getFirst().name().orElse(configuration);
        say("The issuer offers: " + name + ", about " + subject + " (a sample person)");
        say("   " + offer.link(byValue));
        say("   transaction code " + offer.txCode().orElse("–") + ", which goes another way than the link\n");
        return offer;
    }

    private ReceivedCredential received(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Received(var credentials, var notificationId) -> credentials.getFirst();
            case Outcome.Refused refused
            when refused.error().equals("credential_request_denied") ->
                throw new CommandFailure(
                        "the issuer has no " + configuration + " for " + subject,
                        "Try:  " + terminal().command() + " demo --configuration " + configuration
                                + " --subject erika");
            case Outcome.Refused refused ->
                throw fault("the issuer refused: " + refused.error() + ", " + refused.description());
            case Outcome.Later later -> throw fault("the issuer has no credential yet");
            case Outcome.Unverified(var reason) -> throw fault("the credential cannot be relied on: " + reason);
        };
    }

    private static CommandFailure fault(String message) {
        return new CommandFailure(message, "This is a fault in intaglio; INTAGLIO_TRACE=1 shows where.");
    }

    private TrustAnchors anchors(ThrowAwayServer server) {
        return TrustAnchors.of(certificates(server.trustAnchor()));
    }

    private Optional<TlsServer> secured(ThrowAwayServer server) {
        return tls
                ? Optional.of(new TlsServer(server.address(), certificates(server.tlsAuthority())))
                : Optional.empty();
    }

    private static List<X509Certificate> certificates(Path file) {
        try {
            return Pem.certificates(file);
        } catch (IOException missing) {
            throw new CommandFailure(
                    "the issuer left no trust anchor: " + missing,
                    "Is there room in the temporary directory?",
                    missing);
        }
    }

    /// Leaves the issuer up, with a second offer for somebody's own wallet.
    private void stay(ThrowAwayServer server, AdminClient admin) {
        var second = admin.offer(
                admin.find(List.of(configuration)), AdminClient.Wanted.with(subject, Optional.of(Duration.ofHours(1))));
        var address = server.address();
        say(Tree.of(
                        "The issuer stays up until Ctrl-C",
                        "",
                        Tree.of("start page", address + "/"),
                        Tree.of("another offer", second.page() + "   (QR code and transaction code)"),
                        Tree.of(
                                "issuer metadata",
                                WellKnown.address(address, CredentialIssuerMetadata.WELL_KNOWN)
                                        .toString()),
                        Tree.of(
                                "authorization server",
                                WellKnown.address(address, AuthorizationServerMetadata.WELL_KNOWN)
                                        .toString()),
                        Tree.of("admin token", "in " + server.directory().resolve("admin-token")),
                        Tree.of(
                                "make an offer",
                                terminal().command() + " offer diploma --subject amelie --server " + address
                                        + " --data " + server.directory() + trusting(server)),
                        Tree.of(
                                "take an offer",
                                terminal().command() + " receive 'LINK' --trust " + server.trustAnchor()
                                        + trusting(server)))
                .render());
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException stopped) {
            say("Stopped.");
        }
    }

    private String trusting(ThrowAwayServer server) {
        return tls ? " --tls-ca " + server.tlsAuthority() : "";
    }

    private static String seconds(long began) {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - began) / 1e9);
    }
}
