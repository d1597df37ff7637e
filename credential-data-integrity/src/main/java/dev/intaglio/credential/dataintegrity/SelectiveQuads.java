package dev.intaglio.credential.dataintegrity;

import dev.intaglio.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The statements of one document in canonical order, their blank nodes labelled as somebody wants it, and which of them a part of the
/// document makes (Data Integrity ECDSA §3.4.8 to §3.4.16).
///
/// A part of a document has other blank nodes than the whole, or the same under other labels. So every node without a name gets one
/// first, which marks its statements wherever they turn up, and is taken away again when they have been found.
final class SelectiveQuads {
    private static final String HASH = "SHA-256";
    private static final String NAME = "urn:bnid:";

    private final Rdfc rdfc;
    private final JsonObject named;
    private final List<String> quads;
    private final Map<String, String> labels;

    private SelectiveQuads(Rdfc rdfc, JsonObject named, List<String> quads, Map<String, String> labels) {
        this.rdfc = rdfc;
        this.named = named;
        this.quads = List.copyOf(quads);
        this.labels = Map.copyOf(labels);
    }

    /// @param label what a blank node is called of whom RDFC-1.0 says `c14n` and a number
    /// @throws IllegalArgumentException if the document is no JSON-LD, or of a form whose nodes cannot be named one by one
    static SelectiveQuads of(Rdfc rdfc, JsonObject document, UnaryOperator<String> label) {
        var named = new Naming().named(document);
        var statements = statements(rdfc, named);
        var canonical = canonical(statements);
        var plain = rdfc.statements(document);
        // Names must not change what the document says: in a map by language, say, one would be a member like others.
        if (!texts(statements, canonical).equals(texts(plain, canonical(plain)))) {
            throw new IllegalArgumentException("the document is of a form that cannot be disclosed in parts");
        }
        return labelled(rdfc, named, statements, canonical, label);
    }

    /// Without asking what of it a part makes.
    static SelectiveQuads whole(Rdfc rdfc, JsonObject document, UnaryOperator<String> label) {
        var statements = statements(rdfc, document);
        return labelled(rdfc, document, statements, canonical(statements), label);
    }

    private static SelectiveQuads labelled(
            Rdfc rdfc,
            JsonObject document,
            List<Quad> statements,
            Map<String, String> canonical,
            UnaryOperator<String> label) {
        var labels = new HashMap<String, String>();
        canonical.forEach((node, standard) -> labels.put(node, label.apply(standard)));
        return new SelectiveQuads(rdfc, document, List.copyOf(texts(statements, labels)), labels);
    }

    List<String> quads() {
        return quads;
    }

    /// The numbers of the statements that a part makes.
    ///
    /// @throws IllegalArgumentException if a pointer points to nothing
    Set<Integer> made(List<String> pointers) {
        if (pointers.isEmpty()) {
            return Set.of();
        }
        var texts = new HashSet<>(texts(statements(rdfc, JsonSelection.of(named, pointers)), labels));
        var numbers = new TreeSet<Integer>();
        for (var number = 0; number < quads.size(); number++) {
            if (texts.remove(quads.get(number))) {
                numbers.add(number);
            }
        }
        if (!texts.isEmpty()) {
            throw new IllegalArgumentException("a part of the document says what the whole does not");
        }
        return numbers;
    }

    /// What blank nodes of a part are called here, by what RDFC-1.0 calls them in the part alone.
    Map<String, String> labelsWithin(List<String> pointers) {
        var within = new LinkedHashMap<String, String>();
        canonical(statements(rdfc, JsonSelection.of(named, pointers)))
                .forEach((node, standard) ->
                        Optional.ofNullable(labels.get(node)).ifPresent(label -> within.put(standard, label)));
        return within;
    }

    private static List<Quad> statements(Rdfc rdfc, JsonObject document) {
        return rdfc.statements(document).stream()
                .map(quad -> quad.unnamed(NAME))
                .toList();
    }

    private static Map<String, String> canonical(List<Quad> statements) {
        return Rdfc.canonicalLabels(statements, HASH);
    }

    private static Set<String> texts(List<Quad> statements, Map<String, String> labels) {
        return statements.stream().map(quad -> quad.text(labels)).collect(Collectors.toCollection(TreeSet::new));
    }

    /// Names every node that has none. Values are left alone.
    private static final class Naming {
        private int given;

        JsonObject named(JsonObject document) {
            var named = new LinkedHashMap<String, @Nullable Object>();
            if (!hasName(document.members())) {
                named.put("@id", next());
            }
            document.members()
                    .forEach((member, value) -> named.put(member, member.equals("@context") ? value : named(value)));
            return JsonObject.of(named);
        }

        private @Nullable Object named(@Nullable Object value) {
            return switch (value) {
                case JsonObject object -> node(object.members());
                case Map<?, ?> object -> node(object);
                case List<?> array -> {
                    var elements = new ArrayList<@Nullable Object>();
                    array.forEach(element -> elements.add(named(element)));
                    yield elements;
                }
                case null, default -> value;
            };
        }

        private Map<String, @Nullable Object> node(Map<?, ?> object) {
            var named = new LinkedHashMap<String, @Nullable Object>();
            var isValue = object.containsKey("@value");
            if (!isValue && !hasName(object)) {
                named.put("@id", next());
            }
            object.forEach((member, value) -> named.put((String) member, isValue ? value : named(value)));
            return named;
        }

        private static boolean hasName(Map<?, ?> object) {
            return object.containsKey("id") || object.containsKey("@id");
        }

        private String next() {
            return NAME + "n" + given++;
        }
    }
}
