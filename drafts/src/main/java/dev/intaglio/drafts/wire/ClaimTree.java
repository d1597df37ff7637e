package dev.intaglio.drafts.wire;

import dev.intaglio.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Descriptions of claims as drafts up to 14 have them: an object that mirrors the credential, with what is said of a claim
/// inside its own. Later versions list paths. What lies in an array has no place in the tree and is left out.
public final class ClaimTree {
    private ClaimTree() {}

    /// @param descriptions each with a `path`
    /// @param root the first name of every path that the tree leaves out; empty for none
    public static Map<String, Object> of(List<JsonObject> descriptions, String root) {
        var tree = new LinkedHashMap<String, Object>();
        for (var description : descriptions) {
            var path = names(description);
            if (!root.isEmpty() && !path.isEmpty() && path.getFirst().equals(root)) {
                path = path.subList(1, path.size());
            }
            if (!path.isEmpty()) {
                var node = descend(tree, path);
                description
                        .without("path")
                        .members()
                        .forEach((name, value) -> node.put(name, Objects.requireNonNull(value)));
            }
        }
        return tree;
    }

    private static List<String> names(JsonObject description) {
        var names = new ArrayList<String>();
        for (@Nullable Object element : description.optionalArray("path").orElse(List.of())) {
            if (!(element instanceof String name)) {
                return List.of();
            }
            names.add(name);
        }
        return names;
    }

    @SuppressWarnings("unchecked") // all maps in the tree are made here
    private static Map<String, Object> descend(Map<String, Object> tree, List<String> path) {
        var node = tree;
        for (var name : path) {
            node = (Map<String, Object>) node.computeIfAbsent(name, missing -> new LinkedHashMap<String, Object>());
        }
        return node;
    }

    /// @param root put before every path; empty for none
    public static List<Object> paths(JsonObject tree, String root) {
        var paths = new ArrayList<Object>();
        tree.members()
                .forEach((name, node) -> collect(root.isEmpty() ? List.of(name) : List.of(root, name), node, paths));
        return paths;
    }

    private static void collect(List<String> path, @Nullable Object node, List<Object> paths) {
        if (!(node instanceof Map<?, ?> members)) {
            return;
        }
        var description = JsonObject.builder().put("path", path);
        var own = false;
        var children = new ArrayList<Map.Entry<String, Object>>();
        for (var member : JsonObject.of(members).members().entrySet()) {
            var value = member.getValue();
            if (about(member.getKey(), value)) {
                description.put(member.getKey(), Objects.requireNonNull(value));
                own = true;
            } else if (value instanceof Map<?, ?>) {
                children.add(Map.entry(member.getKey(), value));
            }
        }
        if (own || children.isEmpty()) {
            paths.add(description.build().members());
        }
        for (var child : children) {
            var longer = new ArrayList<>(path);
            longer.add(child.getKey());
            collect(longer, child.getValue(), paths);
        }
    }

    /// Whether a member says something of the claim, and is not a claim within it.
    private static boolean about(String name, @Nullable Object value) {
        return (name.equals("display") && value instanceof List<?>)
                || (name.equals("mandatory") && value instanceof Boolean);
    }
}
