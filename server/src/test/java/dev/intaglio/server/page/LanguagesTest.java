package dev.intaglio.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {
    private static final List<Optional<String>> TEXTS =
            List.of(Optional.of("en"), Optional.of("de-CH"), Optional.of("fr"), Optional.of("pt-BR"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fr                     | fr
            fr-CA                  | fr
            FR                     | fr
            de                     | de-CH
            nl, pt;q=0.3, fr;q=0.8 | fr
            fr;q=0, de             | de-CH
            nl                     | en
            *                      | en
            ;;;                    | en
            """)
    @DisplayName("the text in the language liked best is chosen")
    void chooses(String acceptLanguage, String chosen) {
        assertThat(Languages.of(acceptLanguage).choose(TEXTS, text -> text)).contains(Optional.of(chosen));
    }

    @Test
    @DisplayName("if there is none, the text without a language is")
    void prefersTextWithoutLanguage() {
        var texts = List.of(Optional.of("en"), Optional.<String>empty());

        assertThat(Languages.of("nl").choose(texts, text -> text)).contains(Optional.empty());
    }

    @Test
    @DisplayName("of no texts none is chosen")
    void nothingToChoose() {
        assertThat(Languages.of(null).choose(List.<Optional<String>>of(), text -> text))
                .isEmpty();
    }
}
