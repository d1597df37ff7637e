package dev.intaglio.credential.mdoc;

import dev.intaglio.credential.ClaimDefinition;
import dev.intaglio.credential.ClaimNode;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.credential.FormatContents;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.ClaimsDescription;
import dev.intaglio.protocol.metadata.ClaimsPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the parameters of `mso_mdoc` in a definition say: which claims become which data elements.
///
/// ```yaml
/// mso_mdoc:
///   doctype: org.iso.18013.5.1.mDL
///   namespace: org.iso.18013.5.1             # by default the doctype
///   claims:                                  # by default every claim at the top, under its own name
///     - family_name
///     - {path: birthdate, element: birth_date, type: full-date}
///     - {path: [address, locality], element: resident_city}
///     - driving_privileges
///     - {path: [driving_privileges, null, issue_date], type: full-date}
/// ```
///
/// An entry that lies in the claim of an earlier entry is a part of that element and says its type.
///
/// @param elements in the order of the file
record DocumentType(String doctype, List<DataElement> elements) {
    private static final Set<String> ENTRY = Set.of("path", "element", "namespace", "type", "mandatory");

    DocumentType {
        elements = List.copyOf(elements);
    }

    /// @throws dev.intaglio.credential.CredentialDefinitionException naming the line of what cannot be used
    static DocumentType of(CredentialDefinition definition, FormatConfiguration configuration) {
        configuration.requireKnown("doctype", "namespace", "claims");
        var doctype = configuration.required("doctype");
        var namespace = configuration.parameters().has("namespace") ? configuration.required("namespace") : doctype;
        if (!definition.binding()) {
            throw configuration.error("an mdoc is always bound to a key: `binding: false` is not for mso_mdoc");
        }
        var reading = new Reading(definition, configuration, namespace);
        var type = new DocumentType(
                doctype, configuration.parameters().has("claims") ? reading.listed() : reading.everything());
        if (type.elements.isEmpty()) {
            throw configuration.error("an mdoc has at least one data element", "claims");
        }
        return type;
    }

    /// What the issuer metadata says about the claims, in the order of display of the definition.
    List<ClaimsDescription> descriptions(List<ClaimDefinition> claims) {
        return claims.stream()
                .flatMap(claim -> elements.stream().flatMap(element -> element.description(claim).stream()))
                .toList();
    }

    /// What documents of the type carry: each element can be kept back, whatever the definition says, and no part of one.
    FormatContents contents(CredentialDefinition definition) {
        var carried = new ArrayList<FormatContents.Carried>();
        var lost = new ArrayList<String>();
        for (var claim : definition.claims().all()) {
            var around = elements.stream()
                    .filter(element -> element.path().equals(claim.path()) || liesIn(element.path(), claim.path()))
                    .findFirst();
            around.ifPresent(element -> carried.add(carried(claim, element)));
            if (around.isEmpty() && elements.stream().noneMatch(element -> liesIn(claim.path(), element.path()))) {
                lost.add("the claim " + claim.path() + ": it is not listed under `claims`");
            }
        }
        var hidden = definition.claims().all().stream()
                .filter(claim -> !claim.disclosure().selective())
                .count();
        if (hidden > 0) {
            lost.add("`sd: never`: the holder may keep back any element");
        }
        if (definition.decoys() > 0) {
            lost.add("decoys: there are none in an mdoc");
        }
        return new FormatContents(carried, lost);
    }

    private static FormatContents.Carried carried(ClaimDefinition claim, DataElement element) {
        var whole = element.path().equals(claim.path());
        return new FormatContents.Carried(
                claim.path(),
                element.namespace() + " " + element.identifier() + (whole ? "" : ", as a part of it"),
                whole);
    }

    /// An entry of `claims` on its way to an element.
    private record Entry(ClaimsPath path, ClaimNode node, Map<?, ?> members, int index) {}

    private record Reading(CredentialDefinition definition, FormatConfiguration configuration, String namespace) {
        List<DataElement> everything() {
            return definition.claims().root().members().values().stream()
                    .map(node -> new DataElement(
                            namespace, node.name(), ClaimsPath.of(node.name()), node, node.mandatory(), Map.of()))
                    .toList();
        }

        List<DataElement> listed() {
            if (!(configuration.parameters().members().get("claims") instanceof List<?> list)) {
                throw configuration.error("expected a list", "claims");
            }
            var entries = new ArrayList<Entry>();
            for (var i = 0; i < list.size(); i++) {
                entries.add(entry(list.get(i), i));
            }
            var elements = new LinkedHashMap<Entry, Map<ClaimsPath, ValueType>>();
            for (var entry : entries) {
                var around = elements.keySet().stream()
                        .filter(one -> liesIn(one.path, entry.path))
                        .findFirst();
                around.ifPresent(one -> requirePart(entry));
                elements.computeIfAbsent(around.orElse(entry), ignored -> new LinkedHashMap<>())
                        .put(entry.path, type(entry));
            }
            return unique(elements.entrySet().stream()
                    .map(element -> element(element.getKey(), element.getValue()))
                    .toList());
        }

