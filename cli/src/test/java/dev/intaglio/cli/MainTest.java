package dev.intaglio.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @Test
    @DisplayName("without a command it says which there are")
    void showsCommands() {
        var ran = Ran.command();

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("demo", "serve", "offer", "receive", "inspect", "version", "help");
        assertThat(ran.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "serve", "offer", "receive", "inspect", "version"})
    @DisplayName("each command describes itself and each of its options")
    void describesEachCommand(String command) {
        var help = Ran.command(command, "--help");

        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: intaglio " + command).contains("--json");
        assertThat(help.out().lines().filter(line -> line.matches("\\s+(-\\w, )?--\\S+\\s*")))
                .isEmpty();
        assertThat(Ran.command("help", command).out()).isEqualTo(help.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dmo                       | there is no command dmo        | Did you mean demo?
            demo --exti               | --exti                         | demo --help
            demo --dpop --bearer      | mutually exclusive             | demo --help
            demo --configuration      | --configuration                | demo --help
            offer pid                 | --subject                      | offer --help
            offer --subject erika     | CREDENTIAL                     | offer --help
            offer pid --subject erika --valid-for soon | soon          | offer --help
            receive                   | LINK                           | receive --help
            receive link --copies 0   | --copies                       | receive --help
            receive link --copies few | few                            | receive --help
            inspect                   | TEXT                           | inspect --help
            serve --port http         | http                           | serve --help
            """)
    @DisplayName("a command line that cannot be understood ends with 2 and says what to try")
    void explainsMisuse(String line, String message, String next) {
        var ran = Ran.command(line.split(" "));

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(message).contains(next);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    @DisplayName("the version is told to people and to machines")
    void tellsVersion() {
        assertThat(Ran.command("version").out())
                .startsWith("intaglio ")
                .contains("Java " + Runtime.version().feature());
        assertThat(Ran.command("version", "--json").json().string("openid4vci")).isEqualTo("1.0");
    }

    @Test
    @DisplayName("a failure is an object for machines, too")
    void tellsMachinesOfFailures() {
        var ran = Ran.command("receive", "rubbish", "--json");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.json().string("error")).contains("expected a credential offer link");
        assertThat(ran.json().has("next")).isTrue();
    }

    @Test
    @DisplayName("what to try is called as the person called us")
    void keepsCommandName() {
        var ran =
                Ran.in(Path.of("target")).with("INTAGLIO_COMMAND", "./intaglio").run("dmo");

        assertThat(ran.err()).contains("./intaglio --help");
    }

    @ParameterizedTest
    @CsvSource({
        "de_DE.UTF-8, de-DE",
        "fr_FR@euro, fr-FR",
        "es, es",
        "C, en",
        "C.UTF-8, en",
        "POSIX, en",
        "'', en",
        "/, en"
    })
    @DisplayName("the language is that of the environment")
    void followsEnvironment(String value, String expected) {
        assertThat(Terminal.language(Map.of("LANG", value), Locale.ENGLISH).toLanguageTag())
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("LC_ALL goes before LC_MESSAGES, and that before LANG")
    void followsOrderOfPosix() {
        var environment = Map.of("LANG", "it_IT.UTF-8", "LC_MESSAGES", "fr_FR.UTF-8", "LC_ALL", "de_DE.UTF-8");

        assertThat(Terminal.language(environment, Locale.ENGLISH)).isEqualTo(Locale.GERMANY);
    }
}
