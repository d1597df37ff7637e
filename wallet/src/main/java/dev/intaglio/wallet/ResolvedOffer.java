package dev.intaglio.wallet;

import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import dev.intaglio.protocol.oauth.Grant;
import dev.intaglio.protocol.offer.CredentialOffer;
import dev.intaglio.protocol.offer.Grants;
import dev.intaglio.protocol.offer.TxCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An offer with what its issuer and authorization server say of themselves: all a user needs to decide.
///
/// @param grantType by which the credentials are to be had: [Grant#PRE_AUTHORIZED_CODE] by [Wallet#receive],
///     [Grant#AUTHORIZATION_CODE] by [Wallet#begin]
public record ResolvedOffer(
        CredentialOffer offer,
        CredentialIssuerMetadata issuer,
        AuthorizationServerMetadata authorizationServer,
        String grantType) {
    /// Whether the user has to be sent to the authorization server.
    public boolean needsBrowser() {
        return grantType.equals(Grant.AUTHORIZATION_CODE);
    }

    /// What to ask of the user, if the offer needs a Transaction Code.
    public Optional<TxCode> txCode() {
        return needsBrowser()
                ? Optional.empty()
                : offer.grants().preAuthorizedCode().flatMap(Grants.PreAuthorizedCode::txCode);
    }

    /// The offered credentials as the metadata announces them, in the offer's order.
    public Map<String, CredentialConfiguration> configurations() {
        var offered = new LinkedHashMap<String, CredentialConfiguration>();
        for (var id : offer.configurationIds()) {
            var configuration = issuer.configurations().get(id);
            if (configuration != null) {
                offered.put(id, configuration);
            }
        }
        return offered;
    }
}
