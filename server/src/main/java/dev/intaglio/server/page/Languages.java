package dev.intaglio.server.page;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The languages a reader likes, best first (RFC 9110, section 12.5.4).
public final class Languages {
    /// Those our own texts are in; the first for readers of any other.
    private static final List<Locale> OURS = List.of(Locale.ENGLISH, Locale.GERMAN, Locale.FRENCH);

    private final List<Locale.LanguageRange> ranges;

    private Languages(List<Locale.LanguageRange> ranges) {
        this.ranges = ranges;
    }

    /// @param acceptLanguage the header; what cannot be read is as if it were not there
    public static Languages of(@Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.length() > 1000) {
            return new Languages(List.of());
        }
        try {
            return new Languages(Locale.LanguageRange.parse(acceptLanguage).stream()
                    .filter(range -> range.getWeight() > 0)
                    .toList());
        } catch (IllegalArgumentException malformed) {
            return new Languages(List.of());
        }
    }

    /// What a page was asked for in (`ui_locales`, as OpenID Connect has it), before what the browser likes.
    ///
    /// @param uiLocales tags with spaces between them; what cannot be read is as if it were not there
    public static Languages of(@Nullable String uiLocales, @Nullable String acceptLanguage) {
        var liked = of(acceptLanguage);
        return uiLocales == null
                ? liked
                : new Languages(Stream.concat(
                                of(uiLocales.strip().replace(' ', ',')).ranges.stream(), liked.ranges.stream())
                        .toList());
    }

    /// For readers who like none that there is, another one.
    ///
    /// @param usual as a BCP 47 tag
    Languages or(String usual) {
        return new Languages(Stream.concat(ranges.stream(), Stream.of(new Locale.LanguageRange(usual)))
                .toList());
    }

    /// The text in the language liked best; if there is none in any, the one that names no language, or the first.
    ///
    /// @param locale the language of a text, as a BCP 47 tag
    public <T> Optional<T> choose(List<T> texts, Function<T, Optional<String>> locale) {
        for (var range : ranges) {
            // By lookup, `de-AT` finds `de`; by filtering, `de` finds `de-CH` (RFC 4647, section 3).
            var tags = texts.stream().map(locale).flatMap(Optional::stream).toList();
            var tag = Optional.ofNullable(Locale.lookupTag(List.of(range), tags))
                    .or(() -> Locale.filterTags(List.of(range), tags).stream().findFirst());
            var found = tag.flatMap(wanted -> texts.stream()
                    .filter(text ->
                            locale.apply(text).filter(wanted::equalsIgnoreCase).isPresent())
                    .findFirst());
            if (found.isPresent()) {
                return found;
            }
        }
        return texts.stream()
                .filter(text -> locale.apply(text).isEmpty())
                .findFirst()
                .or(() -> texts.stream().findFirst());
    }

    /// The language of our own texts.
    public Locale ofPages() {
        return choose(OURS, locale -> Optional.of(locale.toLanguageTag())).orElse(OURS.getFirst());
    }
}
