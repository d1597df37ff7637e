package dev.intaglio.cli;

import dev.intaglio.cli.inspect.Inspected;
import dev.intaglio.cli.inspect.Inspector;
import dev.intaglio.cli.text.Times;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.did.PublicTransport;
import dev.intaglio.statuslist.StatusReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `intaglio inspect`: says what a piece of text is.
@Command(
        name = "inspect",
        sortOptions = false,
        description = {
            "Say what a piece of text is: a credential, a proof, a token, an offer, a certificate, metadata.",
            "Nothing is sent anywhere without --status, and nothing is believed unless --trust says whom."
        })
final class InspectCommand extends Subcommand {
    private static final int MOST = 16 * 1024 * 1024;

    @Parameters(
            paramLabel = "TEXT",
            arity = "1",
            description = "The text itself, @FILE for a file with it, or - for standard input.")
    private String what = "-";

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description =
                    "PEM file of a certification authority to trust, or JSON file of an issuer's keys; may be repeated.")
    private List<String> trust = List.of();

    @Option(
            names = "--status",
            description =
                    "With --trust: fetch the status list that a credential names, and reject what was revoked or suspended.")
    private boolean status;

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            description = "PEM file of a further authority for https addresses of status lists; may be repeated.")
    private List<String> tlsAuthorities = List.of();

    @Option(
            names = "--private-host",
            paramLabel = "HOST",
            description =
                    "Status lists may come from this host, say localhost, whatever its address, and without TLS; otherwise only"
                            + " by https from public addresses. May be repeated.")
    private List<String> privateHosts = List.of();

    InspectCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    boolean run() {
        var anchors = Trust.read(terminal(), trust);
        var inspected =
                new Inspector(anchors, verifiers(anchors), terminal().clock().instant()).inspect(text());
        say(inspected.tree().render().stripTrailing());
        result(inspected.details());
        return inspected.known() && inspected.verdict() != Inspected.Verdict.REJECTED;
    }

    private CredentialVerifiers verifiers(Optional<TrustAnchors> anchors) {
        var verifiers = CredentialVerifiers.onClassPath();
        if (!status) {
            return verifiers;
        }
        var believed = anchors.orElseThrow(() -> new CommandFailure(
                "--status needs --trust: a status list is believed only of somebody trusted",
                "Add --trust FILE with the authority of the issuer."));
        var reader = new StatusReader(
                // Whoever made the credential says where its list is.
                new PublicTransport(Trust.transport(terminal(), tlsAuthorities), privateHosts),
                believed,
                verifiers,
                terminal().clock());
        return verifiers.asking(reader::ask);
    }

    private String text() {
        try {
            if (what.equals("-")) {
                return text(terminal().in().readNBytes(MOST + 1));
            }
            if (what.startsWith("@")) {
                return text(read(terminal().path(what.substring(1))));
            }
            return what;
        } catch (IOException unreadable) {
            throw new CommandFailure(
                    unreadable instanceof NoSuchFileException
                            ? "there is no file " + what.substring(1)
                            : "cannot read " + what + ": " + unreadable,
                    "Try:  " + terminal().command() + " inspect @FILE   or   … | "
                            + terminal().command() + " inspect -",
                    unreadable);
        }
    }

    private static byte[] read(Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            return stream.readNBytes(MOST + 1);
        }
    }

    private static String text(byte[] bytes) {
        if (bytes.length > MOST) {
            throw new CommandFailure("that is more than " + Times.plural(MOST, "byte"), "Inspect a part of it.");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
