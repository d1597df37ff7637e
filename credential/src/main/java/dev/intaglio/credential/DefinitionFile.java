package dev.intaglio.credential;

import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.ClaimDisplay;
import dev.intaglio.protocol.metadata.ClaimsPath;
import dev.intaglio.protocol.metadata.CredentialDisplay;
import dev.intaglio.protocol.metadata.KeyAttestationsRequired;
import dev.intaglio.protocol.metadata.Logo;
import dev.intaglio.protocol.metadata.ReusePolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The file form of a [CredentialDefinition], read strictly: a key nobody knows is a mistake, not an extension.
final class DefinitionFile {
    static final int MAX_LENGTH = 512 * 1024;

    private static final Pattern LANGUAGE_TAG = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");

    private static final String[] LOOK = {"background_color", "text_color", "logo", "background_image"};
    private static final String[] DISPLAY = {
        "locale", "name", "description", "background_color", "text_color", "logo", "background_image"
    };

    private DefinitionFile() {}

    /// @param at where the definition lies, for what it says lies beside it
    static CredentialDefinition read(String text, String file, Optional<Path> at) {
        if (text.length() > MAX_LENGTH) {
            throw new CredentialDefinitionException(file + ":1: longer than " + MAX_LENGTH + " characters");
        }
        var document = YamlNode.read(text, file);
        var fields = document.fields(
                "id",
                "look",
                "display",
                "claims",
                "formats",
                "validity",
                "binding",
                "decoys",
                "source",
                "status",
                "key_attestations_required",
                "approval",
                "batch_size",
                "limit",
                "purposes",
                "schema",
                "reuse",
                "proof_types",
                "freshness");
        var name = fields.required("id");
        var id = name.make(() -> CredentialDefinition.requireId(name.text()));
        var look = fields.optional("look").map(node -> node.fields(LOOK));
        return document.make(() -> new CredentialDefinition(
                id,
                onePerLanguage(fields.required("display"), look),
                claims(fields.required("claims")),
                formats(id, fields.required("formats"), at),
                fields.optional("validity").map(DefinitionFile::validity).orElseGet(() -> Validity.of("P90D")),
                fields.optional("binding").map(YamlNode::flag).orElse(true),
                fields.optional("decoys").map(YamlNode::integer).orElse(0),
                fields.optional("source").map(DefinitionFile::object).orElse(JsonObject.empty()),
                fields.optional("status").flatMap(DefinitionFile::status),
                fields.optional("key_attestations_required").map(DefinitionFile::keyAttestations),
                new IssuancePolicy(
                        fields.optional("approval")
                                .map(DefinitionFile::approval)
                                .orElse(IssuancePolicy.Approval.NONE),
                        fields.optional("batch_size")
                                .map(node -> OptionalInt.of(node.integer()))
                                .orElse(OptionalInt.empty()),
                        fields.optional("limit").map(DefinitionFile::limit),
                        fields.optional("purposes")
                                .map(list -> words(list, "purposes"))
                                .orElse(Set.of()),
                        fields.optional("reuse").map(DefinitionFile::reuse),
                        fields.optional("proof_types")
                                .map(list -> words(list, "proof_types"))
                                .orElse(Set.of()),
                        fields.optional("freshness").map(DefinitionFile::duration)),
                fields.optional("schema").map(schema -> schema(schema, at))));
    }

    private static Set<String> words(YamlNode node, String key) {
        var words = node.elements().stream().map(YamlNode::text).collect(Collectors.toCollection(LinkedHashSet::new));
        if (words.isEmpty() || words.contains("")) {
            throw node.error(
                    "a list of " + key.replace('_', ' ') + " names some; leave `" + key + "` out if there are none");
        }
        return words;
    }

    private static JsonObject schema(YamlNode node, Optional<Path> at) {
        return node.isText() ? Place.of(node, at).json(node.text()) : object(node);
    }

    private static IssuancePolicy.Approval approval(YamlNode node) {
        return switch (node.text()) {
            case "none" -> IssuancePolicy.Approval.NONE;
            case "manual" -> IssuancePolicy.Approval.MANUAL;
            default -> throw node.error("expected none or manual");
        };
    }

