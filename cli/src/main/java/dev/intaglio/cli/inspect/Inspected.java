package dev.intaglio.cli.inspect;

import dev.intaglio.cli.text.Tree;
import dev.intaglio.protocol.json.JsonObject;

/// What an inspection found.
///
/// @param kind a word for machines, such as `sd-jwt-vc`; `unknown` if it is nothing we know
/// @param tree for reading
/// @param details for machines
/// @param verdict whether it is to be relied on, as far as that was asked
public record Inspected(String kind, Tree tree, JsonObject details, Verdict verdict) {
    /// What is known of who made it.
    public enum Verdict {
        /// Nobody asked, or there is nothing to ask.
        UNASKED,
        /// It leads to somebody trusted, and everything fits.
        VERIFIED,
        /// It does not.
        REJECTED
    }

    static Inspected of(String kind, Tree tree, JsonObject details) {
        return new Inspected(kind, tree, details, Verdict.UNASKED);
    }

    /// Whether it is something that we know.
    public boolean known() {
        return !kind.equals(Inspector.UNKNOWN);
    }
}
