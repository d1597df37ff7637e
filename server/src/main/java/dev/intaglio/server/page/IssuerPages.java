package dev.intaglio.server.page;

import dev.intaglio.issuer.CredentialIssuer;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import dev.intaglio.protocol.metadata.IssuerDisplay;
import dev.intaglio.protocol.metadata.Logo;
import dev.intaglio.spring.AssembledIssuer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The issuer and its credentials in a reader's language.
public final class IssuerPages {
    private final CredentialIssuerMetadata metadata;
    private final List<String> configurationIds;

    /// Those of the issuer a request is for.
    public static IssuerPages of(AssembledIssuer issuer) {
        return issuer.keep(IssuerPages.class, kept -> new IssuerPages(kept.issuer()));
    }

    private IssuerPages(CredentialIssuer issuer) {
        metadata = issuer.metadata();
        configurationIds = List.copyOf(metadata.configurations().keySet());
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
        return CardStyles.css(metadata.configurations().values());
    }

    /// Where pictures come from that are not ours: a page may load them from nowhere else.
    List<String> pictureOrigins() {
        var credentials =
                metadata.configurations().values().stream().flatMap(configuration -> configuration.display().stream());
        return credentials
                .flatMap(display ->
                        Stream.concat(display.logo().map(Logo::uri).stream(), display.backgroundImage().stream()))
                .filter(uri -> "https".equals(uri.getScheme()) && uri.getHost() != null)
                .map(IssuerPages::origin)
                .distinct()
                .toList();
    }

    private static String origin(URI uri) {
        return "https://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }
}
