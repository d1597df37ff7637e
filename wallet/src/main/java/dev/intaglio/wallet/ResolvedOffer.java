package dev.intaglio.wallet;

import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import dev.intaglio.protocol.offer.CredentialOffer;
import dev.intaglio.protocol.offer.Grants;
import dev.intaglio.protocol.offer.TxCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An offer with what its issuer and authorization server say of themselves: all a user needs to decide.
public record ResolvedOffer(
        CredentialOffer offer, CredentialIssuerMetadata issuer, AuthorizationServerMetadata authorizationServer) {
    /// What to ask of the user, if the offer needs a Transaction Code.
    public Optional<TxCode> txCode() {
        return offer.grants().preAuthorizedCode().flatMap(Grants.PreAuthorizedCode::txCode);
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