    private static ReusePolicy reuse(YamlNode node) {
        var fields = node.fields("methods", "batch_size", "reissue_unused", "reissue_lifetime_left");
        return node.make(() -> new ReusePolicy(
                fields.required("methods").elements().stream()
                        .map(YamlNode::text)
                        .toList(),
                number(fields.optional("batch_size")),
                number(fields.optional("reissue_unused")),
                fields.optional("reissue_lifetime_left").map(DefinitionFile::duration)));
    }

    private static OptionalInt number(Optional<YamlNode> node) {
        return node.map(found -> OptionalInt.of(found.integer())).orElse(OptionalInt.empty());
    }

    private static Optional<StatusPolicy> status(YamlNode node) {
        if (node.isScalar()) {
            return node.flag() ? Optional.of(StatusPolicy.DEFAULT) : Optional.empty();
        }
        var fields = node.fields("mechanisms", "purposes");
        var mechanisms = new HashSet<StatusMechanism>();
        fields.optional("mechanisms").map(YamlNode::elements).orElse(List.of()).forEach(name -> {
            var mechanism = StatusMechanism.of(name.text())
                    .orElseThrow(() -> name.error("expected token-status-list or bitstring-status-list"));
            mechanisms.add(mechanism);
        });
        return Optional.of(node.make(() -> new StatusPolicy(
                mechanisms,
                fields.optional("purposes")
                        .map(list ->
                                list.elements().stream().map(YamlNode::text).toList())
                        .orElse(StatusPolicy.DEFAULT.purposes()))));
    }

    private static IssuancePolicy.Limit limit(YamlNode node) {
        var fields = node.fields("credentials", "per");
        return node.make(() ->
                new IssuancePolicy.Limit(fields.required("credentials").integer(), duration(fields.required("per"))));
    }

    /// @param look what all languages share, unless one says otherwise
    private static List<CredentialDisplay> onePerLanguage(YamlNode list, Optional<YamlNode.Fields> look) {
        var displays = list.elements().stream().map(node -> display(node, look)).toList();
        if (displays.isEmpty()) {
            throw list.error("a credential type is shown in at least one language");
        }
        if (displays.stream().map(CredentialDisplay::locale).distinct().count() < displays.size()) {
            throw list.error("a locale has two displays");
        }
        return displays;
    }

    private static CredentialDisplay display(YamlNode node, Optional<YamlNode.Fields> look) {
        var fields = node.fields(DISPLAY);
        Function<String, Optional<YamlNode>> own =
                key -> fields.optional(key).or(() -> look.flatMap(shared -> shared.optional(key)));
        var locale = locale(fields.required("locale"));
        return node.make(() -> new CredentialDisplay(
                fields.required("name").text(),
                Optional.of(locale),
                own.apply("logo").map(DefinitionFile::logo),
                fields.optional("description").map(YamlNode::text),
                own.apply("background_color").map(YamlNode::text),
                own.apply("background_image")
                        .map(image -> uri(image.fields("uri").required("uri"))),
                own.apply("text_color").map(YamlNode::text)));
    }

    private static String locale(YamlNode node) {
        return language(node, node.text());
    }

    private static String language(YamlNode node, String tag) {
        if (!LANGUAGE_TAG.matcher(tag).matches()) {
            throw node.error("`" + tag + "` is not a language tag such as en or de-AT");
        }
        return tag;
    }

    private static Logo logo(YamlNode node) {
        var fields = node.fields("uri", "alt_text");
        return new Logo(uri(fields.required("uri")), fields.optional("alt_text").map(YamlNode::text));
    }

    private static URI uri(YamlNode node) {
        var uri = node.make(() -> URI.create(node.text()));
        if (!uri.isAbsolute()) {
            throw node.error("expected a URI with a scheme, such as https: or data:");
        }
        return uri;
    }

    private static Claims claims(YamlNode list) {
        var claims = list.elements().stream().map(DefinitionFile::claim).toList();
        return list.make(() -> new Claims(claims));
    }

