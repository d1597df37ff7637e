package dev.intaglio.wallet;

import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.oauth.AuthorizationDetail;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import dev.intaglio.protocol.oauth.Grant;
import dev.intaglio.protocol.oauth.TokenRequest;
import dev.intaglio.protocol.oauth.TokenResponse;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// This wallet at one authorization server, for one issuance: authenticated, with a DPoP key if there is to be one.
final class AuthorizationServerClient {
    private final AuthorizationServerMetadata server;
    private final Authenticator authenticator;
    private final Optional<DpopClient> dpop;
    private final Settings settings;
    private final Handler transport;

    AuthorizationServerClient(
            AuthorizationServerMetadata server, Optional<DpopClient> dpop, Settings settings, Handler transport) {
        this.server = server;
        this.dpop = dpop;
        this.settings = settings;
        this.transport = transport;
        authenticator = Authenticator.at(server, settings, transport);
    }

    /// With a new DPoP key where the server takes them.
    static AuthorizationServerClient at(AuthorizationServerMetadata server, Settings settings, Handler transport) {
        return new AuthorizationServerClient(server, settings.newDpop(server), settings, transport);
    }

    Optional<String> clientId() {
        return authenticator.clientId();
    }

    Optional<DpopClient> dpop() {
        return dpop;
    }

    /// Sends a form, and again for each thing that the server asks for beyond it: its challenge, its nonce, an attestation less
    /// old. For each it is asked once: a server that is never content is not followed for ever.
    Response post(URI endpoint, Form form) {
        var met = new HashSet<String>();
        while (true) {
            var request = authenticator.post(endpoint, form);
            var response = transport.handle(
                    dpop.map(key -> key.prove(request, DpopClient.Server.AUTHORIZATION_SERVER, Optional.empty()))
                            .orElse(request));
            dpop.ifPresent(key -> key.remember(DpopClient.Server.AUTHORIZATION_SERVER, response));
            authenticator.remember(response);
            var demand = demand(response);
            if (demand.filter(met::add).isEmpty()) {
                return response;
            }
        }
    }

    private Optional<String> demand(Response response) {
        if (dpop.isPresent() && DpopClient.asksForNonce(response)) {
            return Optional.of(DpopClient.USE_NONCE);
        }
        return Answers.error(response).filter(authenticator::meets);
    }

    /// Redeems something for an access token (§6).
    ///
    /// @throws RefusedException if the server does not take it
    Access redeem(Grant grant) {
        return redeem(grant, Optional.empty(), List.of());
    }

    Access redeem(Grant grant, Optional<String> resource, List<AuthorizationDetail> details) {
        var endpoint = server.tokenEndpoint()
                .orElseThrow(() -> new WalletException("the authorization server's metadata has no token_endpoint"));
        var request = new TokenRequest(grant, Optional.empty(), Optional.empty(), resource, details);
        var token = Answers.success(post(endpoint, request.write())).read(TokenResponse::read);
        if (settings.dpopDemanded() && !token.dpopBound()) { // RFC 9449 §5
            throw new WalletException(
                    "the access token is not bound to our key, as was asked for, but " + token.tokenType());
        }
        if (!token.dpopBound() && !token.tokenType().equalsIgnoreCase(TokenResponse.BEARER)) { // RFC 6749 §7.1
            throw new WalletException(
                    "the access token is of a type that this wallet does not know: " + token.tokenType());
        }
        if (token.dpopBound() && dpop.isEmpty()) {
            throw new WalletException("the access token is bound to a key that was never shown");
        }
        return new Access(token, clientId(), dpop, transport);
    }
}
