package dev.intaglio.authorization.authorize;

import dev.intaglio.authorization.client.RegisteredClient;
import dev.intaglio.authorization.client.RegisteredClients;
import dev.intaglio.authorization.grant.IssuerStates;
import dev.intaglio.authorization.token.DpopPolicy;
import dev.intaglio.protocol.explanation.Shown;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.oauth.AuthorizationRequest;
import dev.intaglio.protocol.oauth.Refusal;
import dev.intaglio.protocol.oauth.TokenErrors;
import java.util.List;
import java.util.Optional;

/// What is asked of an authorization request, pushed or not (RFC 9126, section 2.1: validated in the same way).
public final class RequestChecks {
    private final RegisteredClients clients;
    private final IssuerStates offers;
    private final boolean pkceRequired;
    private final DpopPolicy dpopPolicy;

    public RequestChecks(RegisteredClients clients, IssuerStates offers, boolean pkceRequired, DpopPolicy dpopPolicy) {
        this.clients = clients;
        this.offers = offers;
        this.pkceRequired = pkceRequired;
        this.dpopPolicy = dpopPolicy;
    }

    /// Whether a code may be sent there. As long as this is open, nothing is: whoever chose the address would get it, errors
    /// included (RFC 6749, section 4.1.2.1).
    ///
    /// @param authenticated whether the client showed who it is; then it may name an address that was never registered, if
    ///     none was (RFC 9126, section 2.4)
    /// @throws Refusal to be shown to the user
    public void requireRedirect(String clientId, Optional<String> redirectUri, boolean authenticated) {
        var registered = clients.find(clientId);
        if (registered.isEmpty() && !authenticated) {
            throw Refusal.of("invalid_client", 400, "no client is registered under this client_id")
                    .section("RFC 6749, 2.2")
                    .expected("a client_id of intaglio.clients")
                    .came(Shown.value(clientId));
        }
        var uri = redirectUri.orElseThrow(() -> TokenErrors.invalidRequest("redirect_uri is missing"));
        if (authenticated
                && registered
                        .map(RegisteredClient::redirectUris)
                        .filter(uris -> !uris.isEmpty())
                        .isEmpty()) {
            try {
                RegisteredClient.requireRedirectUri(uri);
            } catch (IllegalArgumentException unfit) {
                throw TokenErrors.invalidRequest(String.valueOf(unfit.getMessage()))
                        .because(unfit);
            }
        } else if (!registered.filter(client -> client.redirectsTo(uri)).isPresent()) {
            throw TokenErrors.invalidRequest("redirect_uri is none that is registered for this client")
                    .section("RFC 6749, 3.1.2.3")
                    .expected(Shown.names(
                            registered.map(RegisteredClient::redirectUris).orElse(List.of())))
                    .came(Shown.value(uri));
        }
    }

    /// Everything else.
    ///
    /// @throws Refusal to be sent to the client
    public AuthorizationRequest require(Form form) {
        if (form.value("request").isPresent()) {
            throw Refusal.of("request_not_supported", 400, "request objects are not supported")
                    .section("RFC 9101, 7")
                    .expected("plain parameters, pushed if they shall not be altered");
        }
        var request = AuthorizationRequest.read(form);
        if (pkceRequired && request.codeChallenge().isEmpty()) {
            throw TokenErrors.invalidRequest("code_challenge is missing")
                    .section("RFC 7636, 4.3; RFC 9700, 2.1.1")
                    .expected("code_challenge, and code_challenge_method S256");
        }
        requireAgain(request);
        return dpopPolicy == DpopPolicy.OFF ? request.boundTo(Optional.empty()) : request;
    }

    /// What may have changed since a request was pushed.
    ///
    /// @throws Refusal to be sent to the client
    void requireAgain(AuthorizationRequest request) {
        offers.asked(request);
    }
}
