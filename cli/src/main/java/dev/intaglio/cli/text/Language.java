package dev.intaglio.cli.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Chooses among texts in several languages the one for this person.
public final class Language {
    private Language() {}

    /// The person's language and country, the language alone, English, the text without a language, the first there is.
    ///
    /// @param tag where a text says its BCP 47 language tag
    public static <T> Optional<T> choose(List<T> texts, Locale person, Function<T, Optional<String>> tag) {
        return first(texts, tag, locale -> locale.toLanguageTag().equals(person.toLanguageTag()))
                .or(() -> first(texts, tag, locale -> locale.getLanguage().equals(person.getLanguage())))
                .or(() -> first(texts, tag, locale -> locale.getLanguage().equals("en")))
                .or(() ->
                        texts.stream().filter(text -> tag.apply(text).isEmpty()).findFirst())
                .or(() -> texts.stream().findFirst());
    }

    private static <T> Optional<T> first(List<T> texts, Function<T, Optional<String>> tag, Predicate<Locale> fits) {
        return texts.stream()
                .filter(text ->
                        tag.apply(text).map(Locale::forLanguageTag).filter(fits).isPresent())
                .findFirst();
    }
}
