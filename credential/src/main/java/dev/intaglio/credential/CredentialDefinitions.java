package dev.intaglio.credential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// Where definitions are found: with the product, and in a directory of the operator's.
public final class CredentialDefinitions {
    private static final List<String> SHIPPED = List.of("pid", "mdl", "diploma", "employee", "participant");

    private CredentialDefinitions() {}

    /// The types that come with Intaglio, in all formats on the class path.
    public static List<CredentialDefinition> shipped() {
        return shipped(CredentialFormats.onClassPath(new SecureRandom()));
    }

    /// The types that come with Intaglio: the EU's Person Identification Data, a driving licence, a university diploma,
    /// an employee badge.
    /// Unlike an operator's they may be less than they say: where a format is not given, there is no such
    /// configuration, and no such type if that was the only one.
    public static List<CredentialDefinition> shipped(CredentialFormats formats) {
        return unambiguous(SHIPPED.stream()
                .map(CredentialDefinitions::shipped)
                .flatMap(definition -> definition.in(formats.identifiers()).stream())
                .map(formats::check)
                .toList());
    }

    /// The definitions in `*.yaml`, `*.yml` and `*.json` of a directory, in the order of their file names; `*.schema.json` is
    /// theirs to name.
    ///
    /// @param formats those that may be named
    /// @throws CredentialDefinitionException naming file and line of what cannot be used, or what is defined twice
    public static List<CredentialDefinition> in(Path directory, CredentialFormats formats) throws IOException {
        var definitions = new ArrayList<CredentialDefinition>();
        try (var files = Files.list(directory)) {
            for (var file :
                    files.filter(CredentialDefinitions::isDefinition).sorted().toList()) {
                definitions.add(formats.check(CredentialDefinition.load(file)));
            }
        }
        return unambiguous(definitions);
    }

    private static boolean isDefinition(Path file) {
        var name = String.valueOf(file.getFileName());
        return !name.startsWith(".")
                && !name.endsWith(".schema.json")
                && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"))
                && Files.isRegularFile(file);
    }

    private static CredentialDefinition shipped(String id) {
        var name = "/intaglio/credentials/" + id + ".yaml";
        try (var resource = CredentialDefinitions.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("the resource " + name + " is missing");
            }
            return CredentialDefinition.read(new String(resource.readAllBytes(), StandardCharsets.UTF_8), id + ".yaml");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<CredentialDefinition> unambiguous(List<CredentialDefinition> definitions) {
        var ids = new HashMap<String, String>();
        for (var definition : definitions) {
            if (ids.put("the id " + definition.id(), definition.id()) != null) {
                throw new CredentialDefinitionException("two definitions have the id " + definition.id());
            }
            for (var configuration : definition.configurations()) {
                var other = ids.put("the configuration_id " + configuration.id(), definition.id());
                if (other != null) {
                    throw new CredentialDefinitionException("the definitions " + other + " and " + definition.id()
                            + " have the same configuration_id " + configuration.id());
                }
            }
        }
        return List.copyOf(definitions);
    }
}
