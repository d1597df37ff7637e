package dev.intaglio.cli;

import dev.intaglio.cli.text.Tree;
import dev.intaglio.credential.ClaimDefinition;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.ClaimsPath;
import dev.intaglio.spring.SourceTrial;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `intaglio source try`: what the source of a credential type says of a person, and what would become of it.
@Command(
        name = "try",
        description = {
            "Ask the source of a credential type about a subject, and show where each claim comes from and what credentials"
                    + " would carry.",
            "Shows personal data, on this terminal alone. Reads the settings of a server; none is started or asked."
        },
        sortOptions = false)
final class SourceTryCommand extends Subcommand {
    private static final int LONGEST = 80;

    @Parameters(index = "0", paramLabel = "TYPE", description = "The id of a definition (pid).")
    private String type = "";

    @Parameters(index = "1", paramLabel = "SUBJECT", description = "Whom to ask about, as the source knows them.")
    private String subject = "";

    @Option(names = "--config", paramLabel = "FILE", description = "The server's YAML file of settings.")
    private @Nullable String config;

    @Option(
            names = "--credentials",
            paramLabel = "DIR",
            description = "The server's directory of credential definitions.")
    private @Nullable String credentials;

    @Option(
            names = "--claims",
            paramLabel = "FILE",
            description = "The server's JSON file with the claims of each subject.")
    private @Nullable String claims;

    @Option(
            names = "--login",
            paramLabel = "FILE",
            description = "For a login source: a JSON file with the claims a sign-in would tell.")
    private @Nullable String login;

    SourceTryCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    boolean run() {
        try (var trial = Start.sources(properties(), terminal().command())) {
            var definition = trial.definition(type)
                    .orElseThrow(() -> new CommandFailure(
                            "there is no credential type " + type,
                            "There are:  "
                                    + trial.definitions().stream()
                                            .map(CredentialDefinition::id)
                                            .collect(Collectors.joining(", "))));
            return switch (find(trial, definition)) {
                case Lookup.Ready found -> show(trial, definition, found);
                case Lookup.Pending(var interval) -> nothing(trial, definition, "not ready: ask again in " + interval);
                case Lookup.Denied(var reason) -> nothing(trial, definition, reason);
            };
        }
    }

    private Lookup find(SourceTrial trial, CredentialDefinition definition) {
        try {
            return trial.find(definition, subject, signedIn());
        } catch (RuntimeException failed) {
            throw new CommandFailure(
                    "the source cannot be asked: " + failed.getMessage(),
                    "A wallet would be answered server_error. For the whole story:  INTAGLIO_TRACE=1",
                    failed);
        }
    }

    private boolean nothing(SourceTrial trial, CredentialDefinition definition, String reason) {
        say("No claims from " + trial.source(definition) + ": " + reason);
        result(JsonObject.builder()
                .put("type", definition.id())
                .put("subject", subject)
                .put("source", trial.source(definition))
                .put("none", reason)
                .build());
        return false;
    }

    private boolean show(SourceTrial trial, CredentialDefinition definition, Lookup.Ready found) {
        var rows = definition.claims().all().stream()
                .flatMap(claim -> row(trial, definition, claim, found).stream())
                .toList();
        var leftOut = leftOut(definition, found.dataset().claims());
        var violations = trial.check(definition, found);
        var carried = new CarriedClaims(trial.formats(), terminal().clock()).of(definition, found.dataset());
        say(new Tree(
                        "claims from " + trial.source(definition),
                        "",
                        rows.stream().map(Row::tree).toList())
                .render());
        if (!leftOut.isEmpty()) {
            say("The source has more, which the definition does not describe: " + String.join(", ", leftOut) + "\n");
        }
        if (definition.schema().isPresent()) {
            var broken = violations.stream()
                    .map(violation -> Tree.of("", violation.toString()))
                    .toList();
            say(new Tree("JSON Schema", broken.isEmpty() ? "is kept" : "is not kept: nothing would be issued", broken)
                    .render());
        }
        carried.forEach(format -> say(format.tree(terminal().clock().instant()).render()));
        result(JsonObject.builder()
                .put("type", definition.id())
                .put("subject", subject)
                .put("source", trial.source(definition))
                .put("claims", rows.stream().map(Row::json).toList())
                .put("left_out", leftOut)
                .put(
                        "schema_violations",
                        violations.stream().map(Object::toString).toList())
                .put(
                        "formats",
                        carried.stream().map(CarriedClaims.Carried::json).toList())
                .build());
        return violations.isEmpty() && carried.stream().allMatch(CarriedClaims.Carried::made);
    }

