package dev.intaglio.server.page;

import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// The pages of an issuer.
///
/// @param language The language for readers who like none that there is, as a BCP 47 tag. By default English for our own
///     texts, and what comes first for those of the issuer.
/// @param accent The colour of buttons and links, as #rrggbb, dark enough for white text on it. In the dark they keep the usual one.
@ConfigurationProperties("intaglio.pages")
public record PageProperties(Optional<String> language, Optional<String> accent) {
    private static final double READABLE = 4.5;

    public PageProperties {
        language = orEmpty(language);
        accent = orEmpty(accent);
        language.ifPresent(PageProperties::requireTag);
        if (accent.filter(color -> !color.matches("#[0-9a-fA-F]{6}")).isPresent()) {
            throw new IllegalArgumentException("intaglio.pages.accent is a colour such as #1f5f52");
        }
        if (accent.filter(color -> contrastToWhite(color) < READABLE).isPresent()) {
            throw new IllegalArgumentException("intaglio.pages.accent is too light: white text on it has a contrast of"
                    + " less than 4.5 to 1 (WCAG 2.2, 1.4.3)");
        }
    }

    private static void requireTag(String tag) {
        try {
            new Locale.Builder().setLanguageTag(tag);
        } catch (IllformedLocaleException malformed) {
            throw new IllegalArgumentException("intaglio.pages.language is a language tag such as de", malformed);
        }
    }

    private static double contrastToWhite(String color) {
        var luminance = 0.2126 * linear(color, 1) + 0.7152 * linear(color, 3) + 0.0722 * linear(color, 5);
        return 1.05 / (luminance + 0.05);
    }

    private static double linear(String color, int at) {
        var part = Integer.parseInt(color.substring(at, at + 2), 16) / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }

    @SuppressWarnings("NullableOptional") // Spring Boot binds what is not set to null.
    private static <T> Optional<T> orEmpty(@Nullable Optional<T> bound) {
        return bound == null ? Optional.empty() : bound;
    }
}
