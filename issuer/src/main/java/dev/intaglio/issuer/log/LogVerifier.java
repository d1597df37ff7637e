package dev.intaglio.issuer.log;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Verifies an exported log line by line, from its beginning, in memory that does not grow with it: that each record follows the
/// one before, that each checkpoint is signed and about the records before it, and that checkpoints known from elsewhere are
/// about this very log. It stops at the first place that is wrong.
///
/// ```java
/// var verifier = new LogVerifier(CheckpointKeys.of(anchors), List.of(keptCheckpoint));
/// lines.forEach(verifier::line);
/// var result = verifier.end();
/// ```
///
/// Without a known checkpoint it cannot be seen that whole checkpoints are missing at the end.
public final class LogVerifier {
    private final CheckpointKeys keys;
    private final List<Checkpoint> known;
    private final MerkleTree tree = new MerkleTree();
    private Optional<byte[]> last = Optional.empty();
    private Optional<Checkpoint> checkpoint = Optional.empty();
    private Optional<Result.Wrong> wrong = Optional.empty();
    private long lines;
    private long checkpoints;

    /// @param known checkpoints kept from before, or got from others
    public LogVerifier(CheckpointKeys keys, List<Checkpoint> known) {
        this.keys = keys;
        this.known = List.copyOf(known);
    }

    /// What came of it.
    public sealed interface Result {
        /// Nothing was changed. Empty logs have no checkpoint.
        record Whole(long records, long checkpoints, Optional<Checkpoint> last) implements Result {}

        /// @param line where, from 1; one more than there are if it is what is missing at the end
        /// @param what a sentence for the auditor
        record Wrong(long line, String what) implements Result {}
    }

    /// Takes the next line. After something was found wrong, lines are not looked at.
    ///
    /// @return whether all is well so far
    public boolean line(String line) {
        lines++;
        if (wrong.isEmpty()) {
            try {
                checkpoint(line).ifPresentOrElse(this::take, () -> take(LogRecord.read(line)));
            } catch (IllegalArgumentException unreadable) {
                wrong(String.valueOf(unreadable.getMessage()));
            }
        }
        return wrong.isEmpty();
    }

    private static Optional<Checkpoint> checkpoint(String line) {
        JsonObject object;
        try {
            object = Json.readObject(line.getBytes(StandardCharsets.UTF_8));
        } catch (JsonException malformed) {
            throw new IllegalArgumentException(
                    "this is neither a record nor a checkpoint: " + malformed.getMessage(), malformed);
        }
        return object.members().keySet().equals(Set.of("checkpoint"))
                ? Optional.of(Checkpoint.read(object.string("checkpoint")))
                : Optional.empty();
    }

    private void take(LogRecord record) {
        if (record.index() != tree.size()) {
            wrong("record " + tree.size() + " should stand here, not record " + record.index());
            return;
        }
        if (!record.previous().equals(last.map(LogRecord::text).orElse(LogRecord.NONE))) {
            wrong(
                    tree.size() == 0
                            ? "record 0 names a record before it"
                            : "record " + record.index() + " does not follow record " + (record.index() - 1)
                                    + " as it stands here: one of the two was changed");
            return;
        }
        var leaf = record.leaf();
        tree.append(leaf, (level, index, hash) -> {});
        last = Optional.of(leaf);
        for (var kept : known) {
            if (kept.size() == tree.size() && !kept.root().equals(LogRecord.text(tree.root()))) {
                wrong("the records up to here are not those of the known checkpoint of " + kept.size() + " records");
            }
        }
    }

    private void take(Checkpoint next) {
        var before = checkpoint.map(Checkpoint::size).orElse(0L);
        if (next.size() != tree.size()) {
            wrong("the checkpoint is about " + next.size() + " records, and " + tree.size() + " stand before it");
        } else if (next.previous() != before) {
            wrong("the checkpoint follows one of " + next.previous() + " records, and the one before it here has "
                    + before);
        } else if (!next.root().equals(LogRecord.text(tree.root()))) {
            wrong("the records from " + before + " to " + (tree.size() - 1)
                    + " are not those that were signed: the root over them is another");
        } else if (checkpoint.isPresent() && !checkpoint.get().issuer().equals(next.issuer())) {
            wrong("the checkpoint is of another issuer than those before it");
        } else {
            keys.fault(next)
                    .ifPresentOrElse(
                            fault -> wrong("the checkpoint of " + next.size() + " records does not count: " + fault),
                            () -> {
                                checkpoint = Optional.of(next);
                                checkpoints++;
                            });
        }
    }

    private void wrong(String what) {
        wrong = wrong.or(() -> Optional.of(new Result.Wrong(lines, what)));
    }

    /// After the last line.
    public Result end() {
        if (wrong.isPresent()) {
            return wrong.get();
        }
        var signed = checkpoint.map(Checkpoint::size).orElse(0L);
        if (signed != tree.size()) {
            return new Result.Wrong(
                    lines + 1, "no checkpoint is about the records from " + signed + " to " + (tree.size() - 1));
        }
        var missing = new ArrayList<>(known);
        missing.removeIf(kept -> kept.size() <= tree.size());
        if (!missing.isEmpty()) {
            return new Result.Wrong(
                    lines + 1,
                    "the log ends after " + tree.size() + " records, and a known checkpoint is about "
                            + missing.getFirst().size());
        }
        var faults = known.stream().flatMap(kept -> keys.fault(kept).stream()).toList();
        return faults.isEmpty()
                ? new Result.Whole(tree.size(), checkpoints, checkpoint)
                : new Result.Wrong(lines + 1, "the known checkpoint does not count: " + faults.getFirst());
    }
}
