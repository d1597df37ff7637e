package dev.intaglio.wallet;

import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.wallet.DpopClient.Server;
import java.util.Optional;

/// An access token with what is needed to use it at the Credential Issuer.
///
/// @param clientId empty if it was obtained without one; then proofs have no `iss` (App. F.1)
/// @param dpop present if the token may be bound to a key
record Access(TokenResponse token, Optional<String> clientId, Optional<DpopClient> dpop, Handler transport) {
    /// Sends a request with the token, and once more with a fresh proof if the server asks for its nonce.
    Response send(Request request) {
        if (!token.dpopBound()) {
            return transport.handle(request.with("Authorization", TokenResponse.BEARER + " " + token.accessToken()));
        }
        var response = sendBound(request);
        return DpopClient.asksForNonce(response) ? sendBound(request) : response;
    }

    /// Sends a request to an open endpoint, and takes up the nonce that may come with the answer.
    Response sendOpenly(Request request) {
        var response = transport.handle(request);
        dpop.ifPresent(key -> key.remember(Server.CREDENTIAL_ISSUER, response));
        return response;
    }

    private Response sendBound(Request request) {
        var key = dpop.orElseThrow();
        var response = transport.handle(key.prove(
                request.with("Authorization", DpopProof.HEADER + " " + token.accessToken()),
                Server.CREDENTIAL_ISSUER,
                Optional.of(token.accessToken())));
        key.remember(Server.CREDENTIAL_ISSUER, response);
        return response;
    }

    /// Without the token.
    @Override
    public String toString() {
        return "Access[" + token + "]";
    }
}
