package dev.intaglio.credential;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where something stands in a definition file, so that what is found wrong with it later can still be said with the
/// line. What was made without a file is at no place.
///
/// Nothing about a thing is different because it stands elsewhere: all places are equal.
public final class Place {
    private static final int MAX_LENGTH = DefinitionFile.MAX_LENGTH;
    private static final int MAX_DEPTH = 64;

    /// Of what does not come from a file.
    public static final Place NONE = new Place(Optional.empty(), Optional.empty());

    private final Optional<YamlNode> node;
    private final Optional<Path> file;

    private Place(Optional<YamlNode> node, Optional<Path> file) {
        this.node = node;
        this.file = file;
    }

    /// @param file where the definition lies, if it is a file
    static Place of(YamlNode node, Optional<Path> file) {
        return new Place(Optional.of(node), file);
    }

    /// A mistake here, or further in.
    ///
    /// @param path names and indices that lead to it; as far as they lead anywhere
    public CredentialDefinitionException error(String message, Object... path) {
        return node.map(here -> here.within(path).error(message))
                .orElseGet(() -> new CredentialDefinitionException(message));
    }

    /// A JSON object in a file beside the definition.
    ///
    /// @param path where the name of the file stands
    /// @throws CredentialDefinitionException if it cannot be read, or the definition is no file
    public JsonObject json(String name, Object... path) {
        var definition = file.orElseThrow(
                () -> error("a definition that is no file has its schemas in itself, not in " + name, path));
        var document = definition.resolveSibling(name);
        try {
            if (Files.size(document) > MAX_LENGTH) {
                throw error(document + " is longer than " + MAX_LENGTH + " bytes", path);
            }
            return Json.readObject(Files.readAllBytes(document), new JsonLimits(MAX_LENGTH, MAX_DEPTH));
        } catch (IOException | JsonException unreadable) {
            throw error("cannot read the JSON Schema " + document + ": " + unreadable.getMessage(), path);
        }
    }

    Optional<YamlNode> node() {
        return node;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Place;
    }

    @Override
    public int hashCode() {
        return Place.class.hashCode();
    }

    @Override
    public String toString() {
        return node.map(YamlNode::where).orElse("");
    }
}
