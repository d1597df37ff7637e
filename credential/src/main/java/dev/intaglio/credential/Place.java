package dev.intaglio.credential;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where something stands in a definition file, so that what is found wrong with it later can still be said with the
/// line. What was made without a file is at no place.
///
/// Nothing about a thing is different because it stands elsewhere: all places are equal.
public final class Place {
    /// Of what does not come from a file.
    public static final Place NONE = new Place(Optional.empty());

    private final Optional<YamlNode> node;

    private Place(Optional<YamlNode> node) {
        this.node = node;
    }

    static Place of(YamlNode node) {
        return new Place(Optional.of(node));
    }

    /// A mistake here, or further in.
    ///
    /// @param path names and indices that lead to it; as far as they lead anywhere
    public CredentialDefinitionException error(String message, Object... path) {
        return node.map(here -> here.within(path).error(message))
                .orElseGet(() -> new CredentialDefinitionException(message));
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