    /// One claim that the definition describes.
    private record Row(
            ClaimsPath path,
            boolean mandatory,
            Optional<Object> value,
            String origin,
            String transformation,
            String missing) {
        Tree tree() {
            var from = "   ← " + origin + (transformation.isEmpty() ? "" : ", " + transformation);
            return Tree.of(
                    path.toString(),
                    value.map(Row::text).orElse("– " + missing + (mandatory ? ", and mandatory" : "")) + from);
        }

        private static String text(Object value) {
            var text = value instanceof String string ? string : Json.writeString(value);
            return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        }

        JsonObject json() {
            return JsonObject.builder()
                    .put("path", path.write())
                    .put("mandatory", mandatory)
                    .putIf("value", value)
                    .put("origin", origin)
                    .putIf("transformation", Optional.of(transformation).filter(text -> !text.isEmpty()))
                    .putIf("missing", Optional.of(missing).filter(text -> !text.isEmpty()))
                    .build();
        }
    }

    /// Elements of arrays come with their array.
    private Optional<Row> row(
            SourceTrial trial, CredentialDefinition definition, ClaimDefinition claim, Lookup.Ready found) {
        var names = names(claim.path());
        if (names.size() < claim.path().elements().size()) {
            return Optional.empty();
        }
        var origin = trial.origin(definition, names, subject);
        var value = at(found.dataset().claims().members(), names);
        var missing = value.isPresent() ? "" : origin.found() ? "nothing stands there" : "the source has no such place";
        return Optional.of(
                new Row(claim.path(), claim.mandatory(), value, origin.place(), origin.transformation(), missing));
    }

    private static List<String> names(ClaimsPath path) {
        var names = new ArrayList<String>();
        for (var element : path.elements()) {
            if (!(element instanceof ClaimsPath.Element.Name(var name))) {
                return names;
            }
            names.add(name);
        }
        return names;
    }

    private static Optional<Object> at(Map<?, ?> members, List<String> path) {
        var value = members.get(path.getFirst());
        if (path.size() == 1) {
            return Optional.ofNullable(value);
        }
        return value instanceof Map<?, ?> inner ? at(inner, path.subList(1, path.size())) : Optional.empty();
    }

    private static List<String> leftOut(CredentialDefinition definition, JsonObject claims) {
        return claims.members().keySet().stream()
                .filter(name -> !definition.claims().root().members().containsKey(name))
                .sorted()
                .toList();
    }

    private JsonObject signedIn() {
        if (login == null) {
            return JsonObject.empty();
        }
        var file = terminal().path(login);
        try {
            return Json.readObject(Files.readAllBytes(file), JsonLimits.DOCUMENT);
        } catch (IOException | JsonException unreadable) {
            throw new CommandFailure(
                    "cannot read the claims of a sign-in in " + file + ": " + unreadable.getMessage(),
                    "They look like:  {\"given_name\": \"Erika\"}",
                    unreadable);
        }
    }

    private Map<String, Object> properties() {
        var properties = new LinkedHashMap<String, Object>();
        if (credentials != null) {
            properties.put("intaglio.credentials", terminal().path(credentials));
        }
        if (claims != null) {
            properties.put("intaglio.claims", terminal().path(claims));
        }
        if (config != null) {
            var file = terminal().path(config).toAbsolutePath();
            if (!Files.exists(file)) {
                throw new CommandFailure(
                        "there is no " + config,
                        "Look at --config:  " + terminal().command() + " source try --help");
            }
            properties.put("spring.config.additional-location", file.toUri());
            properties.put("config-directory", String.valueOf(file.getParent()));
        }
        return properties;
    }
}
