package dev.intaglio.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.ClaimsDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    @Nested
    @DisplayName("Printable: text of strangers has no power over the terminal")
    class PrintableText {
        @Test
        @DisplayName("control characters, directions and unpaired surrogates are shown, not obeyed")
        void takesTeethOut() {
            assertThat(Printable.line("a\u001b[2Jb\u0007c\u009bd\u202ee\u2066f\ud800g\u2028h\r"))
                    .isEqualTo("a�[2Jb�c�d�e�f�g�h�");
        }

        @Test
        @DisplayName("words of every script stay as they are, with the joiners they need")
        void keepsWords() {
            var words = "Łoś 山田 محمد 👩\u200d🚀 क्\u200dष";
            assertThat(Printable.line(words)).isEqualTo(words);
        }

        @Test
        @DisplayName("lines stay lines only where there may be several")
        void keepsLines() {
            assertThat(Printable.lines("a\nb\tc")).isEqualTo("a\nb\tc");
            assertThat(Printable.line("a\nb\tc")).isEqualTo("a b c");
        }

        @Test
        @DisplayName("what is cut is said, and no character is cut in two")
        void cuts() {
            assertThat(Printable.line("abcdef", 3)).isEqualTo("abc… (6 characters)");
            assertThat(Printable.line("ab🚀def", 3)).isEqualTo("ab… (7 characters)");
        }
    }

    @Nested
    @DisplayName("Tree")
    class Trees {
        @Test
        @DisplayName("parts hang on branches, their texts below one another")
        void draws() {
            var tree = Tree.of(
                    "Box",
                    "",
                    Tree.of("lid", "oak"),
                    Tree.of("bottom", "fir", Tree.of("nail", "")),
                    Tree.of("x", "1\n2"));

            assertThat(tree.render()).isEqualTo("""
                    Box
                    ├─ lid     oak
                    ├─ bottom  fir
                    │  └─ nail
                    └─ x       1 2
                    """);
        }
    }

    @Nested
    @DisplayName("Times")
    class TimesTest {
        private final Instant now = Instant.parse("2026-11-21T07:00:00Z");

        @ParameterizedTest
        @CsvSource({
            "PT0.4S, now",
            "PT1S, in 1 second",
            "PT90S, in 90 seconds",
            "PT10M, in 10 minutes",
            "PT3H, in 3 hours",
            "P14D, in 14 days",
            "P3650D, in 10 years",
            "-PT5M, 5 minutes ago",
            "-P1D, 24 hours ago"
        })
        @DisplayName("distances are told roughly")
        void tellsDistance(Duration distance, String told) {
            assertThat(Times.relative(now.plus(distance), now)).isEqualTo(told);
        }

        @Test
        @DisplayName("nouns are counted")
        void counts() {
            assertThat(Times.plural(1, "copy")).isEqualTo("1 copy");
            assertThat(Times.plural(2, "copy")).isEqualTo("2 copies");
            assertThat(Times.plural(0, "key")).isEqualTo("0 keys");
        }
    }

    @Nested
    @DisplayName("Language")
    class Languages {
        private static Optional<String> choose(String person, String... tags) {
            return Language.choose(
                    List.of(tags),
                    Locale.forLanguageTag(person),
                    tag -> tag.isEmpty() ? Optional.empty() : Optional.of(tag));
        }

        @Test
        @DisplayName("the nearest is chosen: country, language, English, none, first")
        void chooses() {
            assertThat(choose("de-AT", "en", "de", "de-AT")).contains("de-AT");
            assertThat(choose("de-AT", "en", "de-CH")).contains("de-CH");
            assertThat(choose("pt", "fr", "en-GB", "")).contains("en-GB");
            assertThat(choose("pt", "fr", "")).contains("");
            assertThat(choose("pt", "fr", "it")).contains("fr");
            assertThat(choose("pt")).isEmpty();
        }
    }

    @Nested
    @DisplayName("ClaimSheet")
    class Sheets {
        private static final List<ClaimsDescription> DESCRIPTIONS = Json.readObject("""
                {"claims":[
                  {"path":["name"],"display":[{"name":"Name","locale":"en"},{"name":"Nom","locale":"fr"}]},
                  {"path":["courses",null,"title"],"display":[{"name":"Title","locale":"en"}]},
                  {"path":["courses",null],"display":[{"name":"Course","locale":"en"}]},
                  {"path":["exp"],"display":[{"name":"Expiry","locale":"en"}]}]}""").objects("claims").stream()
                .map(ClaimsDescription::read)
                .toList();

        private static String sheet(String claims, Locale person, List<ClaimsDescription> descriptions) {
            JsonObject json = Json.readObject(claims);
            return new Tree("-", "", new ClaimSheet(descriptions, person).of(json)).render();
        }

        @Test
        @DisplayName("claims stand in the order of the metadata under its labels, others last under their own names")
        void labels() {
            var claims = """
                    {"extra":{"a":null,"b":1.50},"courses":[{"title":"Plankton","credits":12},{"title":"Coasts"}],"name":"Ada",
                     "iss":"https://issuer.example","nationalities":["FR","PL"],"adult":true,"none":[],"exp":17,"n":null}""";

            assertThat(sheet(claims, Locale.FRANCE, DESCRIPTIONS)).isEqualTo("""
                    -
                    ├─ Nom            Ada
                    ├─ courses
                    │  ├─ Course 1
                    │  │  ├─ Title    Plankton
                    │  │  └─ credits  12
                    │  └─ Course 2
                    │     └─ Title  Coasts
                    ├─ Expiry         17
                    ├─ extra
                    │  └─ b  1.50
                    ├─ nationalities  FR, PL
                    ├─ adult          yes
                    └─ none           –
                    """);
        }

        @Test
        @DisplayName("a picture is told by its kind and size")
        void tellsPictures() {
            assertThat(sheet(
                            "{\"picture\":\"data:image/png;base64,%s\"}".formatted("A".repeat(4_000)),
                            Locale.ENGLISH,
                            List.of()))
                    .contains("picture  (image/png, 3,000 bytes)");
        }
    }
}
