package dev.intaglio.cli.config;

import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A directory of tenants: each has a directory of its own, called by its name.
///
/// ```
/// ulm/tenant.yaml             address, issuer, settings
/// ulm/types/*.yaml            credential types
/// ulm/claims.json             claims, if they come from a file
/// ulm/trust/*.pem             whom it trusts
/// environments/prod/ulm.yaml  what is otherwise in that environment
/// environments/prod/all.yaml  the same for all tenants
/// ```
public final class IssuerDirectory {
    private static final String ENVIRONMENTS = "environments";
    private static final String TENANT = "tenant.yaml";

    private final Path directory;
    private final Optional<String> environment;

    /// @throws IllegalArgumentException if there is no such directory or environment
    public IssuerDirectory(Path directory, Optional<String> environment) {
        this.directory = directory;
        this.environment = environment;
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("there is no directory " + directory);
        }
        environment
                .map(this::environment)
                .filter(there -> !Files.isDirectory(there))
                .ifPresent(missing -> {
                    throw new IllegalArgumentException("there is no environment " + missing);
                });
    }

    /// The definitions by the names of the tenants, as a server takes them.
    ///
    /// @throws IllegalArgumentException naming the file that cannot be used
    public Map<String, JsonObject> definitions() throws IOException {
        var definitions = new TreeMap<String, JsonObject>();
        try (var entries = Files.list(directory)) {
            for (var tenant : entries.filter(entry -> Files.isRegularFile(entry.resolve(TENANT)))
                    .toList()) {
                var name = String.valueOf(tenant.getFileName());
                definitions.put(name, definition(name, tenant));
            }
        }
        requireTenants(definitions);
        return definitions;
    }

    /// An overlay for a tenant that is not there is a mistake nobody would notice.
    private void requireTenants(Map<String, JsonObject> definitions) throws IOException {
        if (definitions.isEmpty()) {
            throw new IllegalArgumentException("there is no tenant in " + directory + " (NAME/" + TENANT + ")");
        }
        if (environment.isPresent()) {
            try (var overlays = Files.list(environment(environment.get()))) {
                for (var overlay : overlays.toList()) {
                    var name = String.valueOf(overlay.getFileName()).replaceFirst("\\.yaml$", "");
                    if (!name.equals("all") && !definitions.containsKey(name)) {
                        throw new IllegalArgumentException(overlay + " is for a tenant that is not there");
                    }
                }
            }
        }
    }

    private JsonObject definition(String name, Path tenant) throws IOException {
        var read = Yaml.read(tenant.resolve(TENANT));
        if (environment.isPresent()) {
            for (var overlay : List.of("all", name)) {
                var file = environment(environment.get()).resolve(overlay + ".yaml");
                if (Files.isRegularFile(file)) {
                    read = Overlay.over(read, Yaml.read(file));
                }
            }
        }
        return withFiles(tenant, read);
    }

    /// The definition of one tenant, whose directory this is.
    ///
    /// @throws IllegalArgumentException naming the file that cannot be used
    public static JsonObject tenant(Path directory) throws IOException {
        if (!Files.isRegularFile(directory.resolve(TENANT))) {
            throw new IllegalArgumentException("there is no " + directory.resolve(TENANT));
        }
        return withFiles(directory, Yaml.read(directory.resolve(TENANT)));
    }

    private static JsonObject withFiles(Path tenant, JsonObject read) throws IOException {
        if (read.has("files")) {
            throw new IllegalArgumentException(tenant.resolve(TENANT) + ": files are those beside it");
        }
        var files = files(tenant);
        return files.isEmpty() ? read : read.with("files", files);
    }

    private static Map<String, String> files(Path tenant) throws IOException {
        var files = new LinkedHashMap<String, String>();
        try (Stream<Path> all = Files.walk(tenant)) {
            for (var file : all.filter(Files::isRegularFile).sorted().toList()) {
                var name = tenant.relativize(file).toString().replace('\\', '/');
                if (!name.equals(TENANT) && !name.startsWith(".") && !name.contains("/.")) {
                    files.put(name, Files.readString(file));
                }
            }
        }
        return files;
    }

    private Path environment(String name) {
        return directory.resolve(ENVIRONMENTS).resolve(name);
    }

    /// Writes a definition as files, as [#definitions] reads it.
    public static void write(Path directory, String name, JsonObject definition) throws IOException {
        var tenant = directory.resolve(name);
        Files.createDirectories(tenant);
        Files.writeString(tenant.resolve(TENANT), Yaml.write(definition.without("files")));
        var files = definition.optionalObject("files").orElse(JsonObject.empty());
        for (var file : files.members().keySet()) {
            var target = tenant.resolve(file).normalize();
            if (!target.startsWith(tenant)) {
                throw new IllegalArgumentException("the file " + file + " would not be in " + tenant);
            }
            Files.createDirectories(target.getParent());
            Files.writeString(target, files.string(file));
        }
    }
}
