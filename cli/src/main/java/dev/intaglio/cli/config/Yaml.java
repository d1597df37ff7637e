package dev.intaglio.cli.config;

import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// YAML files as JSON objects.
final class Yaml {
    private static final int MOST_ALIASES = 20;

    private Yaml() {}

    /// @throws IllegalArgumentException naming file and place
    static JsonObject read(Path file) throws IOException {
        var settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setMaxAliasesForCollections(MOST_ALIASES)
                .build();
        Object read;
        try {
            read = new Load(settings).loadFromString(Files.readString(file));
        } catch (YamlEngineException malformed) {
            throw new IllegalArgumentException(file + ": " + malformed.getMessage(), malformed);
        }
        return switch (read) {
            case null -> JsonObject.empty();
            case Map<?, ?> members -> JsonObject.of(members);
            default -> throw new IllegalArgumentException(file + " is no mapping");
        };
    }

    static String write(JsonObject object) {
        var settings =
                DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
        return new Dump(settings).dumpToString(object.members());
    }
}
