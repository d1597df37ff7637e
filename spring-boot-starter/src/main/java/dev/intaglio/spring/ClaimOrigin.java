package dev.intaglio.spring;

/// Where a source has a claim.
///
/// @param place a column, a JSON Pointer, a claim of the sign-in
/// @param found whether the source has such a place at all, where that can be known without asking for a person
/// @param transformation what becomes of what stands there; empty if it is taken as it is
public record ClaimOrigin(String place, boolean found, String transformation) {
    static ClaimOrigin at(String place) {
        return new ClaimOrigin(place, true, "");
    }
}
