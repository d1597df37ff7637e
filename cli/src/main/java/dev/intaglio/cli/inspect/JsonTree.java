package dev.intaglio.cli.inspect;

import dev.intaglio.cli.text.Printable;
import dev.intaglio.cli.text.Times;
import dev.intaglio.cli.text.Tree;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.ClaimsPath;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// JSON as a tree. Members that hold a time say also when that is.
final class JsonTree {
    /// Before a claim that its holder may keep back.
    static final String SELECTIVE = "◇ ";

    private static final Set<String> TIMES = Set.of("iat", "nbf", "exp", "auth_time", "updated_at");
    private static final int LONGEST = 160;

    private final Instant now;
    private final Predicate<ClaimsPath> selective;

    /// @param selective which places get the mark
    JsonTree(Instant now, Predicate<ClaimsPath> selective) {
        this.now = now;
        this.selective = selective;
    }

    JsonTree(Instant now) {
        this(now, path -> false);
    }

    /// The members, one part each.
    List<Tree> members(JsonObject object) {
        return members(List.of(), object.members());
    }

    /// A value with its parts.
    Tree value(String label, @Nullable Object value) {
        return node(label, List.of(), value);
    }

    private List<Tree> members(List<ClaimsPath.Element> path, Map<?, ?> object) {
        var parts = new ArrayList<Tree>();
        object.forEach((name, value) -> parts.add(member(path, (String) name, value)));
        return parts;
    }

    private Tree member(List<ClaimsPath.Element> path, String name, @Nullable Object value) {
        var at = below(path, new ClaimsPath.Element.Name(name));
        if (path.isEmpty() && TIMES.contains(name) && value instanceof Long seconds) {
            return Tree.of(mark(at) + name, time(seconds));
        }
        return node(mark(at) + name, at, value);
    }

    private Tree node(String label, List<ClaimsPath.Element> path, @Nullable Object value) {
        return switch (value) {
            case JsonObject object -> new Tree(label, object.members().isEmpty() ? "{}" : "", members(path, object.members()));
            case Map<?, ?> object -> new Tree(label, object.isEmpty() ? "{}" : "", members(path, object));
            case List<?> array when plain(path, array) -> Tree.of(label, text(Json.writeString(array)));
            case List<?> array -> new Tree(label, "", elements(path, array));
            case String string -> Tree.of(label, text("\"" + string + "\""));
            case null, default -> Tree.of(label, text(Json.writeString(value)));
        };
    }

    private List<Tree> elements(List<ClaimsPath.Element> path, List<?> array) {
        var parts = new ArrayList<Tree>();
        for (var element : array) {
            var at = below(path, new ClaimsPath.Element.Index(parts.size()));
            parts.add(node(mark(at) + "[" + parts.size() + "]", at, element));
        }
        return parts;
    }

    /// Short enough for one line, with nothing to mark inside.
    private boolean plain(List<ClaimsPath.Element> path, List<?> array) {
        for (var i = 0; i < array.size(); i++) {
            var structured = array.get(i) instanceof Map || array.get(i) instanceof List || array.get(i) instanceof JsonObject;
            if (structured || selective.test(new ClaimsPath(below(path, new ClaimsPath.Element.Index(i))))) {
                return false;
            }
        }
        return true;
    }

    private String mark(List<ClaimsPath.Element> path) {
        return selective.test(new ClaimsPath(path)) ? SELECTIVE : "";
    }

    private String time(long seconds) {
        try {
            return seconds + "  " + Times.at(Instant.ofEpochSecond(seconds), now);
        } catch (DateTimeException | ArithmeticException beyond) {
            return String.valueOf(seconds);
        }
    }

    private static String text(String text) {
        return Printable.line(text, LONGEST);
    }

    private static List<ClaimsPath.Element> below(List<ClaimsPath.Element> path, ClaimsPath.Element element) {
        var longer = new ArrayList<>(path);
        longer.add(element);
        return longer;
    }
}
