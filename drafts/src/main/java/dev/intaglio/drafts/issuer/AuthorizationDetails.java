package dev.intaglio.drafts.issuer;

import dev.intaglio.drafts.wire.Catalogue;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Authorization details that name credentials by format and type, as drafts up to 14 have them, and this issuer by the identifier
/// of a draft.
final class AuthorizationDetails {
    private static final String PARAMETER = "authorization_details";
    private static final String ID = "credential_configuration_id";

    private final Translator issuer;
    private final Set<String> otherIdentifiers;

    AuthorizationDetails(Translator issuer, Set<String> otherIdentifiers) {
        this.issuer = issuer;
        this.otherIdentifiers = Set.copyOf(otherIdentifiers);
    }

    /// A request in the words of 1.0: credentials by scope, so that they can be asked for by format and type afterwards, and this
    /// issuer by its own identifier.
    Form standard(Form form) {
        var changed = form.value("resource")
                .filter(otherIdentifiers::contains)
                .map(other -> form.with("resource", issuer.issuer().identifier().toString()))
                .orElse(form);
        var details = form.value(PARAMETER).flatMap(AuthorizationDetails::read);
        if (details.isEmpty()) {
            return changed;
        }
        var catalogue = Catalogue.of(issuer.metadata());
        var scopes = new LinkedHashSet<>(
                changed.value("scope").map(scope -> List.of(scope.split(" "))).orElse(List.of()));
        var left = new ArrayList<Object>();
        for (var detail : details.get()) {
            var scope = described(detail)
                    ? configuration(detail, catalogue)
                            .flatMap(catalogue::find)
                            .flatMap(configuration -> configuration.optionalString("scope"))
                    : Optional.<String>empty();
            if (scope.isPresent()) {
                scopes.add(scope.get());
            } else {
                left.add(located(detail).members());
            }
        }
        if (!scopes.isEmpty()) {
            changed = changed.with("scope", String.join(" ", scopes));
        }
        return left.isEmpty() ? changed.without(PARAMETER) : changed.with(PARAMETER, Json.writeString(left));
    }

    /// A request whose credentials were described, now named by their configurations.
    ///
    /// @param as how the wallet said it, by configuration
    record Named(Form form, Map<String, JsonObject> as) {
        /// The answer in the wallet's own description (draft 14, 6.2).
        JsonObject answer(JsonObject body) {
            var details = body.optionalObjects(PARAMETER);
            return details.isEmpty()
                    ? body
                    : body.with(
                            PARAMETER,
                            details.get().stream()
                                    .map(one -> described(one).members())
                                    .toList());
        }

        private JsonObject described(JsonObject detail) {
            var asked = detail.optionalString(ID).map(as::get);
            var identifiers = detail.optionalArray("credential_identifiers");
            return asked.isPresent() && identifiers.isPresent()
                    ? asked.get().with("credential_identifiers", identifiers.get())
                    : detail;
        }
    }

    /// @return empty if nothing is described, or something that there is not
    Optional<Named> named(Form form) {
        var details = form.value(PARAMETER).flatMap(AuthorizationDetails::read).orElse(List.of());
        if (details.stream().noneMatch(AuthorizationDetails::described)) {
            return Optional.empty();
        }
        var catalogue = Catalogue.of(issuer.metadata());
        var as = new LinkedHashMap<String, JsonObject>();
        var all = new ArrayList<Object>();
        for (var detail : details) {
            if (!described(detail)) {
                all.add(located(detail).members());
                continue;
            }
            var id = configuration(detail, catalogue);
            if (id.isEmpty() || detail.has("types")) {
                return Optional.empty(); // of draft 11, where nobody asks by identifiers
            }
            as.put(id.get(), detail);
            all.add(JsonObject.builder()
                    .put("type", detail.string("type"))
                    .put(ID, id.get())
                    .build()
                    .members());
        }
        return Optional.of(new Named(form.with(PARAMETER, Json.writeString(all)), as));
    }

    private static boolean described(JsonObject detail) {
        return detail.has("format") && !detail.has(ID);
    }

    private static Optional<String> configuration(JsonObject detail, Catalogue catalogue) {
        var wanted =
                LegacySdJwtVc.IDENTIFIER.equals(detail.optionalString("format").orElse("")) && detail.has("vct")
                        ? detail.with("format", "dc+sd-jwt")
                        : detail;
        return catalogue.matching(wanted).stream().findFirst();
    }

    private JsonObject located(JsonObject detail) {
        return detail.optionalStrings("locations")
                .map(locations -> detail.with(
                        "locations",
                        locations.stream()
                                .map(one -> otherIdentifiers.contains(one)
                                        ? issuer.issuer().identifier().toString()
                                        : one)
                                .distinct()
                                .toList()))
                .orElse(detail);
    }

    private static Optional<List<JsonObject>> read(String parameter) {
        try {
            if (!(Json.read(parameter.getBytes(StandardCharsets.UTF_8), JsonLimits.REQUEST) instanceof List<?> array)) {
                return Optional.empty();
            }
            var details = new ArrayList<JsonObject>();
            for (var element : array) {
                if (!(element instanceof Map<?, ?> members)) {
                    return Optional.empty();
                }
                details.add(JsonObject.of(members));
            }
            return Optional.of(details);
        } catch (JsonException malformed) {
            return Optional.empty();
        }
    }
}
