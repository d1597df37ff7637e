package dev.intaglio.wallet;

import dev.intaglio.protocol.clientattestation.ClientAttestation;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import java.net.URI;
import java.util.Optional;

/// Marks requests to one authorization server as those of this client.
interface Authenticator {
    /// Empty for a wallet that stays anonymous.
    Optional<String> clientId();

    /// A request that proves who sends it; made anew for each attempt, since such proofs are good for one request.
    Request post(URI endpoint, Form form);

    /// Takes up what came with a response for later requests.
    default void remember(Response response) {}

    /// Whether a request that was refused so is worth another attempt.
    default boolean meets(String error) {
        return false;
    }

    /// The method that the wallet has and the server lists; none, otherwise.
    static Authenticator at(AuthorizationServerMetadata server, Settings settings, Handler transport) {
        return switch (settings.authentication()) {
            case ClientAuthentication.Attestation(var attestations)
            when server.tokenEndpointAuthMethods().contains(ClientAttestation.METHOD) ->
                new AttestedClient(server, attestations, settings, transport);
            case ClientAuthentication.PrivateKeyJwt(var key)
            when server.tokenEndpointAuthMethods().contains(AssertingClient.METHOD) ->
                new AssertingClient(server.issuer(), settings.requiredClientId(), key, settings);
            case ClientAuthentication.None none -> publicClient(settings);
            case ClientAuthentication.Attestation unlisted -> publicClient(settings);
            case ClientAuthentication.PrivateKeyJwt unlisted -> publicClient(settings);
        };
    }

    private static Authenticator publicClient(Settings settings) {
        if (settings.highAssurance()) {
            throw new WalletException("this wallet authenticates by no method that the authorization server lists,"
                    + " and HAIP has no public clients");
        }
        return new PublicClient(settings.clientId());
    }

    /// Says `client_id`, or nothing.
    record PublicClient(Optional<String> clientId) implements Authenticator {
        @Override
        public Request post(URI endpoint, Form form) {
            return Request.post(endpoint, form.with("client_id", clientId));
        }
    }
}
