package dev.intaglio.spring;

import dev.intaglio.authorization.client.AttestationPolicy;
import dev.intaglio.authorization.client.RegisteredClient;
import dev.intaglio.authorization.token.DpopPolicy;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The properties and the profile brought together: what is not set is as the profile has it, and what is set against the
/// profile stops the start.
///
/// @param attestations empty if no wallet provider is trusted
record AuthorizationSettings(
        AuthorizationProperties properties,
        DpopPolicy dpop,
        boolean publicClients,
        boolean anonymousAccess,
        boolean pushedOnly,
        boolean pkceRequired,
        List<RegisteredClient> clients,
        Optional<AttestationPolicy> attestations) {

    /// @throws IllegalStateException naming the key that is wrong, and what to do
    static AuthorizationSettings of(AuthorizationProperties properties, AttestationStatuses statuses)
            throws IOException {
        var haip = properties.profile() == Profile.HAIP;
        if (haip) {
            HaipDemands.check(properties);
        }
        var publicClients = properties.publicClients().orElse(!haip);
        if (!publicClients && properties.anonymousAccess().orElse(false)) {
            throw new IllegalStateException("intaglio.anonymous-access lets wallets go without authentication;"
                    + " remove it, or allow that by intaglio.public-clients=true");
        }
        var settings = new AuthorizationSettings(
                properties,
                properties.dpop().orElse(haip ? DpopPolicy.REQUIRED : DpopPolicy.OPTIONAL),
                publicClients,
                publicClients && properties.anonymousAccess().orElse(true),
                properties.authorizationCode().pushedOnly().orElse(haip),
                properties.authorizationCode().pkceRequired().orElse(true),
                ConfiguredClients.of(properties),
                ConfiguredAttesters.of(properties)
                        .map(policy -> statuses.of(policy)
                                .map(properties.walletAttestation()::strict)
                                .map(policy::withStatus)
                                .orElse(policy)));
        settings.requireSomeClient();
        return settings;
    }

    private void requireSomeClient() {
        if (publicClients) {
            return;
        }
        for (var client : clients) {
            if (client.method() instanceof RegisteredClient.Method.None) {
                throw new IllegalStateException("the client " + client.id()
                        + " of intaglio.clients does not authenticate, and public clients are off;"
                        + " give it jwks, jwks-file or authentication=attestation");
            }
        }
        var signing =
                clients.stream().anyMatch(client -> client.method() instanceof RegisteredClient.Method.PrivateKeyJwt);
        if (!signing && attestations.isEmpty()) {
            throw new IllegalStateException("no wallet can authenticate, and public clients are off;"
                    + " name a provider in intaglio.wallet-providers, or a client with keys in intaglio.clients");
        }
    }
}
