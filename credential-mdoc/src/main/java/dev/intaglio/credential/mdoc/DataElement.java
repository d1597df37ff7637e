package dev.intaglio.credential.mdoc;

import dev.intaglio.credential.ClaimDefinition;
import dev.intaglio.credential.ClaimNode;
import dev.intaglio.credential.DatasetException;
import dev.intaglio.credential.MissingClaimException;
import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.ClaimsDescription;
import dev.intaglio.protocol.metadata.ClaimsPath;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A data element of a document type, and the claim it is made of.
///
/// @param types of the claim and of what lies in it, by path; what is not there is plain
record DataElement(
        String namespace,
        String identifier,
        ClaimsPath path,
        ClaimNode node,
        boolean mandatory,
        Map<ClaimsPath, ValueType> types) {
    DataElement {
        types = Map.copyOf(types);
    }

    /// The element's value, with of it what the definition describes; nothing if the dataset has no such claim.
    ///
    /// @throws DatasetException if the dataset does not fit the definition
    Optional<Cbor> value(JsonObject claims) {
        Object value = claims.members();
        for (var element : path.elements()) {
            value = value instanceof Map<?, ?> members && element instanceof ClaimsPath.Element.Name(var name)
                    ? plain(members.get(name))
                    : null;
        }
        var made = value(node, path, value);
        if (made.isEmpty() && mandatory) {
            throw new MissingClaimException(path);
        }
        return made;
    }

    private Optional<Cbor> value(ClaimNode place, ClaimsPath at, @Nullable Object value) {
        var plain = plain(value);
        if (plain == null) {
            return Optional.empty();
        }
        if (!place.members().isEmpty()) {
            if (!(plain instanceof Map<?, ?> members)) {
                throw mismatch(at, "an object");
            }
            return members(place, at, members);
        }
        if (place.elements().isPresent()) {
            if (!(plain instanceof List<?> elements)) {
                throw mismatch(at, "an array");
            }
            var below = at(at, new ClaimsPath.Element.All());
            return Optional.of(new Cbor.Array(elements.stream()
                    .flatMap(element -> value(place.elements().get(), below, element).stream())
                    .toList()));
        }
        var type = types.getOrDefault(at, ValueType.PLAIN);
        try {
            return Optional.of(type.convert(plain));
        } catch (IllegalArgumentException | DateTimeException otherwise) {
            throw mismatch(at, type.expected()); // without the cause, which may quote the value
        }
    }

    private Optional<Cbor> members(ClaimNode place, ClaimsPath at, Map<?, ?> values) {
        var entries = new LinkedHashMap<Cbor, Cbor>();
        for (var member : place.members().values()) {
            var below = at(at, new ClaimsPath.Element.Name(member.name()));
            var made = value(member, below, values.get(member.name()));
            if (made.isEmpty() && member.mandatory()) {
                throw new MissingClaimException(below);
            }
            made.ifPresent(item -> entries.put(Cbor.of(member.name()), item));
        }
        return entries.isEmpty() ? Optional.empty() : Optional.of(new Cbor.Members(entries));
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof JsonObject object ? object.members() : value;
    }

    private static ClaimsPath at(ClaimsPath path, ClaimsPath.Element next) {
        return new ClaimsPath(
                Stream.concat(path.elements().stream(), Stream.of(next)).toList());
    }

    private static DatasetException mismatch(ClaimsPath path, String expected) {
        return new DatasetException(
                path, "the dataset's " + path + " is not " + expected + ", which the definition says it is");
    }

    /// How the issuer metadata describes a claim that is this element or lies in it (App. B.2, C.2): by namespace,
    /// identifier and what follows.
    Optional<ClaimsDescription> description(ClaimDefinition claim) {
        var all = claim.path().elements();
        var own = path.elements();
        if (all.size() < own.size() || !all.subList(0, own.size()).equals(own)) {
            return Optional.empty();
        }
        var elements = new ArrayList<ClaimsPath.Element>();
        elements.add(new ClaimsPath.Element.Name(namespace));
        elements.add(new ClaimsPath.Element.Name(identifier));
        elements.addAll(all.subList(own.size(), all.size()));
        var always = all.size() == own.size() ? mandatory : claim.mandatory();
        return Optional.of(new ClaimsDescription(new ClaimsPath(elements), always, claim.display()));
    }
}
