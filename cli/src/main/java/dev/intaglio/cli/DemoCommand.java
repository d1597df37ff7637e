package dev.intaglio.cli;

import dev.intaglio.cli.text.Tree;
import dev.intaglio.keys.Pem;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.dialect.InterpreterProvider;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.http.WellKnown;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.ReceivedCredential;
import dev.intaglio.wallet.Wallet;
import dev.intaglio.wallet.WalletException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `intaglio demo`: an issuer and a wallet, and a credential on its way from one to the other over HTTP.
@Command(
        name = "demo",
        description = {
            "Start an issuer with throw-away keys, have it offer a credential, and take it as a wallet does.",
            "Everything is on this machine and gone when the command ends."
        },
        sortOptions = false)
final class DemoCommand extends Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    private static final String USUAL = "pid";

    @Option(
            names = "--exit",
            description = "End when the credential is there, instead of leaving the issuer up to look at.")
    private boolean exit;

    @Option(
            names = "--configuration",
            paramLabel = "ID",
            description =
                    "What to issue: pid, mdl, diploma, employee, participant; pid if not said, or what there is in the --format.")
    private @Nullable String configuration;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "In which of its formats, such as mso_mdoc; the first of its definition if not said.")
    private @Nullable String format;

    @Option(
            names = "--subject",
            paramLabel = "ID",
            defaultValue = "erika",
            description = "About whom: erika, max, amelie, giovanna.")
    private String subject = "erika";

    @Option(names = "--by-value", description = "Put the offer itself into the link.")
    private boolean byValue;

    @Option(
            names = "--flow",
            paramLabel = "FLOW",
            defaultValue = "pre-authorized-code",
            description =
                    "How: pre-authorized-code (a code goes with the offer) or authorization-code (the user signs in).")
    private Flow flow = Flow.PRE_AUTHORIZED_CODE;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            defaultValue = "plain",
            description =
                    "By which rules: plain (OpenID4VCI 1.0) or haip (HAIP 1.0; with --flow authorization-code and TLS).")
    private Profile profile = Profile.PLAIN;

    @Option(
            names = "--tls",
            description = "Over https, with a throw-away authority that the wallet trusts and nobody else.")
    private boolean tls;

    @Option(names = "--encrypted", description = "Have the Credential Request and its response encrypted.")
    private boolean encrypted;

    @Option(
            names = "--proof",
            paramLabel = "TYPE",
            defaultValue = "jwt",
            description =
                    "How the wallet's key is vouched for: jwt or di_vp (the key signs), attestation (its key storage says so), or as"
                            + " drafts of the standard had it: cwt, ldp_vp.")
    private ProofType proof = ProofType.JWT;

    @Option(
            names = "--batch",
            paramLabel = "COPIES",
            defaultValue = "1",
            description = "So many copies, each for a key of its own, for use with verifiers who shall not compare.")
    private int batch = 1;

    @Option(
            names = "--deferred",
            description = "Have somebody at the issuer approve the credential first; the wallet comes back for it.")
    private boolean deferred;

    @Option(
            names = "--dialect",
            paramLabel = "DIALECT",
            description = {
                "Have issuer and wallet speak an older version: draft-11, draft-12, draft-13, draft-14, draft-15;",
                "if not said, the standard."
            })
    private @Nullable String dialect;

    @Option(
            names = "--revoke",
            description = "Then have the issuer take the credential back, and read of it as a verifier does.")
    private boolean revoke;

    @Option(
            names = "--tenants",
            paramLabel = "N",
            defaultValue = "0",
            description = "So many issuers in the one server, by path and by subdomain, and a credential from each.")
    private int tenants;

    @ArgGroup
    private @Nullable TokenType tokenType;

    /// The two grants of an offer.
    enum Flow {
        PRE_AUTHORIZED_CODE,
        AUTHORIZATION_CODE;

        /// As it is typed.
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// The types of key proof there are.
    enum ProofType {
        JWT,
        DI_VP,
        ATTESTATION,
        CWT,
        LDP_VP;

        /// As it is typed.
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What server and wallet insist on.
    enum Profile {
        PLAIN,
        HAIP;

        /// As it is typed.
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

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
        var way = way();
        var protection =
                new DemoProtection(encrypted, proof.toString(), terminal().clock(), new SecureRandom());
        say("Starting an issuer with throw-away keys …");
        try (var server = ThrowAwayServer.start(
                terminal().command(),
                secure(),
                directory -> protection.settings(directory, settings(way, directory)))) {
            say("   it is up at " + server.address() + " after " + seconds(began) + "\n");
            if (tenants > 0) {
                return ofTenants(server, began);
            }
            var secured = secured(server);
            var transport = secured.map(TlsServer::transport).orElseGet(JdkTransport::create);
            var browser = secured.map(TlsServer::browser).orElseGet(HttpClient::newBuilder);
            var agreed = secured.map(TlsServer::handshake);
            var admin = new AdminClient(
                    transport, server.address(), server.adminToken(), terminal().command());
            var offer = offer(admin, way);
            say("The wallet takes the offer:");
            var exchanges = new Exchanges(transport, line -> say("   " + line));
            var interpreter = InterpreterProvider.find(exchanges);
            var anchors = anchors(server);
            var building = protection.wallet(way.wallet(Wallet.builder(interpreter.transport(), anchors)
                    .copies(batch)
                    .clock(terminal().clock())));
            if (tokenType != null) {
                building.dpop(tokenType.dpop);
            }
            var wallet = building.build();
            var resolved = wallet.resolve(interpreter.link(link(offer)));
            protection.requireTaken(resolved);
            var outcome = way.take(wallet, resolved, offer, browser);
            var copies = received(new DemoDeferral(this::say).wait(wallet, outcome, admin));
            var received = copies.getFirst();
            var receipt = new Receipt(resolved, anchors, terminal());
            say("   and verifies what came: signature, issuer, validity, its own key in it");
            say(
                    batch == 1
                            ? ""
                            : "   " + copies.size() + " copies came, each for a key of its own; this is the first:\n");
            say(receipt.received(received).render());
            var facts = receipt.facts(received);
            say(agreed.map(connection -> facts.and(connection.fact()))
                    .orElse(facts)
                    .and(Tree.of("took", seconds(began) + " from start to credential"))
                    .render());
            var revocation = revoke
                    ? Optional.of(new DemoRevocation(
                                    admin, transport, anchors, terminal().clock(), this::say)
                            .show(received))
                    : Optional.<DemoRevocation.Seen>empty();
            revocation.ifPresent(seen -> say(seen.tree().render()));
            var json = receipt.json(received)
                    .with("flow", flow.toString())
                    .with("profile", profile.toString())
                    .with("client_authentication", exchanges.clientAuthentication())
                    .with("chain", received.verified().chain().size())
                    .with("token_type", exchanges.tokenType())
                    .with("encrypted", exchanges.encrypted())
                    .with("request_id", exchanges.requestId())
                    .with("proof_type", proof.toString())
                    .with("copies", copies.size())
                    .with("deferred", outcome instanceof Outcome.Later)
                    .with("dialect", interpreter.spoken().orElse("1.0"))
                    .with(
                            "elapsed_ms",
                            Duration.ofNanos(System.nanoTime() - began).toMillis());
            var told = revocation.map(seen -> seen.addTo(json)).orElse(json);
            result(agreed.map(connection -> connection.in(told)).orElse(told));
            if (!exit) {
                stay(server, admin, way, exchanges.requestId());
            }
            return true;
        } catch (WalletException failed) {
            throw new CommandFailure(
                    "the wallet could not take the offer: " + failed.getMessage(),
                    "This is a fault in intaglio; INTAGLIO_TRACE=1 shows where.",
                    failed);
        }
    }

    private boolean ofTenants(ThrowAwayServer server, long began) {
        if (secure() || flow != Flow.PRE_AUTHORIZED_CODE) {
            throw new ParameterException(
                    spec.commandLine(), "--tenants goes without --tls and with --flow pre-authorized-code");
        }
        var issued = new DemoTenants(server, terminal(), this::say)
                .issue(tenants, configuration == null ? USUAL : configuration, subject);
        result(JsonObject.builder()
                .put("tenants", issued)
                .put("elapsed_ms", Duration.ofNanos(System.nanoTime() - began).toMillis())
                .build());
        if (!exit) {
            say("Ctrl-C ends it.");
            untilStopped();
        }
        return true;
    }

    private DemoFlow way() {
        return switch (flow) {
            case AUTHORIZATION_CODE ->
                new DemoSignIn(profile == Profile.HAIP, subject, terminal().clock(), new SecureRandom(), this::say);
            case PRE_AUTHORIZED_CODE -> {
                if (profile == Profile.HAIP) {
                    throw new ParameterException(
                            spec.commandLine(), "--profile haip goes with --flow authorization-code");
                }
                yield new DemoFlow.PreAuthorized();
            }
        };
    }

    private MadeOffer offer(AdminClient admin, DemoFlow way) {
        var configurations = configurations(admin);
        var offer = admin.offer(configurations, way.offer(subject, Optional.empty()));
        var name = configurations
                .getFirst()
                .name()
                .orElse(configurations.getFirst().definition());
        say("The issuer offers: " + name + ", about " + subject + " (a sample person)");
        say("   " + link(offer));
        say("   " + way.apart(offer) + "\n");
        return offer;
    }

    private String link(MadeOffer offer) {
        if (dialect == null) {
            return offer.link(byValue);
        }
        return offer.link(dialect).orElseThrow(() -> fault("the issuer made no offer in " + dialect));
    }

    private Map<String, Object> settings(DemoFlow way, Path directory) {
        if (batch < 1) {
            throw new ParameterException(spec.commandLine(), "--batch takes a number from 1 on");
        }
        var settings = new HashMap<>(way.settings(directory));
        settings.put("intaglio.batch-size", Math.max(batch, 10));
        if (dialect != null) {
            settings.put("intaglio.drafts", dialect);
        }
        return deferred ? new DemoDeferral(this::say).settings(directory, settings) : settings;
    }

    private List<AdminClient.Configuration> configurations(AdminClient admin) {
        if (format == null) {
            return admin.find(List.of(configuration == null ? USUAL : configuration));
        }
        return List.of(configuration == null ? admin.inFormat(format, USUAL) : admin.find(configuration, format));
    }

    private String wanted() {
        if (configuration != null) {
            return configuration;
        }
        return format == null ? USUAL : "credential in " + format;
    }

    private List<ReceivedCredential> received(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Received(var credentials, var notifiable) -> credentials;
            case Outcome.Refused refused
            when refused.error().equals("credential_request_denied") ->
                throw new CommandFailure(
                        "the issuer has no " + wanted() + " for " + subject,
                        "Try:  " + terminal().command() + " demo"
                                + (configuration == null ? "" : " --configuration " + configuration)
                                + " --subject erika");
            case Outcome.Refused refused ->
                throw fault("the issuer refused: " + refused.error() + ", " + refused.description());
            case Outcome.Later later -> throw fault("the issuer has no credential yet");
            case Outcome.Partly partly -> throw fault("not all of it came");
            case Outcome.Failed(var reason) -> throw fault(reason);
            case Outcome.Unverified(var reason, var notifiable) ->
                throw fault("the credential cannot be relied on: " + reason);
        };
    }

    private static CommandFailure fault(String message) {
        return new CommandFailure(message, "This is a fault in intaglio; INTAGLIO_TRACE=1 shows where.");
    }

    private TrustAnchors anchors(ThrowAwayServer server) {
        return TrustAnchors.of(certificates(server.trustAnchor()));
    }

    private boolean secure() {
        return tls || profile == Profile.HAIP;
    }

    private Optional<TlsServer> secured(ThrowAwayServer server) {
        return secure()
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
    private void stay(ThrowAwayServer server, AdminClient admin, DemoFlow way, String requestId) {
        var second = admin.offer(configurations(admin), way.offer(subject, Optional.of(Duration.ofHours(1))));
        var address = server.address();
        var lines = new ArrayList<>(List.of(
                Tree.of("start page", address + "/"),
                Tree.of("another offer", second.page() + "   (QR code, and what goes apart from it)"),
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
                        terminal().command() + " offer diploma --subject amelie --server " + address + " --data "
                                + server.directory() + trusting(server))));
        lines.add(Tree.of(
                "see what happened",
                terminal().command() + " trace " + requestId + " --server " + address + " --data " + server.directory()
                        + trusting(server)));
        way.receiving()
                .ifPresent(options -> lines.add(Tree.of(
                        "take an offer",
                        terminal().command() + " receive 'LINK'" + options + " --trust " + server.trustAnchor()
                                + trusting(server))));
        say(new Tree("The issuer stays up until Ctrl-C", "", lines).render());
        untilStopped();
    }

    private void untilStopped() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException stopped) {
            say("Stopped.");
        }
    }

    private String trusting(ThrowAwayServer server) {
        return secure() ? " --tls-ca " + server.tlsAuthority() : "";
    }

    private static String seconds(long began) {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - began) / 1e9);
    }
}
