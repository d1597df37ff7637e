package dev.intaglio.cli;

import dev.intaglio.cli.text.Times;
import dev.intaglio.cli.text.Tree;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialDefinitionException;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.credential.FormatContents;
import dev.intaglio.credential.HighAssurance;
import dev.intaglio.protocol.json.JsonObject;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says of a credential type what each of its formats will carry and what is lost in it, or what is wrong with the file.
@Command(
        name = "check",
        description =
                "Say what each format of a credential type will carry, what is lost in it, and what is wrong with the file.")
final class TypeCheckCommand extends Subcommand {
    @Parameters(paramLabel = "FILE", arity = "1", description = "The file of the credential type.")
    private String file = "";

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            defaultValue = "plain",
            description = "By which rules: plain (OpenID4VCI 1.0) or haip (HAIP 1.0 as well).")
    private DemoCommand.Profile profile = DemoCommand.Profile.PLAIN;

    TypeCheckCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    boolean run() {
        try {
            var definition = TypeFile.read(terminal(), file);
            var formats = CredentialFormats.onClassPath(new SecureRandom());
            var found = definition.configurations().stream()
                    .map(configuration -> check(definition, configuration, formats))
                    .toList();
            var good = found.stream().allMatch(Found::good);
            say(new Tree(
                            definition.id(),
                            good ? "can be issued in all its formats" : "cannot be used as it is",
                            found.stream().map(Found::tree).toList())
                    .render()
                    .stripTrailing());
            result(JsonObject.builder()
                    .put("id", definition.id())
                    .put("ok", good)
                    .putEach("formats", found.stream(), Found::details)
                    .build());
            return good;
        } catch (CredentialDefinitionException unusable) {
            say(Tree.of("WRONG", String.valueOf(unusable.getMessage())).render().stripTrailing());
            result(JsonObject.builder()
                    .put("ok", false)
                    .put("error", String.valueOf(unusable.getMessage()))
                    .build());
            return false;
        }
    }

    private record Found(boolean good, Tree tree, JsonObject details) {}

    /// Of each format by itself, so that a mistake in one does not hide those in others.
    private Found check(CredentialDefinition definition, FormatConfiguration configuration, CredentialFormats formats) {
        var details =
                JsonObject.builder().put("format", configuration.format()).put("configuration_id", configuration.id());
        try {
            if (profile == DemoCommand.Profile.HAIP) {
                HighAssurance.check(configuration);
            }
            var contents = formats.check(definition, configuration).contents(definition, configuration);
            return new Found(
                    true,
                    new Tree(configuration.format(), configuration.id(), parts(contents)),
                    details.putEach("carries", contents.claims().stream(), TypeCheckCommand::carried)
                            .put("lost", contents.lost())
                            .build());
        } catch (CredentialDefinitionException unusable) {
            return new Found(
                    false,
                    new Tree(
                            configuration.format(),
                            configuration.id(),
                            List.of(Tree.of("WRONG", String.valueOf(unusable.getMessage())))),
                    details.put("error", String.valueOf(unusable.getMessage())).build());
        }
    }

    private static List<Tree> parts(FormatContents contents) {
        var selective = contents.claims().stream()
                .filter(FormatContents.Carried::selective)
                .count();
        var parts = new ArrayList<Tree>();
        parts.add(new Tree(
                "carries",
                Times.plural(contents.claims().size(), "claim")
                        + (selective == 0 ? "" : ", of which the holder may keep back those marked ~"),
                contents.claims().stream()
                        .map(claim -> Tree.of((claim.selective() ? "~ " : "  ") + claim.claim(), claim.place()))
                        .toList()));
        if (contents.lost().isEmpty()) {
            parts.add(Tree.of("lost", "nothing"));
        }
        contents.lost().forEach(lost -> parts.add(Tree.of("lost", lost)));
        return parts;
    }

    private static JsonObject carried(FormatContents.Carried claim) {
        return JsonObject.builder()
                .put("claim", claim.claim().toString())
                .put("place", claim.place())
                .put("selective", claim.selective())
                .build();
    }
}
