package dev.intaglio.protocol.metadata;

import dev.intaglio.protocol.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Describes one claim of a credential: where it is, what it is called, whether it is always there (App. B.2). In
/// `authorization_details` the same shape says what a wallet wants, without names (App. B.1).
public record ClaimsDescription(ClaimsPath path, boolean mandatory, List<ClaimDisplay> display) {
    public ClaimsDescription {
        display = List.copyOf(display);
        Locales.onceEach("claims.display", display.stream().map(ClaimDisplay::locale));
    }

    public static ClaimsDescription read(JsonObject json) {
        var path = json.optionalArray("path").orElseThrow(() -> new IllegalArgumentException("path is missing"));
        return new ClaimsDescription(
                ClaimsPath.read(path),
                json.flag("mandatory"),
                json.optionalObjects("display").orElse(List.of()).stream().map(ClaimDisplay::read).toList());
    }

    public JsonObject write() {
        return JsonObject.builder()
                .put("path", path.write())
                .putIf("mandatory", mandatory ? Optional.of(true) : Optional.empty())
                .putEach("display", display.stream(), ClaimDisplay::write)
                .build();
    }

    /// Refuses repeated and contradictory descriptions (App. B.3): a claim addressed twice, "all elements" beside an index
    /// of the same array, one path that makes an array and another that makes an object of the same place.
    ///
    /// @throws IllegalArgumentException naming the path
    public static List<ClaimsDescription> requireConsistent(List<ClaimsDescription> descriptions) {
        Set<ClaimsPath> seen = new HashSet<>();
        for (var description : descriptions) {
            if (!seen.add(description.path)) {
                throw new IllegalArgumentException("the claim " + description.path + " is described twice");
            }
        }
        for (var one : descriptions) {
            for (var other : descriptions) {
                if (contradict(one.path.elements(), other.path.elements())) {
                    throw new IllegalArgumentException("the claims descriptions " + one.path + " and " + other.path + " contradict each other");
                }
            }
        }
        return List.copyOf(descriptions);
    }

    private static boolean contradict(List<ClaimsPath.Element> one, List<ClaimsPath.Element> other) {
        for (var i = 0; i < Math.min(one.size(), other.size()); i++) {
            var a = one.get(i);
            var b = other.get(i);
            if (!a.equals(b)) {
                var bothNames = a instanceof ClaimsPath.Element.Name && b instanceof ClaimsPath.Element.Name;
                var bothIndices = a instanceof ClaimsPath.Element.Index && b instanceof ClaimsPath.Element.Index;
                return !bothNames && !bothIndices;
            }
        }
        return false;
    }
}
