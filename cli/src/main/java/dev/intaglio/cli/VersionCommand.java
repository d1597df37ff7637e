package dev.intaglio.cli;

import dev.intaglio.protocol.json.JsonObject;
import java.util.Optional;
import picocli.CommandLine.Command;

/// `intaglio version`
@Command(name = "version", description = "Say which version this is, and what it runs on.")
final class VersionCommand extends Subcommand {
    VersionCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    boolean run() {
        var java = Runtime.version().toString();
        say("""
                intaglio %s
                OpenID for Verifiable Credential Issuance 1.0
                Java %s (%s)""".formatted(version(), java, System.getProperty("java.vendor")));
        result(JsonObject.builder()
                .put("version", version())
                .put("openid4vci", "1.0")
                .put("java", java)
                .build());
        return true;
    }

    /// As the jar's manifest says; classes outside a jar have none.
    static String version() {
        return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("(unpackaged)");
    }
}
