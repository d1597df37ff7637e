package dev.intaglio.cli.text;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.ClaimDisplay;
import dev.intaglio.protocol.metadata.ClaimsDescription;
import dev.intaglio.protocol.metadata.ClaimsPath.Element;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The claims of a credential as their person would want them: by the labels of the metadata, in its order, in the
/// person's language; claims that the metadata does not describe come last, by their own names.
public final class ClaimSheet {
    /// What a credential says about itself rather than about its subject.
    private static final Set<String> OF_THE_CREDENTIAL =
            Set.of("iss", "iat", "nbf", "exp", "cnf", "vct", "vct#integrity", "status", "sub", "jti", "aud");

    private static final int LONGEST = 120;

    private final List<ClaimsDescription> descriptions;
    private final Locale person;

    public ClaimSheet(List<ClaimsDescription> descriptions, Locale person) {
        this.descriptions = List.copyOf(descriptions);
        this.person = person;
    }

    /// One part per claim; the parts of a structured claim below it.
    public List<Tree> of(JsonObject claims) {
        var aboutSubject = claims;
        for (var name : OF_THE_CREDENTIAL) {
            if (described(List.of(new Element.Name(name))).isEmpty()) {
                aboutSubject = aboutSubject.without(name);
            }
        }
        return members(List.of(), aboutSubject.members());
    }

    private List<Tree> members(List<Element> path, Map<?, ?> object) {
        var names = new ArrayList<String>();
        object.keySet().forEach(name -> names.add((String) name));
        names.sort((one, other) -> Integer.compare(rank(below(path, one)), rank(below(path, other))));
        return names.stream()
                .filter(name -> object.get(name) != null)
                .map(name -> claim(below(path, name), label(below(path, name)).orElse(name), object.get(name)))
                .toList();
    }

    private Tree claim(List<Element> path, String label, @Nullable Object value) {
        return switch (value) {
            case Map<?, ?> object -> new Tree(label, "", members(path, object));
            case List<?> array when array.isEmpty() -> Tree.of(label, "–");
            case List<?> array
            when array.stream().noneMatch(element -> element instanceof Map || element instanceof List) ->
                Tree.of(
                        label,
                        String.join(", ", array.stream().map(ClaimSheet::scalar).toList()));
            case List<?> array -> new Tree(label, "", elements(path, array));
            case null, default -> Tree.of(label, scalar(value));
        };
    }

    private List<Tree> elements(List<Element> path, List<?> array) {
        var elements = new ArrayList<Tree>();
        for (var element : array) {
            var at = new ArrayList<>(path);
            at.add(new Element.Index(elements.size()));
            var number = String.valueOf(elements.size() + 1);
            elements.add(claim(at, label(at).map(label -> label + " " + number).orElse(number), element));
        }
        return elements;
    }

    private static String scalar(@Nullable Object value) {
        return switch (value) {
            case null -> "–";
            case Boolean truth -> truth ? "yes" : "no";
            case String image when image.startsWith("data:") -> data(image);
            case String text -> Printable.line(text, LONGEST);
            case BigDecimal number -> number.toPlainString();
            case Number number -> number.toString();
            default -> Json.writeString(value);
        };
    }

    /// `data:image/jpeg;base64,…`: nobody reads a portrait by its base64.
    private static String data(String uri) {
        var comma = uri.indexOf(',');
        var type = comma < 0 ? "" : uri.substring("data:".length(), comma).replaceFirst(";.*", "");
        return comma < 0
                ? Printable.line(uri, LONGEST)
                : "(%s, %,d bytes)".formatted(type.isEmpty() ? "text" : type, (uri.length() - comma - 1) * 3L / 4);
    }

    private Optional<String> label(List<Element> path) {
        return described(path)
                .flatMap(description -> Language.choose(
                        description.display().stream()
                                .filter(display -> display.name().isPresent())
                                .toList(),
                        person,
                        ClaimDisplay::locale))
                .flatMap(ClaimDisplay::name);
    }

    private Optional<ClaimsDescription> described(List<Element> path) {
        return descriptions.stream()
                .filter(one -> one.path().elements().size() == path.size() && leadsTo(one, path))
                .findFirst();
    }

    /// Where the metadata first speaks of the claim or of a part of it.
    private int rank(List<Element> path) {
        for (var i = 0; i < descriptions.size(); i++) {
            if (leadsTo(descriptions.get(i), path)) {
                return i;
            }
        }
        return Integer.MAX_VALUE;
    }

    private static boolean leadsTo(ClaimsDescription description, List<Element> path) {
        var described = description.path().elements();
        if (described.size() < path.size()) {
            return false;
        }
        for (var i = 0; i < path.size(); i++) {
            var all = described.get(i) instanceof Element.All && path.get(i) instanceof Element.Index;
            if (!all && !described.get(i).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<Element> below(List<Element> path, String name) {
        var longer = new ArrayList<>(path);
        longer.add(new Element.Name(name));
        return longer;
    }
}
