package dev.intaglio.server.page;

import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import dev.intaglio.protocol.metadata.IssuerDisplay;
import dev.intaglio.protocol.metadata.Logo;
import dev.intaglio.spring.AssembledIssuer;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/// The issuer and its credentials in a reader's language.
public final class IssuerPages {
    private static final String UI_LOCALES = "ui_locales";

    private final CredentialIssuerMetadata metadata;
    private final List<String> configurationIds;
    private final PageProperties settings;

    /// Those of the issuer a request is for.
    public static IssuerPages of(AssembledIssuer issuer) {
        return issuer.keep(IssuerPages.class, IssuerPages::new);
    }

    private IssuerPages(AssembledIssuer issuer) {
        metadata = issuer.issuer().metadata();
        settings = issuer.parts().settings().of(PageProperties.class);
        configurationIds = List.copyOf(metadata.configurations().keySet());
    }

    /// Which languages a reader likes here: those the page was asked for in, those of the browser, that of the issuer.
    public Languages languages(HttpServletRequest request) {
        var asked = request.getMethod().equals("GET") ? request.getParameter(UI_LOCALES) : null;
        var languages = Languages.of(
                asked == null ? UiLocales.of(request) : asked, request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        return orUsual(languages);
    }

    Languages orUsual(Languages languages) {
        return settings.language().map(languages::or).orElse(languages);
    }

    /// Where the issuer's picture is; empty for none.
    String issuerLogo(Languages languages) {
        return languages
                .choose(metadata.display(), IssuerDisplay::locale)
                .flatMap(IssuerDisplay::logo)
                .map(logo -> logo.uri().toString())
                .orElse("");
    }

    /// What the issuer is called; its host if it has no name.
    public String issuerName(Languages languages) {
        return languages
                .choose(metadata.display(), IssuerDisplay::locale)
                .flatMap(IssuerDisplay::name)
                .orElse(metadata.credentialIssuer().getHost());
    }

    /// @param ids those that are no longer issued are left out
    public List<CredentialCard> cards(List<String> ids, Languages languages) {
        var cards = new ArrayList<CredentialCard>();
        for (var id : ids) {
            Optional.ofNullable(metadata.configurations().get(id))
                    .ifPresent(configuration ->
                            cards.add(CredentialCard.of(id, configurationIds.indexOf(id), configuration, languages)));
        }
        return cards;
    }

    List<CredentialCard> allCards(Languages languages) {
        return cards(configurationIds, languages);
    }

    String css() {
        var accent = settings.accent()
                .map(color -> "@media (prefers-color-scheme: light) { :root { --accent: " + color
                        + "; --accent-text: #ffffff; } }\n")
                .orElse("");
        return accent + CardStyles.css(metadata.configurations().values());
    }

    /// Where pictures come from that are not ours: a page may load them from nowhere else.
    List<String> pictureOrigins() {
        var credentials =
                metadata.configurations().values().stream().flatMap(configuration -> configuration.display().stream());
        var ofCredentials = credentials.flatMap(
                display -> Stream.concat(display.logo().map(Logo::uri).stream(), display.backgroundImage().stream()));
        var ofIssuer = metadata.display().stream().flatMap(display -> display.logo().map(Logo::uri).stream());
        return Stream.concat(ofIssuer, ofCredentials)
                .filter(uri -> "https".equals(uri.getScheme()) && uri.getHost() != null)
                .map(IssuerPages::origin)
                .distinct()
                .toList();
    }

    private static String origin(URI uri) {
        return "https://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }
}
