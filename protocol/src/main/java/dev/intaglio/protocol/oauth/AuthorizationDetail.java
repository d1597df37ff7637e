package dev.intaglio.protocol.oauth;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.ClaimsDescription;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An authorization details object of type `openid_credential` (§5.1.1, §6.2).
///
/// @param locations the Credential Issuer Identifier, where one authorization server serves several issuers
/// @param credentialIdentifiers what may be asked for at the credential endpoint; only in token responses
public record AuthorizationDetail(
        String credentialConfigurationId,
        List<ClaimsDescription> claims,
        List<String> locations,
        List<String> credentialIdentifiers) {
    public static final String TYPE = "openid_credential";

    public AuthorizationDetail {
        if (credentialConfigurationId.isEmpty()) {
            throw new IllegalArgumentException("credential_configuration_id is empty");
        }
        claims = ClaimsDescription.requireConsistent(claims);
        locations = List.copyOf(locations);
        credentialIdentifiers = List.copyOf(credentialIdentifiers);
    }

    /// Asks for one Credential Configuration.
    public static AuthorizationDetail of(String credentialConfigurationId) {
        return new AuthorizationDetail(credentialConfigurationId, List.of(), List.of(), List.of());
    }

    public AuthorizationDetail withIdentifiers(List<String> identifiers) {
        return new AuthorizationDetail(credentialConfigurationId, claims, locations, identifiers);
    }

    /// Reads the parameter `authorization_details`: a JSON array, here all of type `openid_credential`.
    ///
    /// @throws Refusal `invalid_authorization_details` (RFC 9396, section 5)
    public static List<AuthorizationDetail> readParameter(String parameter) {
        try {
            if (!(Json.read(parameter.getBytes(StandardCharsets.UTF_8), JsonLimits.REQUEST) instanceof List<?> array)
                    || array.isEmpty()) {
                throw new JsonException("authorization_details is a non-empty JSON array");
            }
            var details = new ArrayList<AuthorizationDetail>();
            for (var element : array) {
                if (!(element instanceof Map<?, ?> members)) {
                    throw new JsonException("authorization_details holds objects only");
                }
                details.add(JsonObject.of(members).read(AuthorizationDetail::read));
            }
            return List.copyOf(details);
        } catch (IllegalArgumentException refused) {
            throw TokenErrors.invalidAuthorizationDetails(String.valueOf(refused.getMessage()))
                    .because(refused);
        }
    }

    public static AuthorizationDetail read(JsonObject json) {
        if (!json.string("type").equals(TYPE)) {
            throw new IllegalArgumentException("the type of an authorization details object is " + TYPE);
        }
        var claims = json.optionalObjects("claims").orElse(List.of());
        if (json.has("claims") && claims.isEmpty()) {
            throw new IllegalArgumentException("claims is empty");
        }
        return new AuthorizationDetail(
                json.string("credential_configuration_id"),
                descriptions(claims),
                json.optionalStrings("locations").orElse(List.of()),
                json.optionalStrings("credential_identifiers").orElse(List.of()));
    }

    private static List<ClaimsDescription> descriptions(List<JsonObject> claims) {
        try {
            return ClaimsDescription.requireConsistent(claims.stream()
                    .map(one -> one.read(ClaimsDescription::read))
                    .toList());
        } catch (IllegalArgumentException quoting) {
            // What it says names claims in the sender's words, which have no place in an error response.
            throw new IllegalArgumentException(
                    "claims is not a list of claims descriptions, each of another claim, none contradicting another",
                    quoting);
        }
    }

    public JsonObject write() {
        return JsonObject.builder()
                .put("type", TYPE)
                .put("credential_configuration_id", credentialConfigurationId)
                .putEach("claims", claims.stream(), ClaimsDescription::write)
                .putUnlessEmpty("locations", locations)
                .putUnlessEmpty("credential_identifiers", credentialIdentifiers)
                .build();
    }
}
