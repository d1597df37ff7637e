package dev.intaglio.cli;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.cli.text.Card;
import dev.intaglio.cli.text.Language;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialDefinitionException;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.ClaimDisplay;
import dev.intaglio.protocol.metadata.ClaimsDescription;
import dev.intaglio.protocol.metadata.ClaimsPath;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.metadata.CredentialDisplay;
import dev.intaglio.server.page.CardPreview;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows the card of a credential type as wallets and pages will: here as text, in a file as a page.
@Command(name = "preview", description = "See the card of a credential type, here or as a page.")
final class TypePreviewCommand extends Subcommand {
    @Parameters(paramLabel = "FILE", arity = "1", description = "The file of the credential type.")
    private String file = "";

    @Option(
            names = "--html",
            paramLabel = "PAGE",
            description = "Write a page with the card in all its languages into this file.")
    private @Nullable String html;

    @Option(
            names = "--issuer",
            paramLabel = "NAME",
            defaultValue = "Issuer",
            description = "Whose name is on the card; ${DEFAULT-VALUE} if not said.")
    private String issuer = "Issuer";

    TypePreviewCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    boolean run() {
        CredentialDefinition definition;
        CredentialConfiguration configuration;
        try {
            definition = TypeFile.read(terminal(), file);
            configuration = configuration(definition);
        } catch (CredentialDefinitionException unusable) {
            throw new CommandFailure(
                    String.valueOf(unusable.getMessage()),
                    "Try:  " + terminal().command() + " type check " + file,
                    unusable);
        }
        var display = Language.choose(configuration.display(), terminal().locale(), CredentialDisplay::locale);
        var name = display.map(CredentialDisplay::name).orElse(definition.id());
        var description = display.flatMap(CredentialDisplay::description).orElse("");
        var claims = names(configuration);
        say(new Card(name, description, issuer, claims).render().stripTrailing());
        var page = Optional.ofNullable(html);
        page.ifPresent(target -> write(target, CardPreview.html(definition.id(), configuration, issuer)));
        result(JsonObject.builder()
                .put("name", name)
                .put("description", description)
                .put("claims", claims)
                .putIf("page", page)
                .build());
        return true;
    }

    /// What all formats share is in the first; the display does not differ.
    private static CredentialConfiguration configuration(CredentialDefinition definition) {
        var formats = CredentialFormats.onClassPath(new SecureRandom());
        formats.check(definition);
        FormatConfiguration first = definition.configurations().getFirst();
        return formats.of(first).configuration(definition, first, List.of("ES256"), JWSAlgorithm.ES256);
    }

    /// The claims at the top, by the labels they have in the person's language.
    private List<String> names(CredentialConfiguration configuration) {
        return configuration.claims().stream()
                .filter(claim -> configuration.claims().stream().noneMatch(other -> around(other, claim)))
                .map(this::name)
                .toList();
    }

    private static boolean around(ClaimsDescription outer, ClaimsDescription inner) {
        List<ClaimsPath.Element> elements = outer.path().elements();
        return inner.path().elements().size() > elements.size()
                && inner.path().elements().subList(0, elements.size()).equals(elements);
    }

    private String name(ClaimsDescription claim) {
        return Language.choose(claim.display(), terminal().locale(), ClaimDisplay::locale)
                .flatMap(ClaimDisplay::name)
                .orElseGet(() -> claim.path().toString());
    }

    private void write(String target, String page) {
        try {
            Files.writeString(terminal().path(target), page, StandardCharsets.UTF_8);
            say("\nThe page is in " + target);
        } catch (IOException unwritable) {
            throw new CommandFailure(
                    "cannot write " + target + ": " + unwritable, "Name a file that can be written.", unwritable);
        }
    }
}
