package dev.intaglio.cli;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.cli.text.Times;
import dev.intaglio.cli.text.Tree;
import dev.intaglio.issuer.log.InclusionProof;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `intaglio log check`: a proof, by itself.
@Command(
        name = "check",
        description = "Check a proof that a credential is in an issuance log; nobody is asked.",
        sortOptions = false)
final class LogCheckCommand extends Subcommand {
    @Parameters(paramLabel = "PROOF", arity = "1", description = "A file that log prove wrote.")
    private String proof = "";

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "PEM file of the authority that certified the issuer's log key; may be repeated.")
    private List<String> trust = List.of();

    @Option(
            names = "--key",
            paramLabel = "THUMBPRINT|JWK",
            description =
                    "The key the credential at hand is bound to, which its cnf or device key says: the proof must be about"
                            + " a credential of that key.")
    private @Nullable String key;

    LogCheckCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    boolean run() {
        InclusionProof.Shown shown;
        try {
            shown = read().verify(LogLines.keys(terminal(), trust), thumbprint());
        } catch (IllegalArgumentException wrong) {
            say("The proof is wrong: " + wrong.getMessage());
            result(JsonObject.builder()
                    .put("proven", false)
                    .put("what", String.valueOf(wrong.getMessage()))
                    .build());
            return false;
        }
        var parts = new ArrayList<Tree>();
        parts.add(Tree.of(
                "record", shown.record().index() + " of " + shown.checkpoint().size()));
        parts.add(Tree.of("of", shown.record().content().string("configuration")));
        parts.add(Tree.of(
                "issued", Times.at(shown.record().time(), terminal().clock().instant())));
        parts.add(Tree.of(
                "the credential",
                shown.keyMatches()
                        .map(matches -> matches ? "is the one of this key" : "is not one of this key")
                        .orElse("is not compared: --key says which it is")));
        parts.add(Tree.of(
                "signed by",
                trust.isEmpty()
                        ? "the key it names itself; --trust FILE says whose that must be"
                        : "a key of " + shown.checkpoint().issuer() + " you trust"));
        say(new Tree("The issuance is in the log", "", parts).render().stripTrailing());
        result(JsonObject.builder()
                .put("proven", true)
                .put("index", shown.record().index())
                .put("size", shown.checkpoint().size())
                .putIf("key_matches", shown.keyMatches())
                .put("trusted", !trust.isEmpty())
                .build());
        return shown.keyMatches().orElse(true);
    }

    private InclusionProof read() {
        try {
            return InclusionProof.read(
                    Json.readObject(Files.readString(terminal().path(proof)).getBytes(StandardCharsets.UTF_8)));
        } catch (IOException unreadable) {
            throw new CommandFailure(
                    "cannot read " + proof + ": " + unreadable,
                    "Have one made:  " + terminal().command() + " log prove CREDENTIAL --out FILE",
                    unreadable);
        }
    }

    private Optional<String> thumbprint() {
        if (key == null || !key.startsWith("{")) {
            return Optional.ofNullable(key);
        }
        try {
            return Optional.of(DpopProof.thumbprint(JWK.parse(key)));
        } catch (ParseException malformed) {
            throw new CommandFailure("--key is no JWK", "Give its RFC 7638 thumbprint, or the JWK itself.", malformed);
        }
    }
}
