package dev.intaglio.cli;

import dev.intaglio.issuer.log.Checkpoint;
import dev.intaglio.issuer.log.CheckpointKeys;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Where the lines of an issuance log come from, and what they are held against.
final class LogLines {
    private static final int AT_ONCE = 5_000;

    private LogLines() {}

    /// All there are at the server, piece by piece.
    static void ofServer(AdminClient admin, Consumer<String> line) {
        var from = 0L;
        while (true) {
            var text = admin.answer(Request.get(admin.address("/admin/v1/log?from=" + from + "&limit=" + AT_ONCE)))
                    .bodyText();
            var lines = text.lines().toList();
            lines.forEach(line);
            var next = lines.isEmpty() ? from : size(lines.getLast()).orElse(from);
            if (next <= from) {
                return;
            }
            from = next;
        }
    }

    private static Optional<Long> size(String line) {
        try {
            return Json.readObject(line.getBytes(StandardCharsets.UTF_8))
                    .optionalString("checkpoint")
                    .map(jwt -> Checkpoint.read(jwt).size());
        } catch (IllegalArgumentException damaged) {
            return Optional.empty(); // the verifier says what is wrong with it
        }
    }

    static void ofFile(Terminal terminal, String file, Consumer<String> line) {
        try (BufferedReader reader = Files.newBufferedReader(terminal.path(file), StandardCharsets.UTF_8)) {
            for (var read = reader.readLine(); read != null; read = reader.readLine()) {
                line.accept(read);
            }
        } catch (IOException unreadable) {
            throw new CommandFailure(
                    "cannot read " + file + ": " + unreadable,
                    "Make one:  " + terminal.command() + " log export --out FILE",
                    unreadable);
        }
    }

    /// Of the authorities the auditor trusts; if none is named, the key that each checkpoint names.
    static CheckpointKeys keys(Terminal terminal, List<String> trust) {
        return Trust.read(terminal, trust).<CheckpointKeys>map(LogLines::of).orElseGet(CheckpointKeys::asNamed);
    }

    private static CheckpointKeys of(TrustAnchors anchors) {
        return CheckpointKeys.of(anchors);
    }

    /// A file with a checkpoint: the JWT itself, or JSON around it.
    static Checkpoint checkpoint(Terminal terminal, String file) {
        try {
            Path path = terminal.path(file);
            var text = Files.readString(path, StandardCharsets.UTF_8).strip();
            return Checkpoint.read(
                    text.startsWith("{")
                            ? Json.readObject(text.getBytes(StandardCharsets.UTF_8))
                                    .string("checkpoint")
                            : text);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new CommandFailure(
                    "cannot read a checkpoint from " + file + ": " + unreadable.getMessage(),
                    "A checkpoint is what  " + terminal.command() + " log verify --keep FILE  left there.",
                    unreadable);
        }
    }
}
