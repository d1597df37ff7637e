package dev.intaglio.server.admin;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.issuer.offer.OfferRequest;
import dev.intaglio.issuer.offer.OfferedGrants;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.offer.TxCode;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the JSON that asks for an offer. What is not understood is refused, since a misspelt member would make another
/// offer than was wanted.
final class OfferOrder {
    private static final Set<String> MEMBERS = Set.of(
            "subject",
            "configurations",
            "grant",
            "tx_code",
            "single_use",
            "authorization_server",
            "valid_for",
            "claims");
    private static final Set<String> TX_CODE_MEMBERS = Set.of("input_mode", "length", "description");
    private static final TxCode USUAL_TX_CODE =
            TxCode.numeric(6, "The code that the issuer gave you apart from this offer");
    private static final int SHORTEST_TX_CODE = 4;
    private static final int LONGEST_TX_CODE = 32;

    private OfferOrder() {}

    /// @param usualValidity if it does not say
    /// @param definitions whose claims may be named by them, for all of their configurations that are offered
    /// @throws IllegalArgumentException saying what is wrong
    static OfferRequest read(JsonObject json, Duration usualValidity, List<CredentialDefinition> definitions) {
        requireKnown("", json, MEMBERS);
        var configurations = json.strings("configurations");
        if (configurations.isEmpty()) {
            throw new IllegalArgumentException("configurations is empty");
        }
        return new OfferRequest(
                json.optionalString("subject"),
                configurations,
                grants(json),
                txCode(json),
                json.flag("single_use"),
                json.optionalString("authorization_server").map(URI::create),
                validity(json, usualValidity),
                claims(json, configurations, definitions));
    }

    private static Map<String, JsonObject> claims(
            JsonObject json, List<String> configurations, List<CredentialDefinition> definitions) {
        var byConfiguration = new LinkedHashMap<String, JsonObject>();
        var claims = json.optionalObject("claims").orElse(JsonObject.empty());
        for (var id : claims.members().keySet()) {
            var offered = definitions.stream()
                    .filter(definition -> definition.id().equals(id))
                    .flatMap(definition -> definition.configurations().stream())
                    .map(FormatConfiguration::id)
                    .filter(configurations::contains)
                    .toList();
            // What is said for a configuration itself comes before what is said for all of its type.
            offered.forEach(configuration -> byConfiguration.putIfAbsent(configuration, claims.object(id)));
            if (configurations.contains(id)) {
                byConfiguration.put(id, claims.object(id));
            } else if (offered.isEmpty()) {
                throw new IllegalArgumentException("claims are for what is offered, and " + id + " is not");
            }
        }
        return byConfiguration;
    }

    /// @throws IllegalArgumentException naming a member there is not
    private static void requireKnown(String where, JsonObject json, Set<String> known) {
        var unknown = new HashSet<>(json.members().keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no " + where + unknown.stream().sorted().toList().getFirst() + "; there are "
                            + known.stream().sorted().toList());
        }
    }

    private static OfferedGrants grants(JsonObject json) {
        var grant = json.optionalString("grant").orElse("pre-authorized_code");
        return switch (grant) {
            case "pre-authorized_code" -> OfferedGrants.PRE_AUTHORIZED_CODE;
            case "authorization_code" -> OfferedGrants.AUTHORIZATION_CODE;
            case "both" -> OfferedGrants.BOTH;
            default -> throw new IllegalArgumentException("grant is pre-authorized_code, authorization_code or both");
        };
    }

    private static Optional<TxCode> txCode(JsonObject json) {
        if (json.members().get("tx_code") instanceof Map) {
            var shape = json.object("tx_code");
            requireKnown("tx_code.", shape, TX_CODE_MEMBERS);
            return Optional.of(txCode(shape, shape.read(TxCode::read)));
        }
        return json.flag("tx_code") ? Optional.of(USUAL_TX_CODE) : Optional.empty();
    }

    private static TxCode txCode(JsonObject shape, TxCode txCode) {
        var mode = shape.optionalString("input_mode");
        if (mode.filter(value -> !List.of("numeric", "text").contains(value)).isPresent()) {
            throw new IllegalArgumentException("tx_code.input_mode is numeric or text");
        }
        var length = txCode.length().orElse(SHORTEST_TX_CODE);
        if (length < SHORTEST_TX_CODE || length > LONGEST_TX_CODE) {
            throw new IllegalArgumentException("tx_code.length is from " + SHORTEST_TX_CODE + " to " + LONGEST_TX_CODE);
        }
        return txCode;
    }

    private static Duration validity(JsonObject json, Duration usual) {
        try {
            return json.optionalString("valid_for").map(Duration::parse).orElse(usual);
        } catch (DateTimeParseException malformed) {
            throw new IllegalArgumentException("valid_for is a duration such as PT10M", malformed);
        }
    }
}
