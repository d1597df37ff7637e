package dev.intaglio.drafts.wire;

import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The credential configurations of an issuer by their identifiers, to be found by format and type as drafts up to 14 name
/// them.
public final class Catalogue {
    private final Map<String, JsonObject> configurations;

    private Catalogue(Map<String, JsonObject> configurations) {
        this.configurations = configurations;
    }

    /// @param metadata in the words of 1.0
    public static Catalogue of(JsonObject metadata) {
        var configurations = new LinkedHashMap<String, JsonObject>();
        var supported =
                metadata.optionalObject("credential_configurations_supported").orElse(JsonObject.empty());
        supported.members().keySet().forEach(id -> configurations.put(id, supported.object(id)));
        return new Catalogue(configurations);
    }

    /// Without one of them.
    public Catalogue without(String id) {
        var left = new LinkedHashMap<>(configurations);
        left.remove(id);
        return new Catalogue(left);
    }

    public Optional<JsonObject> find(String id) {
        return Optional.ofNullable(configurations.get(id));
    }

    public Optional<String> format(String id) {
        return find(id).flatMap(configuration -> configuration.optionalString("format"));
    }

    public boolean hasFormat(String format) {
        return configurations.keySet().stream()
                .anyMatch(id -> format(id).filter(format::equals).isPresent());
    }

    /// Those of the format and type that an object names; without a format, those of the type.
    public List<String> matching(JsonObject wanted) {
        var format = wanted.optionalString("format");
        var found = new ArrayList<String>();
        configurations.forEach((id, configuration) -> {
            if ((format.isEmpty() || format.equals(configuration.optionalString("format")))
                    && sameType(configuration, wanted)) {
                found.add(id);
            }
        });
        return found;
    }

    private static boolean sameType(JsonObject configuration, JsonObject wanted) {
        for (var name : List.of("vct", "doctype")) {
            if (configuration.has(name)) {
                return configuration.optionalString(name).equals(text(wanted, name));
            }
        }
        return configuration
                .optionalObject("credential_definition")
                .map(definition -> Set.copyOf(Parts.stringsIn(definition, "type")))
                .filter(types -> !types.isEmpty() && types.equals(types(wanted)))
                .isPresent();
    }

    private static Optional<String> text(JsonObject wanted, String name) {
        try {
            return wanted.optionalString(name);
        } catch (JsonException other) {
            return Optional.empty();
        }
    }

    /// Where any draft has them.
    private static Set<String> types(JsonObject wanted) {
        var definition = wanted.optionalObject("credential_definition").orElse(JsonObject.empty());
        for (var types : List.of(
                Parts.stringsIn(definition, "type"),
                Parts.stringsIn(definition, "types"),
                Parts.stringsIn(wanted, "types"))) {
            if (!types.isEmpty()) {
                return Set.copyOf(types);
            }
        }
        return Set.of();
    }

    /// What of a configuration names it by format and type.
    public Optional<JsonObject> named(String id) {
        return find(id).map(configuration -> {
            var named = JsonObject.builder()
                    .putIf("format", configuration.optionalString("format"))
                    .putIf("vct", configuration.optionalString("vct"))
                    .putIf("doctype", configuration.optionalString("doctype"));
            configuration
                    .optionalObject("credential_definition")
                    .ifPresent(definition -> named.put(
                            "credential_definition",
                            JsonObject.builder()
                                    .putIf("@context", definition.optionalArray("@context"))
                                    .putIf("type", definition.optionalArray("type"))
                                    .build()));
            return named.build();
        });
    }
}
