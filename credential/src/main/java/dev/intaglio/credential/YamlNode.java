package dev.intaglio.credential;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/// A place in a YAML document that knows its line, so that whatever is wrong with it can be said with the line.
/// JSON is YAML in this respect.
final class YamlNode {
    private static final int MAX_DEPTH = 32;

    private final Node node;
    private final String file;

    private YamlNode(Node node, String file) {
        this.node = node;
        this.file = file;
    }

    /// Reads one document of the JSON schema (YAML 1.2 §10.2): `no` is a string, not a boolean.
    static YamlNode read(String text, String file) {
        var settings = LoadSettings.builder()
                .setLabel(file)
                .setSchema(new JsonSchema())
                .setAllowDuplicateKeys(false)
                .setAllowRecursiveKeys(false)
                .setCodePointLimit(text.length() + 1)
                .build();
        try {
            requireFlat(new Parse(settings).parseString(text), file);
            var node = new Compose(settings).composeString(text);
            return new YamlNode(
                    node.orElseThrow(() -> new CredentialDefinitionException(file + ":1: the file is empty")), file);
        } catch (MarkedYamlEngineException malformed) {
            var line =
                    malformed.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new CredentialDefinitionException(file + ":" + line + ": " + malformed.getProblem(), malformed);
        } catch (YamlEngineException malformed) {
            throw new CredentialDefinitionException(file + ":1: " + malformed.getMessage(), malformed);
        }
    }

    /// Looks at the events first, which needs no stack: what is composed afterwards is neither deep nor tied in knots.
    private static void requireFlat(Iterable<Event> events, String file) {
        var depth = 0;
        for (var event : events) {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                default -> {}
            }
            if (depth > MAX_DEPTH) {
                throw at(event, file, "nested deeper than " + MAX_DEPTH + " levels");
            }
            if (event instanceof NodeEvent named && named.getAnchor().isPresent()) {
                throw at(event, file, "anchors and aliases are not used in definitions");
            }
        }
    }

    private static CredentialDefinitionException at(Event event, String file, String message) {
        var line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        return new CredentialDefinitionException(file + ":" + line + ": " + message);
    }

    CredentialDefinitionException error(String message) {
        return new CredentialDefinitionException(where() + message);
    }

    /// The place these names and indices lead to, or the last one on the way that there is.
    YamlNode within(Object... path) {
        var here = this;
        for (var step : path) {
            var next = here.step(step);
            if (next.isEmpty()) {
                return here;
            }
            here = next.get();
        }
        return here;
    }

    private Optional<YamlNode> step(Object step) {
        if (step instanceof String name && node instanceof MappingNode) {
            return Optional.ofNullable(members().get(name));
        }
        return step instanceof Integer index
                        && node instanceof SequenceNode
                        && index < elements().size()
                ? Optional.of(elements().get(index))
                : Optional.empty();
    }

    String where() {
        return file + ":" + node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1) + ": ";
    }

    /// Makes something of this place; what a constructor refuses is said with the line.
    <T> T make(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (CredentialDefinitionException named) {
            throw named;
        } catch (IllegalArgumentException refused) {
            throw new CredentialDefinitionException(where() + refused.getMessage(), refused);
        }
    }

    boolean isScalar() {
        return node instanceof ScalarNode;
    }

    boolean isText() {
        return node instanceof ScalarNode && node.getTag().equals(Tag.STR);
    }

    private boolean isNothing() {
        return node.getTag().equals(Tag.NULL);
    }

    String text() {
        return scalar(Tag.STR, "a text; write it in quotes if it looks like a number or a truth value");
    }

    boolean flag() {
        return Boolean.parseBoolean(scalar(Tag.BOOL, "true or false"));
    }

    int integer() {
        var value = new BigInteger(scalar(Tag.INT, "a number"));
        if (value.bitLength() > 31) {
            throw error("the number is too large");
        }
        return value.intValue();
    }

    private String scalar(Tag tag, String expected) {
        if (node instanceof ScalarNode scalar && node.getTag().equals(tag)) {
            return scalar.getValue();
        }
        throw error("expected " + expected);
    }

    List<YamlNode> elements() {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream()
                    .map(element -> new YamlNode(element, file))
                    .toList();
        }
        throw error("expected a list");
    }

    /// The members of a mapping by name; one whose value is `null` counts as absent.
    Map<String, YamlNode> members() {
        if (!(node instanceof MappingNode mapping)) {
            throw error("expected keys and values");
        }
        var members = new LinkedHashMap<String, YamlNode>();
        var seen = new LinkedHashMap<String, YamlNode>();
        for (var tuple : mapping.getValue()) {
            var key = new YamlNode(tuple.getKeyNode(), file);
            var value = new YamlNode(tuple.getValueNode(), file);
            if (seen.put(key.text(), value) != null) {
                throw key.error("the key `" + key.text() + "` stands twice");
            }
            if (!value.isNothing()) {
                members.put(key.text(), value);
            }
        }
        return Collections.unmodifiableMap(members);
    }

    /// The members of a mapping that may have these and no others.
    Fields fields(String... known) {
        var members = members();
        var words = List.of(known);
        for (var tuple : ((MappingNode) node).getValue()) {
            var key = new YamlNode(tuple.getKeyNode(), file);
            if (!words.contains(key.text())) {
                throw key.error(NearestWord.unknown(key.text(), words));
            }
        }
        return new Fields(members);
    }

    /// As plain values of [dev.intaglio.protocol.json.Json].
    @Nullable
    Object plain() {
        return switch (node) {
            case MappingNode ignored -> {
                var plain = new LinkedHashMap<String, @Nullable Object>();
                members().forEach((name, value) -> plain.put(name, value.plain()));
                yield Collections.unmodifiableMap(plain);
            }
            case SequenceNode ignored -> {
                var plain = new ArrayList<@Nullable Object>();
                elements().forEach(element -> plain.add(element.plain()));
                yield Collections.unmodifiableList(plain);
            }
            case ScalarNode scalar -> plain(scalar);
            default -> throw error("expected a value");
        };
    }

    private @Nullable Object plain(ScalarNode scalar) {
        var tag = scalar.getTag();
        if (tag.equals(Tag.STR)) {
            return scalar.getValue();
        }
        if (tag.equals(Tag.BOOL)) {
            return Boolean.valueOf(scalar.getValue());
        }
        if (tag.equals(Tag.NULL)) {
            return null;
        }
        try {
            if (tag.equals(Tag.INT)) {
                var number = new BigInteger(scalar.getValue());
                return number.bitLength() < 64 ? (Object) number.longValue() : number;
            }
            if (tag.equals(Tag.FLOAT)) {
                return new BigDecimal(scalar.getValue());
            }
        } catch (NumberFormatException notJson) {
            throw error("expected a number as JSON has them");
        }
        throw error("values of type " + tag.getValue() + " are not used in definitions");
    }

    /// The members of a mapping whose keys are all known.
    final class Fields {
        private final Map<String, YamlNode> members;

        private Fields(Map<String, YamlNode> members) {
            this.members = members;
        }

        YamlNode required(String name) {
            return optional(name).orElseThrow(() -> error("the key `" + name + "` is missing"));
        }

        Optional<YamlNode> optional(String name) {
            return Optional.ofNullable(members.get(name));
        }
    }
}
