package dev.intaglio.issuer.credential;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.protocol.credential.CredentialErrors;
import dev.intaglio.protocol.credential.CredentialRequest.Selector;
import dev.intaglio.protocol.explanation.Shown;
import dev.intaglio.protocol.oauth.AccessToken;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Finds the right that an access token gives to what a request asks for (§8.2).
final class Entitlements {
    /// One credential type in one format, as the metadata announces it.
    record Announced(CredentialDefinition definition, FormatConfiguration configuration) {}

    private final Map<String, Announced> announced;

    Entitlements(Map<String, Announced> announced) {
        this.announced = Map.copyOf(announced);
    }

    /// A token that came with `authorization_details` is used with a `credential_identifier` from them, any other token
    /// with a `credential_configuration_id`.
    Entitlement find(AccessToken token, Selector selector, String scheme) {
        return switch (selector) {
            case Selector.Identifier(var identifier) -> byIdentifier(token, identifier);
            case Selector.Configuration(var id) -> byConfiguration(token, id, scheme);
        };
    }

    private Entitlement byIdentifier(AccessToken token, String identifier) {
        return token.authorizationDetails().stream()
                .filter(detail -> detail.credentialIdentifiers().contains(identifier))
                .findFirst()
                .flatMap(detail -> Optional.ofNullable(announced.get(detail.credentialConfigurationId())))
                .map(found -> entitlement(token, found, Optional.of(identifier)))
                .orElseThrow(() -> CredentialErrors.unknownCredentialIdentifier()
                        .expected(
                                token.authorizationDetails().isEmpty()
                                        ? "credential_configuration_id: the token response had no authorization_details"
                                        : "one of its credential_identifiers, of which the token has "
                                                + token.authorizationDetails().size())
                        .came("another " + Shown.length(identifier)));
    }

    private Entitlement byConfiguration(AccessToken token, String id, String scheme) {
        var found = Optional.ofNullable(announced.get(id))
                .orElseThrow(() -> CredentialErrors.unknownCredentialConfiguration()
                        .expected(Shown.names(new TreeSet<>(announced.keySet())))
                        .came(Shown.value(id)));
        if (!token.authorizationDetails().isEmpty()) {
            throw CredentialErrors.invalidCredentialRequest(
                            "the token response had authorization_details: use a credential_identifier from them instead of credential_configuration_id")
                    .section("OpenID4VCI 1.0, 6.2 and 8.2")
                    .expected("credential_identifier")
                    .came("credential_configuration_id " + Shown.value(id));
        }
        if (!token.configurationIds().contains(id)
                && !token.scopes().contains(found.configuration().scope())) {
            throw CredentialErrors.insufficientScope(
                            scheme, "the access token was not given for this credential configuration")
                    .expected(Shown.names(new TreeSet<>(token.configurationIds()))
                            + (token.scopes().isEmpty() ? "" : " or of scope " + Shown.names(token.scopes())))
                    .came(Shown.value(id));
        }
        return entitlement(token, found, Optional.empty());
    }

    private static Entitlement entitlement(AccessToken token, Announced found, Optional<String> identifier) {
        return new Entitlement(
                token.subject(),
                found.definition(),
                found.configuration(),
                identifier,
                token.clientId(),
                token.authorizationId(),
                token.claims());
    }
}
