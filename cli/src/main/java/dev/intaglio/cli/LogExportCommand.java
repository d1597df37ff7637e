package dev.intaglio.cli;

import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `intaglio log export`: the whole log, as lines.
@Command(
        name = "export",
        description = "Write the issuance log to a file, to be kept or verified elsewhere.",
        sortOptions = false)
final class LogExportCommand extends Subcommand {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--out", paramLabel = "FILE", description = "Where to; by default standard output.")
    private @Nullable String out;

    LogExportCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    boolean run() {
        var admin = server.client(terminal());
        var file = out;
        if (file == null) {
            LogLines.ofServer(admin, terminal().out()::println);
            terminal().out().flush();
            return true;
        }
        var lines = new AtomicLong();
        try (var writer = Files.newBufferedWriter(terminal().path(file), StandardCharsets.UTF_8)) {
            LogLines.ofServer(admin, line -> {
                try {
                    writer.write(line);
                    writer.write('\n');
                    lines.incrementAndGet();
                } catch (IOException full) {
                    throw new CommandFailure(
                            "cannot write to " + file + ": " + full, "Is there room for the log?", full);
                }
            });
        } catch (IOException unwritable) {
            throw new CommandFailure(
                    "cannot write to " + file + ": " + unwritable, "Choose another file:  --out FILE", unwritable);
        }
        say(lines + " lines in " + file + "\nTo verify them:  " + terminal().command() + " log verify " + file
                + " --trust ANCHOR.pem");
        result(JsonObject.builder().put("lines", lines.get()).put("file", file).build());
        return true;
    }
}
