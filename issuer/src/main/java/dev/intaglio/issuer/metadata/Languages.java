package dev.intaglio.issuer.metadata;

import dev.intaglio.protocol.http.Preferences;
import dev.intaglio.protocol.metadata.ClaimDisplay;
import dev.intaglio.protocol.metadata.ClaimsDescription;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.metadata.CredentialDisplay;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import dev.intaglio.protocol.metadata.IssuerDisplay;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which of the languages of our texts a wallet reads (§12.2.2). No text disappears: where something is shown in none of
/// these languages, it stays in all.
///
/// @param tags BCP 47, in lower case
record Languages(Set<String> tags) {
    /// Empty if everything is to be sent: nothing was asked for, anything will do, or we have none of it.
    static Optional<Languages> among(CredentialIssuerMetadata metadata, Preferences wanted) {
        var ranges = wanted.values().stream()
                .filter(preference -> preference.weight() > 0)
                .map(Preferences.Preference::value)
                .toList();
        if (ranges.isEmpty() || ranges.contains("*")) {
            return Optional.empty();
        }
        var ours = locales(metadata).map(Languages::lower).collect(Collectors.toUnmodifiableSet());
        var found = ranges.stream().flatMap(range -> matches(range, ours)).collect(Collectors.toUnmodifiableSet());
        return found.isEmpty() ? Optional.empty() : Optional.of(new Languages(found));
    }

    /// `de` finds `de` and `de-AT`, and `fr-CH`, if there is no such text, finds `fr` (RFC 4647, sections 3.3.1 and 3.4).
    private static Stream<String> matches(String range, Set<String> ours) {
        var narrower = ours.stream()
                .filter(tag -> tag.equals(range) || tag.startsWith(range + "-"))
                .toList();
        if (!narrower.isEmpty()) {
            return narrower.stream();
        }
        for (var end = range.lastIndexOf('-'); end > 0; end = range.lastIndexOf('-', end - 1)) {
            var wider = range.substring(0, end);
            if (ours.contains(wider)) {
                return Stream.of(wider);
            }
        }
        return Stream.empty();
    }

    /// The metadata with texts in these languages.
    CredentialIssuerMetadata only(CredentialIssuerMetadata metadata) {
        var configurations = new LinkedHashMap<String, CredentialConfiguration>();
        metadata.configurations()
                .forEach((id, configuration) -> configurations.put(
                        id,
                        configuration.withDisplay(
                                only(configuration.display(), CredentialDisplay::locale),
                                configuration.claims().stream().map(this::only).toList())));
        return metadata.withDisplay(only(metadata.display(), IssuerDisplay::locale), configurations);
    }

    private ClaimsDescription only(ClaimsDescription claim) {
        return new ClaimsDescription(claim.path(), claim.mandatory(), only(claim.display(), ClaimDisplay::locale));
    }

    private <T> List<T> only(List<T> texts, Function<T, Optional<String>> locale) {
        var readable = texts.stream()
                .filter(text -> locale.apply(text)
                        .filter(tag -> !tags.contains(lower(tag)))
                        .isEmpty())
                .toList();
        return readable.isEmpty() ? texts : readable;
    }

    /// For `Content-Language`: every language that is in what is sent.
    Set<String> returned(CredentialIssuerMetadata metadata) {
        return locales(only(metadata)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> locales(CredentialIssuerMetadata metadata) {
        var texts = metadata.configurations().values().stream()
                .flatMap(configuration -> Stream.concat(
                        configuration.display().stream().map(CredentialDisplay::locale),
                        configuration.claims().stream()
                                .flatMap(claim -> claim.display().stream())
                                .map(ClaimDisplay::locale)));
        return Stream.concat(metadata.display().stream().map(IssuerDisplay::locale), texts)
                .flatMap(Optional::stream);
    }

    private static String lower(String tag) {
        return tag.toLowerCase(Locale.ROOT);
    }
}
