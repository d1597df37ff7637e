package dev.intaglio.spring;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.issuer.source.LoginDatasets;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/// What a definition's source is, and where in it each claim is. For people who set one up.
///
/// @param source for reading
/// @param origin by the names that lead to the claim, and the subject
record SourceOrigins(String source, BiFunction<List<String>, String, ClaimOrigin> origin) {
    static SourceOrigins sql(String datasource, Map<String, String> columns) {
        return new SourceOrigins("the query, asked of " + datasource, (path, subject) -> column(path, columns));
    }

    private static ClaimOrigin column(List<String> path, Map<String, String> columns) {
        var label = String.join(".", path);
        if (columns.containsKey(label)) {
            return new ClaimOrigin("column \"" + label + "\"", true, transformation(columns.get(label)));
        }
        if (columns.containsKey(label + "[]")) {
            return new ClaimOrigin("column \"" + label + "[]\"", true, "a list: JSON array or SQL array");
        }
        var inside = columns.keySet().stream()
                .filter(column -> column.startsWith(label + "."))
                .toList();
        if (!inside.isEmpty()) {
            return new ClaimOrigin("columns " + String.join(", ", inside), true, "put together as an object");
        }
        for (var steps = path.size() - 1; steps > 0; steps--) {
            var outer = String.join(".", path.subList(0, steps));
            if (columns.containsKey(outer)) {
                return ClaimOrigin.at(pointer(path.subList(steps, path.size())) + " in column \"" + outer + "\"");
            }
        }
        return new ClaimOrigin("column \"" + label + "\"", false, "");
    }

    private static String transformation(String type) {
        return switch (type) {
            case "timestamptz" -> "time in UTC";
            case "timestamp", "date" -> "as ISO 8601 text";
            case "json", "jsonb" -> "read as JSON";
            case "uuid" -> "as text";
            default -> "";
        };
    }

    static SourceOrigins http(String template) {
        return new SourceOrigins("the answer to GET " + template, (path, subject) -> ClaimOrigin.at(pointer(path)));
    }

    static SourceOrigins jsonFile(String file, CredentialDefinition definition) {
        return new SourceOrigins(
                file, (path, subject) -> ClaimOrigin.at(pointer(List.of(subject, definition.id())) + pointer(path)));
    }

    static SourceOrigins table(String file) {
        return new SourceOrigins(
                file, (path, subject) -> new ClaimOrigin("column " + String.join(".", path), true, "as text"));
    }

    static SourceOrigins login(CredentialDefinition definition) {
        var mapping = LoginDatasets.mapping(definition);
        return new SourceOrigins("the sign-in", (path, subject) -> {
            var name = String.join(".", path);
            if (mapping.containsKey(name)) {
                return ClaimOrigin.at("its claim " + mapping.get(name));
            }
            var inside = mapping.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(name + "."))
                    .map(Map.Entry::getValue)
                    .toList();
            return inside.isEmpty()
                    ? new ClaimOrigin("named by no part of the login source", false, "")
                    : new ClaimOrigin("its claims " + String.join(", ", inside), true, "put together as an object");
        });
    }

    static SourceOrigins offer() {
        return new SourceOrigins("the offer", (path, subject) -> ClaimOrigin.at(pointer(path)));
    }

    /// RFC 6901.
    private static String pointer(List<String> path) {
        var pointer = new StringBuilder();
        path.forEach(step -> pointer.append('/').append(step.replace("~", "~0").replace("/", "~1")));
        return pointer.toString();
    }
}