    private static ClaimDefinition claim(YamlNode node) {
        var fields = node.fields("path", "display", "mandatory", "sd");
        return node.make(() -> {
            var claim = new ClaimDefinition(
                    path(fields.required("path")),
                    fields.optional("display").map(DefinitionFile::labels).orElse(List.of()),
                    fields.optional("mandatory").map(YamlNode::flag).orElse(false),
                    fields.optional("sd").map(DefinitionFile::disclosure).orElse(SelectiveDisclosure.ALLOWED));
            Claims.requirePath(claim); // all claims are looked at later; here is where the line is known
            return claim;
        });
    }

    private static ClaimsPath path(YamlNode node) {
        if (node.isText()) {
            return ClaimsPath.of(node.text());
        }
        var elements = new ArrayList<@Nullable Object>();
        node.elements().forEach(element -> elements.add(element.plain()));
        return ClaimsPath.read(elements);
    }

    private static List<ClaimDisplay> labels(YamlNode node) {
        return node.members().entrySet().stream()
                .map(label -> new ClaimDisplay(
                        Optional.of(label.getValue().text()), Optional.of(language(label.getValue(), label.getKey()))))
                .toList();
    }

    private static SelectiveDisclosure disclosure(YamlNode node) {
        for (var disclosure : SelectiveDisclosure.values()) {
            if (disclosure.word().equals(node.text())) {
                return disclosure;
            }
        }
        throw node.error("expected always, allowed or never");
    }

    private static List<FormatConfiguration> formats(String definition, YamlNode node, Optional<Path> at) {
        return node.members().entrySet().stream()
                .map(format -> format(definition, format.getKey(), format.getValue(), at))
                .toList();
    }

    /// What the parameters mean is for the format to say.
    private static FormatConfiguration format(String definition, String format, YamlNode node, Optional<Path> at) {
        var members = node.members();
        var parameters = JsonObject.builder();
        members.forEach((name, value) -> {
            var plain = value.plain();
            if (plain != null && !name.equals(FormatConfiguration.ID) && !name.equals(FormatConfiguration.SCOPE)) {
                parameters.put(name, plain);
            }
        });
        var id = Optional.ofNullable(members.get(FormatConfiguration.ID))
                .map(YamlNode::text)
                .orElseGet(() -> definition + "_" + format.replaceAll("[^A-Za-z0-9]", "_"));
        var scope = Optional.ofNullable(members.get(FormatConfiguration.SCOPE))
                .map(YamlNode::text)
                .orElse(id);
        return node.make(() -> new FormatConfiguration(id, format, scope, parameters.build(), Place.of(node, at)));
    }

    private static Validity validity(YamlNode node) {
        if (node.isText()) {
            return node.make(() -> Validity.of(node.text()));
        }
        var fields = node.fields("duration", "rounding", "jitter");
        var rounding = fields.optional("rounding").map(DefinitionFile::duration).orElse(Validity.DAY);
        var jitter = fields.optional("jitter").map(DefinitionFile::duration).orElse(Duration.ZERO);
        return node.make(
                () -> Validity.of(fields.required("duration").text(), rounding).withJitter(jitter));
    }

    private static Duration duration(YamlNode node) {
        try {
            return Duration.parse(node.text());
        } catch (DateTimeParseException malformed) {
            throw node.error("expected an ISO 8601 duration such as PT24H or P1D");
        }
    }

    private static KeyAttestationsRequired keyAttestations(YamlNode node) {
        var fields = node.fields("key_storage", "user_authentication");
        return new KeyAttestationsRequired(levels(fields, "key_storage"), levels(fields, "user_authentication"));
    }

    private static List<String> levels(YamlNode.Fields fields, String key) {
        return fields.optional(key)
                .map(list -> {
                    var levels = list.elements().stream().map(YamlNode::text).toList();
                    if (levels.isEmpty()) {
                        throw list.error("an empty list accepts nothing; leave `" + key + "` out to accept all");
                    }
                    return levels;
                })
                .orElse(List.of());
    }

    private static JsonObject object(YamlNode node) {
        node.members();
        var plain = node.plain();
        return plain instanceof Map<?, ?> members ? JsonObject.of(members) : JsonObject.empty();
    }
}
