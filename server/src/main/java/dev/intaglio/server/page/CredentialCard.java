package dev.intaglio.server.page;

import dev.intaglio.protocol.metadata.ClaimDisplay;
import dev.intaglio.protocol.metadata.ClaimsDescription;
import dev.intaglio.protocol.metadata.ClaimsPath;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.metadata.CredentialDisplay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// A credential as a reader sees it before having it. For templates, where what is absent is an empty string.
///
/// @param style the class of its colours in [CardStyles]
/// @param lang the language of its texts; empty if unknown
/// @param logo the address of its picture; empty for none
/// @param lines what it will hold
public record CredentialCard(
        String id,
        String style,
        String name,
        String lang,
        String description,
        String logo,
        String logoText,
        List<Line> lines) {
    /// A claim, with the claims inside it.
    ///
    /// @param inside their names, as a list to read
    public record Line(String name, String inside) {}

    static CredentialCard of(String id, int number, CredentialConfiguration configuration, Languages languages) {
        var display = languages.choose(configuration.display(), CredentialDisplay::locale);
        return new CredentialCard(
                id,
                CardStyles.styleClass(
                        number, display.map(configuration.display()::indexOf).orElse(0)),
                display.map(CredentialDisplay::name).orElse(id),
                display.flatMap(CredentialDisplay::locale).orElse(""),
                display.flatMap(CredentialDisplay::description).orElse(""),
                display.flatMap(CredentialDisplay::logo)
                        .map(logo -> logo.uri().toString())
                        .orElse(""),
                display.flatMap(CredentialDisplay::logo)
                        .flatMap(logo -> logo.altText())
                        .orElse(""),
                lines(configuration.claims(), languages));
    }

    private static List<Line> lines(List<ClaimsDescription> claims, Languages languages) {
        var inside = new LinkedHashMap<ClaimsPath.Element, List<String>>();
        for (var claim : claims) {
            var elements = claim.path().elements();
            var names = inside.computeIfAbsent(elements.getFirst(), first -> new ArrayList<>());
            // The elements of a list are called much as the list is.
            if (elements.size() > 1 && !(elements.getLast() instanceof ClaimsPath.Element.All)) {
                names.add(name(claim, languages));
            }
        }
        return inside.entrySet().stream()
                .map(entry -> new Line(
                        claims.stream()
                                .filter(claim -> claim.path().elements().equals(List.of(entry.getKey())))
                                .findFirst()
                                .map(claim -> name(claim, languages))
                                .orElseGet(() -> new ClaimsPath(List.of(entry.getKey())).toString()),
                        String.join(", ", entry.getValue())))
                .toList();
    }

    private static String name(ClaimsDescription claim, Languages languages) {
        Optional<ClaimDisplay> display = languages.choose(claim.display(), ClaimDisplay::locale);
        return display.flatMap(ClaimDisplay::name).orElseGet(() -> claim.path().toString());
    }
}
