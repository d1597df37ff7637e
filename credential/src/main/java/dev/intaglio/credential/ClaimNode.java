package dev.intaglio.credential;

import dev.intaglio.protocol.metadata.ClaimsPath;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One place in the tree of a type's claims. With members it is an object, with elements an array; with neither, its
/// value is taken as it is.
///
/// @param name the member's name in its object; empty at the root and for the elements of an array
/// @param path where it is; the root has the path of no claim and therefore none
public record ClaimNode(
        String name,
        Optional<ClaimsPath> path,
        boolean mandatory,
        SelectiveDisclosure disclosure,
        Map<String, ClaimNode> members,
        Optional<ClaimNode> elements) {
    public ClaimNode {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }
}
