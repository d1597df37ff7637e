package dev.intaglio.server.page;

import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.metadata.CredentialDisplay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/// The card of a credential type as a page by itself, for whoever writes the type: in each of its languages, as the pages of the issuer
/// will show it. All that is needed is in the page, pictures from elsewhere excepted.
public final class CardPreview {
    private CardPreview() {}

    /// @param id the type's
    public static String html(String id, CredentialConfiguration configuration, String issuerName) {
        var languages = configuration.display().stream()
                .map(CredentialDisplay::locale)
                .flatMap(Optional::stream)
                .toList();
        var cards = (languages.isEmpty() ? List.of("") : languages)
                .stream()
                        .map(language -> CredentialCard.of(id, 0, configuration, Languages.of(language)))
                        .toList();
        return engine().process(
                        "preview",
                        new Context(
                                Locale.ENGLISH,
                                Map.of(
                                        "issuerName",
                                        issuerName,
                                        "cards",
                                        cards,
                                        "css",
                                        asset("intaglio.css") + "\n" + CardStyles.css(List.of(configuration)))));
    }

    private static SpringTemplateEngine engine() {
        var resolver = new ClassLoaderTemplateResolver(CardPreview.class.getClassLoader());
        resolver.setPrefix("templates/");
        resolver.setSuffix(".html");
        resolver.setTemplateMode(TemplateMode.HTML);
        resolver.setCharacterEncoding(StandardCharsets.UTF_8.name());
        var engine = new SpringTemplateEngine();
        engine.setTemplateResolver(resolver);
        return engine;
    }

    private static String asset(String name) {
        try (var resource = CardPreview.class.getResourceAsStream("/assets/" + name)) {
            if (resource == null) {
                throw new IllegalStateException("the resource /assets/" + name + " is missing");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
