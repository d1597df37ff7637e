package dev.intaglio.credential.dataintegrity;

import dev.intaglio.protocol.json.JsonObject;

/// Makes the bytes to hash out of a document, the same however it was written.
@FunctionalInterface
interface Canonicalization {
    /// @param hash the algorithm that canonicalization may need, as [java.security.MessageDigest] calls it
    /// @throws IllegalArgumentException if the document has no canonical form
    byte[] canonical(JsonObject document, String hash);
}
