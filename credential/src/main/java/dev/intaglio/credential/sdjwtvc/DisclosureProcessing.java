package dev.intaglio.credential.sdjwtvc;

import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.ClaimsPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// RFC 9901 §7.1, step 3 to 5: finds the disclosure for each digest and puts it there, at every depth.
final class DisclosureProcessing {
    /// Each disclosure may be nested, and hold digests of others that are.
    private static final int MAX_DEPTH = 64;

    private final Map<String, Disclosure> byDigest = new HashMap<>();
    private final Set<String> digestsSeen = new HashSet<>();
    private final Map<ClaimsPath, Disclosure> placed = new HashMap<>();
    private final List<ClaimsPath.Element> path = new ArrayList<>();

    private DisclosureProcessing(HashAlgorithm algorithm, List<Disclosure> disclosures) {
        for (var disclosure : disclosures) { // 3.1
            if (byDigest.put(disclosure.digest(algorithm), disclosure) != null) {
                throw new DisclosureException("a disclosure is given twice");
            }
        }
    }

    static ProcessedPayload process(JsonObject payload, List<Disclosure> disclosures) {
        var algorithm = HashAlgorithm.of(payload.optionalString("_sd_alg").orElse(HashAlgorithm.SHA_256.word())); // 2.4
        var processing = new DisclosureProcessing(algorithm, disclosures);
        var claims = processing.object(payload.without("_sd_alg").members()); // 3.6
        if (processing.placed.size() < disclosures.size()) { // 5
            throw new DisclosureException("a disclosure has no digest in the SD-JWT");
        }
        return new ProcessedPayload(JsonObject.of(claims), processing.placed);
    }

    private @Nullable Object value(@Nullable Object value) {
        if (path.size() > MAX_DEPTH) {
            throw new DisclosureException("disclosures are nested deeper than " + MAX_DEPTH + " levels");
        }
        return switch (value) {
            case Map<?, ?> object -> object(object);
            case List<?> array -> array(array);
            case null -> null;
            default -> value;
        };
    }

    private Map<String, @Nullable Object> object(Map<?, ?> object) {
        if (object.containsKey("...") || object.containsKey("_sd_alg")) { // 4.1, 4.2.4.2
            throw new DisclosureException("... and _sd_alg stand where they mean nothing");
        }
        var processed = new LinkedHashMap<String, @Nullable Object>();
        object.forEach((name, value) -> {
            if (!name.equals("_sd")) { // 3.5
                processed.put((String) name, below(new ClaimsPath.Element.Name((String) name), value));
            }
        });
        if (object.containsKey("_sd")) {
            for (var digest : digests(object.get("_sd"))) {
                member(digest, processed);
            }
        }
        return Collections.unmodifiableMap(processed);
    }

    private static List<String> digests(@Nullable Object value) {
        if (value instanceof List<?> array && array.stream().allMatch(String.class::isInstance)) {
            return array.stream().map(String.class::cast).toList();
        }
        throw new DisclosureException("_sd is not an array of strings");
    }

    private void member(String digest, Map<String, @Nullable Object> object) {
        var disclosure = find(digest);
        if (disclosure == null) { // 3.3.1
            return;
        }
        var name = disclosure
                .name() // 3.3.2.1
                .orElseThrow(() -> new DisclosureException("an array's element is disclosed as an object's member"));
        if (name.equals("_sd") || name.equals("...")) { // 3.3.2.2
            throw new DisclosureException("a disclosure is called _sd or ...");
        }
        if (object.containsKey(name)) { // 3.3.2.3
            throw new DisclosureException("a disclosed claim is there already");
        }
        object.put(name, place(new ClaimsPath.Element.Name(name), disclosure)); // 3.3.2.4
    }

    private List<@Nullable Object> array(List<?> array) {
        var processed = new ArrayList<@Nullable Object>();
        for (var element : array) {
            var at = new ClaimsPath.Element.Index(processed.size());
            if (element instanceof Map<?, ?> placeholder
                    && placeholder.size() == 1
                    && placeholder.get("...") instanceof String digest) {
                var disclosure = find(digest);
                if (disclosure == null) { // 3.4
                    continue;
                }
                if (disclosure.name().isPresent()) { // 3.3.3.1
                    throw new DisclosureException("an object's member is disclosed as an array's element");
                }
                processed.add(place(at, disclosure)); // 3.3.3.2
            } else {
                processed.add(below(at, element));
            }
        }
        return Collections.unmodifiableList(processed);
    }

    private @Nullable Disclosure find(String digest) {
        if (!digestsSeen.add(digest)) { // 4
            throw new DisclosureException("a digest stands twice in the SD-JWT");
        }
        return byDigest.get(digest);
    }

    private @Nullable Object place(ClaimsPath.Element element, Disclosure disclosure) {
        path.add(element);
        placed.put(new ClaimsPath(path), disclosure);
        var value = value(disclosure.value()); // 3.3.2.5, 3.3.3.3
        path.removeLast();
        return value;
    }

    private @Nullable Object below(ClaimsPath.Element element, @Nullable Object value) {
        path.add(element);
        var processed = value(value);
        path.removeLast();
        return processed;
    }
}
