package dev.intaglio.authorization.token;

import dev.intaglio.authorization.client.Client;
import dev.intaglio.authorization.client.Clients;
import dev.intaglio.authorization.client.RegisteredClient;
import dev.intaglio.authorization.client.RegisteredClients;
import dev.intaglio.authorization.grant.Grants;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.dpop.DpopVerifier;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.oauth.FormBody;
import dev.intaglio.protocol.oauth.TokenErrors;
import dev.intaglio.protocol.oauth.TokenRequest;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.protocol.trail.Trail;
import java.util.Optional;

/// The token endpoint (§6): who asks, by which key, with what; then a token.
public final class TokenEndpoint implements Handler {
    private final Clients clients;
    private final DpopPolicy dpopPolicy;
    private final DpopVerifier dpop;
    private final Grants grants;
    private final RegisteredClients registered;
    private final AccessTokens accessTokens;

    public TokenEndpoint(
            Clients clients,
            DpopPolicy dpopPolicy,
            DpopVerifier dpop,
            Grants grants,
            RegisteredClients registered,
            AccessTokens accessTokens) {
        this.clients = clients;
        this.dpopPolicy = dpopPolicy;
        this.dpop = dpop;
        this.grants = grants;
        this.registered = registered;
        this.accessTokens = accessTokens;
    }

    @Override
    public Response handle(Request request) {
        var form = FormBody.read(request, "a token request", 400);
        var tokenRequest = TokenRequest.read(form); // §6.1
        var client = clients.of(request, form); // RFC 6749 §2.3
        var dpopKey = dpopKey(request).map(DpopProof::thumbprint); // RFC 9449 §5
        requireBound(client, dpopKey); // RFC 9449 §5.2
        var redeemed = grants.redeem(tokenRequest, client, dpopKey); // §6.3 on failure
        var authorization = redeemed.authorization();
        Trail.about(authorization.authorizationId());
        var accessToken = accessTokens.issue(authorization, client, dpopKey);
        return new TokenResponse( // §6.2
                        accessToken,
                        dpopKey.isPresent() ? TokenResponse.DPOP : TokenResponse.BEARER,
                        Optional.of(accessTokens.lifetime()),
                        redeemed.refreshToken(),
                        Optional.of(String.join(" ", authorization.scopes())).filter(scope -> !scope.isEmpty()),
                        authorization.authorizationDetails())
                .write();
    }

    private void requireBound(Client client, Optional<String> dpopKey) {
        if (dpopKey.isEmpty()
                && client.id()
                        .flatMap(registered::find)
                        .filter(RegisteredClient::dpopBoundAccessTokens)
                        .isPresent()) {
            throw TokenErrors.invalidDpopProof(
                    "the client is registered with dpop_bound_access_tokens: send a DPoP header");
        }
    }

    private Optional<DpopProof> dpopKey(Request request) {
        if (dpopPolicy == DpopPolicy.OFF) {
            return Optional.empty();
        }
        return switch (dpop.verify(request, Optional.empty())) {
            case DpopVerifier.Outcome.Proven(var proof) -> Optional.of(proof);
            case DpopVerifier.Outcome.Bad bad -> throw TokenErrors.invalidDpopProof(bad);
            case DpopVerifier.Outcome.NonceWanted(var nonce) -> throw TokenErrors.useDpopNonce(nonce);
            case DpopVerifier.Outcome.Absent() -> {
                if (dpopPolicy == DpopPolicy.REQUIRED) {
                    throw TokenErrors.invalidDpopProof(
                            "this server binds every access token to a key: send a DPoP header");
                }
                yield Optional.empty();
            }
        };
    }
}
