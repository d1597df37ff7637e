package dev.intaglio.cli;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// What a command did.
record Ran(int code, String out, String err) {
    /// The last line, as machines read it.
    JsonObject json() {
        var lines = out.strip().split("\n");
        return Json.readObject(lines[lines.length - 1].getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT);
    }

    /// In a directory nobody needs.
    static Ran command(String... arguments) {
        return in(Path.of("target")).run(arguments);
    }

    static Sitting in(Path directory) {
        return new Sitting(directory);
    }

    /// Somebody, or nobody, in front of a terminal.
    static final class Sitting {
        private final Path directory;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final Map<String, String> environment = new HashMap<>();
        private final Deque<String> answers = new ArrayDeque<>();
        private Optional<Function<String, Optional<String>>> question = Optional.empty();
        private Locale locale = Locale.ENGLISH;
        private Clock clock = Clock.systemUTC();
        private byte[] in = {};
        private Consumer<URI> browser = address -> {};

        private Sitting(Path directory) {
            this.directory = directory;
        }

        /// Sits there and enters these one after another, then nothing.
        Sitting answering(String... entered) {
            answers.addAll(List.of(entered));
            question = Optional.of(asked -> {
                out.writeBytes((asked + "\n").getBytes(StandardCharsets.UTF_8));
                return Optional.ofNullable(answers.poll());
            });
            return this;
        }

        Sitting speaking(Locale language) {
            locale = language;
            return this;
        }

        Sitting at(Clock time) {
            clock = time;
            return this;
        }

        /// Has a browser.
        Sitting browsing(Consumer<URI> opener) {
            browser = opener;
            return this;
        }

        Sitting reading(String text) {
            in = text.getBytes(StandardCharsets.UTF_8);
            return this;
        }

        Sitting with(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        Ran run(String... arguments) {
            var terminal = new Terminal(
                    new ByteArrayInputStream(in),
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    question,
                    browser,
                    environment,
                    directory,
                    locale,
                    clock);
            var code = Main.run(terminal, arguments);
            return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }

        /// What was printed so far, by a command that is still running.
        String printed() {
            return out.toString(StandardCharsets.UTF_8);
        }
    }
}