        private Entry entry(@Nullable Object value, int index) {
            var members = switch (value) {
                case String name -> Map.of("path", name);
                case Map<?, ?> object -> object;
                case JsonObject object -> object.members();
                case null, default -> throw error(index, "expected the name of a claim, or keys and values");
            };
            members.keySet().stream()
                    .filter(key -> !ENTRY.contains(String.valueOf(key)))
                    .findFirst()
                    .ifPresent(unknown -> {
                        throw error(
                                index,
                                "unknown key `" + unknown + "`; an entry has "
                                        + ENTRY.stream().sorted().toList());
                    });
            var path = path(members.get("path"), index);
            return new Entry(path, node(path, index), members, index);
        }

        private ClaimsPath path(@Nullable Object value, int index) {
            if (value instanceof String name) {
                return ClaimsPath.of(name);
            }
            if (!(value instanceof List<?> elements)) {
                throw error(index, "the key `path` is missing, or is no path");
            }
            try {
                return ClaimsPath.read(elements);
            } catch (IllegalArgumentException noPath) {
                throw error(index, String.valueOf(noPath.getMessage()));
            }
        }

        private ClaimNode node(ClaimsPath path, int index) {
            var node = Optional.of(definition.claims().root());
            for (var element : path.elements()) {
                node = node.flatMap(here -> switch (element) {
                    case ClaimsPath.Element.Name(var name) ->
                        Optional.ofNullable(here.members().get(name));
                    case ClaimsPath.Element.All() -> here.elements();
                    case ClaimsPath.Element.Index ignored -> Optional.empty();
                });
            }
            return node.orElseThrow(() -> error(index, "the definition has no claim " + path));
        }

        private void requirePart(Entry entry) {
            if (entry.members.containsKey("element") || entry.members.containsKey("namespace")) {
                throw error(entry.index, entry.path + " is a part of an element above, and no element itself");
            }
        }

        private ValueType type(Entry entry) {
            var word = text(entry, "type").orElse(ValueType.PLAIN.word());
            var type = ValueType.of(word)
                    .orElseThrow(() -> error(entry.index, "expected plain, full-date, tdate or bytes"));
            if (type != ValueType.PLAIN
                    && !(entry.node.members().isEmpty() && entry.node.elements().isEmpty())) {
                throw error(entry.index, entry.path + " has parts, so it is no " + word);
            }
            return type;
        }

        private DataElement element(Entry entry, Map<ClaimsPath, ValueType> types) {
            var last = entry.path.elements().getLast();
            if (!entry.path.elements().stream().allMatch(ClaimsPath.Element.Name.class::isInstance)
                    || !(last instanceof ClaimsPath.Element.Name(var name))) {
                throw error(entry.index, entry.path + " is in an array, and can be no element itself");
            }
            var mandatory = switch (entry.members.get("mandatory")) {
                case null -> alwaysThere(entry.path);
                case Boolean flag -> flag;
                default -> throw error(entry.index, "expected true or false");
            };
            return new DataElement(
                    text(entry, "namespace").orElse(namespace),
                    text(entry, "element").orElse(name),
                    entry.path,
                    entry.node,
                    mandatory,
                    types);
        }

        /// A mandatory part of something optional is not always there.
        private boolean alwaysThere(ClaimsPath path) {
            var node = definition.claims().root();
            var always = true;
            for (var element : path.elements()) {
                if (element instanceof ClaimsPath.Element.Name(var name)) {
                    node = Objects.requireNonNull(node.members().get(name));
                    always &= node.mandatory();
                }
            }
            return always;
        }

        private Optional<String> text(Entry entry, String key) {
            return switch (entry.members.get(key)) {
                case null -> Optional.empty();
                case String text when !text.isBlank() -> Optional.of(text);
                default -> throw error(entry.index, "`" + key + "` is a text");
            };
        }

        private IllegalArgumentException error(int index, String message) {
            return configuration.error(message, "claims", index);
        }

        /// Two claims cannot be one element.
        private List<DataElement> unique(List<DataElement> elements) {
            var names = new HashSet<List<String>>();
            for (var element : elements) {
                if (!names.add(List.of(element.namespace(), element.identifier()))) {
                    throw configuration.error(
                            "two claims are the element " + element.identifier() + " of " + element.namespace(),
                            "claims");
                }
            }
            return elements;
        }
    }

    private static boolean liesIn(ClaimsPath outer, ClaimsPath inner) {
        var elements = outer.elements();
        return inner.elements().size() > elements.size()
                && inner.elements().subList(0, elements.size()).equals(elements);
    }
}
