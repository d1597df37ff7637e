package dev.intaglio.issuer.source;

import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.protocol.json.JsonObject;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Claims that the sign-in told of the person: an OpenID Provider's ID Token and userinfo, an account here, or an external
/// authorization server's access token or introspection response. A definition says which of the sign-in's claims its own are;
/// no other is kept. To be wrapped by [dev.intaglio.issuer.offer.HandedClaims#before], which finds what a sign-in here told.
///
/// ```yaml
/// source:
///   login: {given_name: given_name, address.locality: city}
/// ```
///
/// A list, `login: [given_name, family_name]`, means claims of the same names. Dots lead into objects.
public final class LoginDatasets implements CredentialDatasets {
    private static final String SOURCE = "login";

    /// Whether a definition's `source` is a sign-in.
    public static boolean describes(JsonObject source) {
        return source.has(SOURCE);
    }

    /// The outermost names of all claims that sign-ins are asked for.
    ///
    /// @throws IllegalArgumentException naming the definition whose source cannot be read
    public static Set<String> wanted(Collection<CredentialDefinition> definitions) {
        return definitions.stream()
                .filter(definition -> describes(definition.source()))
                .flatMap(definition -> mapping(definition).values().stream())
                .map(path -> steps(path).getFirst())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Which claim of the sign-in each claim of a credential type is.
    ///
    /// @throws IllegalArgumentException naming the definition whose source cannot be read
    public static Map<String, String> mapping(CredentialDefinition definition) {
        var mapping = new LinkedHashMap<String, String>();
        switch (definition.source().members().get(SOURCE)) {
            case Map<?, ?> names -> names.forEach((claim, path) -> mapping.put(text(claim), text(path)));
            case List<?> names -> names.forEach(name -> mapping.put(text(name), text(name)));
            case null, default -> {}
        }
        if (mapping.isEmpty()
                || mapping.entrySet().stream()
                        .anyMatch(entry -> steps(entry.getKey()).contains("")
                                || steps(entry.getValue()).contains(""))) {
            throw new IllegalArgumentException("the definition " + definition.id()
                    + " has a login source that names no claims; it is a list of names, or an object with the sign-in's"
                    + " name for each claim");
        }
        return mapping;
    }

    @Override
    public Lookup find(Entitlement entitlement) {
        var told = entitlement.signInClaims();
        return told.members().isEmpty()
                ? Lookup.denied(
                        "nothing is known of a sign-in for this authorization: there was none, it told no claims, or"
                                + " it was too long ago")
                : Lookup.ready(new CredentialDataset(claims(entitlement.definition(), told)));
    }

    /// What of a sign-in's claims goes into a dataset.
    public static JsonObject claims(CredentialDefinition definition, JsonObject told) {
        var claims = new LinkedHashMap<String, Object>();
        mapping(definition)
                .forEach((claim, path) ->
                        at(told.members(), steps(path)).ifPresent(value -> put(claims, steps(claim), value)));
        return JsonObject.of(claims);
    }

    private static Optional<Object> at(Map<?, ?> members, List<String> path) {
        var value = members.get(path.getFirst());
        if (path.size() == 1) {
            return Optional.ofNullable(value);
        }
        return value instanceof Map<?, ?> inner ? at(inner, path.subList(1, path.size())) : Optional.empty();
    }

    @SuppressWarnings("unchecked") // the maps inside are our own, or replaced by our own
    private static void put(Map<String, Object> claims, List<String> path, Object value) {
        if (path.size() == 1) {
            claims.put(path.getFirst(), value);
            return;
        }
        var inner = claims.get(path.getFirst()) instanceof LinkedHashMap<?, ?> known
                ? (Map<String, Object>) known
                : new LinkedHashMap<String, Object>();
        claims.put(path.getFirst(), inner);
        put(inner, path.subList(1, path.size()), value);
    }

    private static List<String> steps(String path) {
        return Arrays.asList(path.split("\\.", -1));
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }
}
