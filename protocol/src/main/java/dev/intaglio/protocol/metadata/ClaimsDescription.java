package dev.intaglio.protocol.metadata;

import dev.intaglio.protocol.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
                json.optionalObjects("display").orElse(List.of()).stream()
                        .map(ClaimDisplay::read)
                        .toList());
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
        // A tree, not every path against every other: the list may be a stranger's, and long.
        var root = new Place();
        descriptions.forEach(description -> root.enter(description.path));
        return List.copyOf(descriptions);
    }

    /// What lies below one place of a credential: members, some elements, or all elements; never two of these.
    private static final class Place {
        private final Map<ClaimsPath.Element, Place> below = new HashMap<>();
        private Optional<ClaimsPath> first = Optional.empty();

        void enter(ClaimsPath path) {
            var place = this;
            for (var element : path.elements()) {
                place.require(element, path);
                place = place.below.computeIfAbsent(element, ignored -> new Place());
            }
        }

        private void require(ClaimsPath.Element element, ClaimsPath path) {
            var kinds = below.keySet().iterator();
            if (kinds.hasNext() && kinds.next().getClass() != element.getClass()) {
                throw new IllegalArgumentException(
                        "the claims descriptions " + first.orElse(path) + " and " + path + " contradict each other");
            }
            first = first.or(() -> Optional.of(path));
        }
    }
}
