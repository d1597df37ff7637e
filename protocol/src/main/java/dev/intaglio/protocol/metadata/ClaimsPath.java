package dev.intaglio.protocol.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A claims path pointer (App. C): where a claim is in a credential. Elements are a name, an index, or "all elements".
public record ClaimsPath(List<Element> elements) {
    /// One step of a path.
    public sealed interface Element {
        /// The member of this name.
        record Name(String name) implements Element {}

        /// The element at this index, from 0.
        record Index(int index) implements Element {
            public Index {
                if (index < 0) {
                    throw new IllegalArgumentException("an index in a claims path is not negative");
                }
            }
        }

        /// Every element of the array; `null` on the wire.
        record All() implements Element {}
    }

    public ClaimsPath {
        elements = List.copyOf(elements);
        if (elements.isEmpty()) {
            throw new IllegalArgumentException("a claims path has at least one element");
        }
    }

    public static ClaimsPath of(String... names) {
        return new ClaimsPath(
                List.of(names).stream().<Element>map(Element.Name::new).toList());
    }

    /// Reads the JSON array of strings, `null`s and non-negative integers.
    ///
    /// @throws IllegalArgumentException if it holds anything else
    public static ClaimsPath read(List<? extends @Nullable Object> array) {
        var elements = new ArrayList<Element>(array.size());
        for (var element : array) {
            elements.add(
                    switch (element) {
                        case null -> new Element.All();
                        case String name -> new Element.Name(name);
                        case Integer index -> new Element.Index(index);
                        case Long index
                        when index >= 0 && index <= Integer.MAX_VALUE -> new Element.Index(index.intValue());
                        default ->
                            throw new IllegalArgumentException(
                                    "a claims path holds strings, nulls and non-negative integers only");
                    });
        }
        return new ClaimsPath(elements);
    }

    public List<@Nullable Object> write() {
        var array = new ArrayList<@Nullable Object>(elements.size());
        for (var element : elements) {
            array.add(
                    switch (element) {
                        case Element.Name(var name) -> name;
                        case Element.Index(var index) -> index;
                        case Element.All() -> null;
                    });
        }
        return array;
    }

    /// Selects from a JSON document (App. C.1).
    ///
    /// @return what is selected; never empty
    /// @throws IllegalArgumentException if a type does not fit the path or nothing is selected
    public List<@Nullable Object> select(@Nullable Object document) {
        var selected = new ArrayList<@Nullable Object>();
        selected.add(document);
        for (var element : elements) {
            var next = new ArrayList<@Nullable Object>();
            for (var value : selected) {
                step(element, value, next);
            }
            selected = next;
        }
        if (selected.isEmpty()) {
            throw new IllegalArgumentException("nothing is at the claims path " + this);
        }
        return selected;
    }

    private void step(Element element, @Nullable Object value, List<@Nullable Object> into) {
        switch (element) {
            case Element.Name(var name) -> {
                if (!(value instanceof Map<?, ?> object)) {
                    throw new IllegalArgumentException(
                            "the claims path " + this + " asks a member of what is no object");
                }
                if (object.containsKey(name)) {
                    into.add(object.get(name));
                }
            }
            case Element.Index(var index) -> {
                var array = array(value);
                if (index < array.size()) {
                    into.add(array.get(index));
                }
            }
            case Element.All() -> into.addAll(array(value));
        }
    }

    private List<?> array(@Nullable Object value) {
        if (value instanceof List<?> array) {
            return array;
        }
        throw new IllegalArgumentException("the claims path " + this + " asks an element of what is no array");
    }

    /// For reading: `address.nationalities[*]`, `degrees[0].name`.
    @Override
    public String toString() {
        return elements.stream()
                .map(element -> switch (element) {
                    case Element.Name(var name) -> "." + name;
                    case Element.Index(var index) -> "[" + index + "]";
                    case Element.All() -> "[*]";
                })
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }
}
