package dev.intaglio.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.keys.Pem;
import dev.intaglio.keys.development.DevelopmentCa;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    private static final String UNSIGNED = "eyJhbGciOiJub25lIn0.eyJhIjoxfQ.";

    @TempDir
    private Path directory;

    @Test
    @DisplayName("the text is an argument, a file or the standard input")
    void readsFromEverywhere() throws IOException {
        Files.writeString(directory.resolve("file"), UNSIGNED + "\n");

        var argument = Ran.in(directory).run("inspect", UNSIGNED);
        assertThat(argument.code()).isZero();
        assertThat(argument.out()).startsWith("JWT\n");
        assertThat(Ran.in(directory).run("inspect", "@file")).isEqualTo(argument);
        assertThat(Ran.in(directory).reading(UNSIGNED).run("inspect", "-")).isEqualTo(argument);
    }

    @Test
    @DisplayName("rubbish ends with 1 and what it looks like")
    void saysWhatRubbishLooksLike() {
        var ran = Ran.in(directory).run("inspect", "what is this?", "--json");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.json().string("looks_like")).contains("text of 13 characters");
    }

    @Test
    @DisplayName("with --trust, what nobody vouches for ends with 1")
    void endsWithVerdict() throws IOException {
        var ca = DevelopmentCa.create("Test", Clock.systemUTC(), new SecureRandom());
        Files.writeString(directory.resolve("anchor.pem"), Pem.write(List.of(ca.anchor())));

        assertThat(Ran.in(directory)
                        .run("inspect", UNSIGNED, "--trust", "anchor.pem")
                        .code())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("--status without --trust is told what is missing")
    void statusNeedsTrust() {
        var ran = Ran.in(directory).run("inspect", UNSIGNED, "--status");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("--status needs --trust");
    }

    @Test
    @DisplayName("a file there is not is named")
    void namesMissingFile() {
        var ran = Ran.in(directory).run("inspect", "@missing");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("there is no file missing").contains("inspect @FILE");
    }

    @Test
    @DisplayName("what stands in a text cannot command the terminal")
    void isHarmless() {
        var hostile = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"name\":\"\\u001b[2J\\u202eevil\",\"a\\nb\":1}".getBytes(StandardCharsets.UTF_8));
        var ran = Ran.in(directory).run("inspect", "eyJhbGciOiJub25lIn0." + hostile + ".");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("evil").doesNotContain("\u001b", "\u202e");
    }
}
