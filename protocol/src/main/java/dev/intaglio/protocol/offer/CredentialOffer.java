package dev.intaglio.protocol.offer;

import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.Identifiers;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// A Credential Offer (§4.1.1): which credentials an issuer offers, and by which grants they may be had. Whoever sees it
/// may use it; what must stay secret goes another way, as the Transaction Code does.
///
/// @param configurationIds keys of `credential_configurations_supported`, each once
public record CredentialOffer(URI credentialIssuer, List<String> configurationIds, Grants grants) {
    public CredentialOffer {
        Identifiers.require("credential_issuer", credentialIssuer);
        configurationIds = List.copyOf(configurationIds);
        if (configurationIds.isEmpty()) {
            throw new IllegalArgumentException("credential_configuration_ids is empty");
        }
        if (new HashSet<>(configurationIds).size() < configurationIds.size()) {
            throw new IllegalArgumentException("credential_configuration_ids names one twice");
        }
    }

    /// @throws IllegalArgumentException naming the member that is wrong
    public static CredentialOffer read(JsonObject json) {
        return new CredentialOffer(
                URI.create(json.string("credential_issuer")),
                json.strings("credential_configuration_ids"),
                json.optional("grants", Grants::read).orElse(Grants.none()));
    }

    public JsonObject write() {
        var written = grants.write();
        return JsonObject.builder()
                .put("credential_issuer", credentialIssuer.toString())
                .put("credential_configuration_ids", configurationIds)
                .putIf("grants", written.members().isEmpty() ? Optional.empty() : Optional.of(written))
                .build();
    }
}
