package dev.intaglio.protocol.json;

/// How large a document may be before it is refused unparsed.
///
/// @param maxBytes length of the whole document in bytes
/// @param maxDepth nesting of objects and arrays
public record JsonLimits(int maxBytes, int maxDepth) {
    /// What a request body of the protocol may be: 256 KiB, 32 levels.
    public static final JsonLimits REQUEST = new JsonLimits(256 * 1024, 32);

    /// What a metadata document or a credential response may be: 4 MiB, 64 levels.
    public static final JsonLimits DOCUMENT = new JsonLimits(4 * 1024 * 1024, 64);

    public JsonLimits {
        if (maxBytes < 1 || maxDepth < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
