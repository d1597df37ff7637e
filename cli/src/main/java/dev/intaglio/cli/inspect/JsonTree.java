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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// JSON as a tree. Members that hold a time say also when that is.
public final class JsonTree {
    /// Before a claim that its holder may keep back.
    static final String SELECTIVE = "◇ ";

    /// The place of a claim that is always shown: before all others, in the order it was written.
    static final int NOT_SELECTIVE = -1;

    private static final Set<String> TIMES = Set.of("iat", "nbf", "exp", "auth_time", "updated_at");
    private static final int LONGEST = 160;

    private final Instant now;
    private final ToIntFunction<ClaimsPath> place;

    /// @param place where a claim that its holder may keep back stands among its like; [#NOT_SELECTIVE] for all others
    JsonTree(Instant now, ToIntFunction<ClaimsPath> place) {
        this.now = now;
        this.place = place;
    }

    public JsonTree(Instant now) {
        this(now, path -> NOT_SELECTIVE);
    }

    /// The members, one part each.
    public List<Tree> members(JsonObject object) {
        return members(List.of(), object.members());
    }

    /// A value with its parts.
    Tree value(String label, @Nullable Object value) {
        return node(label, List.of(), value);
    }

    private List<Tree> members(List<ClaimsPath.Element> path, Map<?, ?> object) {
        return object.keySet().stream()
                .map(String.class::cast)
                .sorted(Comparator.comparingInt(
                        name -> place.applyAsInt(new ClaimsPath(below(path, new ClaimsPath.Element.Name(name))))))
                .map(name -> member(path, name, object.get(name)))
                .toList();
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
            case JsonObject object ->
                new Tree(label, object.members().isEmpty() ? "{}" : "", members(path, object.members()));
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
            var structured =
                    array.get(i) instanceof Map || array.get(i) instanceof List || array.get(i) instanceof JsonObject;
            if (structured || selective(below(path, new ClaimsPath.Element.Index(i)))) {
                return false;
            }
        }
        return true;
    }

    private String mark(List<ClaimsPath.Element> path) {
        return selective(path) ? SELECTIVE : "";
    }

    private boolean selective(List<ClaimsPath.Element> path) {
        return place.applyAsInt(new ClaimsPath(path)) != NOT_SELECTIVE;
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
