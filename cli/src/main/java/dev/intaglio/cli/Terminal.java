package dev.intaglio.cli;

import dev.intaglio.cli.text.Printable;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Where a command runs: what it reads, where it writes, whom it may ask. Commands reach for none of it themselves, so a
/// test can be the terminal.
///
/// @param question puts a question to the person and waits for the answer; absent if nobody sits there
/// @param browser opens an address in the person's browser, if there is one; whether it did is not known
/// @param directory what relative paths start from
public record Terminal(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Optional<Function<String, Optional<String>>> question,
        Consumer<URI> browser,
        Map<String, String> environment,
        Path directory,
        Locale locale,
        Clock clock) {

    /// The one this process was started in.
    static Terminal system() {
        return new Terminal(
                System.in,
                utf8IfNothingIsSaid(System.out, "stdout.encoding"),
                utf8IfNothingIsSaid(System.err, "stderr.encoding"),
                Optional.ofNullable(System.console()).map(Terminal::questions),
                Terminal::browse,
                System.getenv(),
                Path.of(""),
                language(System.getenv(), Locale.getDefault()),
                Clock.systemUTC());
    }

    /// The language the environment asks for, in the order of POSIX. Java follows it only where the system has the locale
    /// installed, which is for sorting and dates; texts come from issuers, in languages of their choice.
    static Locale language(Map<String, String> environment, Locale otherwise) {
        for (var name : List.of("LC_ALL", "LC_MESSAGES", "LANG")) {
            var value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                var tag = value.replaceFirst("[.@].*", "").replace('_', '-');
                var locale = Locale.forLanguageTag(tag);
                return locale.getLanguage().matches("[a-z]{2,3}") ? locale : otherwise; // C and POSIX are none
            }
        }
        return otherwise;
    }

    /// Prints one or more lines for reading, harmless whatever strangers put into them.
    void say(String lines) {
        out.println(Printable.lines(lines));
    }

    /// Prints as [#say] does, beside the output.
    void note(String lines) {
        err.println(Printable.lines(lines));
    }

    /// How the person calls this command, for what we suggest to try.
    String command() {
        return environment.getOrDefault("INTAGLIO_COMMAND", "intaglio");
    }

    /// A path as the person typed it.
    Path path(String typed) {
        return directory.resolve(typed);
    }

    /// Without a locale the JVM writes ASCII, and a QR code becomes question marks; terminals have read UTF-8 for long.
    private static PrintStream utf8IfNothingIsSaid(PrintStream stream, String property) {
        var encoding = System.getProperty(property, "");
        var nothingSaid = encoding.isEmpty()
                || !Charset.isSupported(encoding)
                || Charset.forName(encoding).equals(StandardCharsets.US_ASCII);
        return nothingSaid ? new PrintStream(stream, true, StandardCharsets.UTF_8) : stream;
    }

    /// By the system's own command: Java's way would load its windows.
    private static void browse(URI address) {
        var system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        var command = system.contains("mac")
                ? List.of("open", address.toString())
                : system.contains("windows")
                        ? List.of("rundll32", "url.dll,FileProtocolHandler", address.toString())
                        : List.of("xdg-open", address.toString());
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException none) {
            // No browser here: the address has been printed, for one elsewhere.
        }
    }

    private static Function<String, Optional<String>> questions(Console console) {
        return question -> Optional.ofNullable(console.readLine("%s", Printable.line(question)))
                .map(String::strip);
    }
}
