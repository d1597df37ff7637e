package dev.intaglio.wallet;

import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.metadata.Identifiers;
import dev.intaglio.protocol.nonce.Unguessable;
import dev.intaglio.protocol.oauth.AuthorizationDetail;
import dev.intaglio.protocol.oauth.AuthorizationRequest;
import dev.intaglio.protocol.oauth.AuthorizationResponse;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import dev.intaglio.protocol.oauth.Grant;
import dev.intaglio.protocol.oauth.Pkce;
import dev.intaglio.protocol.oauth.PushedAuthorizationResponse;
import dev.intaglio.protocol.offer.Grants;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The way by the user's browser (§5): asks, and believes only the answer to what was asked.
final class AuthorizationCodeFlow {
    private final Settings settings;
    private final Handler transport;

    AuthorizationCodeFlow(Settings settings, Handler transport) {
        this.settings = settings;
        this.transport = transport;
    }

    AuthorizationStart begin(ResolvedOffer offer, URI redirectUri) {
        requireRedirectUri(redirectUri);
        var server = offer.authorizationServer();
        requirePkce(server);
        var client = AuthorizationServerClient.at(server, settings, transport);
        var clientId = client.clientId().orElseGet(settings::requiredClientId);
        var verifier = Pkce.newVerifier(settings.random());
        var state = Unguessable.text(settings.random(), Unguessable.SECRET);
        var asking = asking(offer);
        var request = new AuthorizationRequest(
                clientId,
                redirectUri.toString(),
                scope(offer, asking),
                Optional.of(state),
                Optional.of(Pkce.challenge(verifier)),
                details(offer, asking),
                offer.offer().grants().authorizationCode().flatMap(Grants.AuthorizationCode::issuerState), // §4.1.1
                resource(offer, asking),
                client.dpop().map(DpopClient::thumbprint)); // RFC 9449 §10
        var pending = new PendingAuthorization(
                offer.issuer().credentialIssuer(),
                server.issuer(),
                offer.offer().configurationIds(),
                redirectUri.toString(),
                state,
                verifier,
                settings.highAssurance() || server.authorizationResponseIssParameter(),
                client.dpop().map(DpopClient::key));
        return new AuthorizationStart.Ready(address(server, parameters(server, client, request)), pending);
    }

    /// What the browser carries: the request itself or, where requests are pushed, what stands for it and nothing else (RFC
    /// 9126, section 4).
    private Form parameters(
            AuthorizationServerMetadata server, AuthorizationServerClient client, AuthorizationRequest request) {
        var endpoint = server.pushedAuthorizationRequestEndpoint();
        if (endpoint.isEmpty()) {
            if (settings.highAssurance() || server.requirePushedAuthorizationRequests()) {
                throw new WalletException("authorization requests are to be pushed, and the authorization server's"
                        + " metadata has no pushed_authorization_request_endpoint");
            }
            return request.write();
        }
        var pushed =
                Answers.success(client.post(endpoint.get(), request.write())).read(PushedAuthorizationResponse::read);
        return Form.empty().with("client_id", request.clientId()).with("request_uri", pushed.requestUri());
    }

    private static URI address(AuthorizationServerMetadata server, Form parameters) {
        var endpoint = server.authorizationEndpoint()
                .orElseThrow(
                        () -> new WalletException("the authorization server's metadata has no authorization_endpoint"));
        var separator = endpoint.getRawQuery() == null ? "?" : "&";
        return URI.create(endpoint + separator + parameters.encoded());
    }

    /// By scope where every credential has one, as HAIP wants; a credential without has to be asked for by details (§12.2.4).
    private Asking asking(ResolvedOffer offer) {
        var without = offer.configurations().entrySet().stream()
                .filter(configuration -> configuration.getValue().scope().isEmpty())
                .findFirst();
        var asking = settings.asking()
                .orElse(without.isEmpty() || settings.highAssurance() ? Asking.BY_SCOPE : Asking.BY_DETAILS);
        if (asking == Asking.BY_SCOPE && without.isPresent()) {
            throw new WalletException("the credential " + without.get().getKey() + " has no scope to ask for it by");
        }
        return asking;
    }

    private static Optional<String> scope(ResolvedOffer offer, Asking asking) {
        return asking == Asking.BY_SCOPE
                ? Optional.of(offer.configurations().values().stream()
                        .map(CredentialConfiguration::scope)
                        .flatMap(Optional::stream)
                        .distinct()
                        .collect(Collectors.joining(" ")))
                : Optional.empty();
    }

    private static List<AuthorizationDetail> details(ResolvedOffer offer, Asking asking) {
        return asking == Asking.BY_DETAILS
                ? offer.configurations().keySet().stream()
                        .map(id -> new AuthorizationDetail(id, List.of(), locations(offer), List.of()))
                        .toList()
                : List.of();
    }

    /// Where the issuer is not its own authorization server, that server has to be told which issuer is meant (§5.1.1, §5.1.2).
    private static List<String> locations(ResolvedOffer offer) {
        var issuer = offer.issuer();
        return issuer.authorizationServers().isEmpty()
                ? List.of()
                : List.of(issuer.credentialIssuer().toString());
    }

    private static Optional<String> resource(ResolvedOffer offer, Asking asking) {
        return asking == Asking.BY_SCOPE ? locations(offer).stream().findFirst() : Optional.empty();
    }

    /// RFC 9700, section 2.1.1. A server that does not say which methods it has may have one; HAIP's says.
    private void requirePkce(AuthorizationServerMetadata server) {
        var methods = server.codeChallengeMethods();
        if (methods.isEmpty() ? settings.highAssurance() : !methods.contains(Pkce.S256)) {
            throw new WalletException("the authorization server does not know PKCE by S256, so a stolen code would be"
                    + " good in the hands of others");
        }
    }

    /// https, loopback (RFC 8252, section 7.3) or a scheme of the wallet's own.
    private static void requireRedirectUri(URI redirectUri) {
        var scheme = redirectUri.getScheme();
        if (scheme == null || redirectUri.getRawFragment() != null) {
            throw new IllegalArgumentException("a redirect URI is absolute and has no fragment");
        }
        if (scheme.equals("http") || scheme.equals("https")) {
            Identifiers.requireAddress("redirect_uri", redirectUri);
        }
    }

    /// Reads what the browser brought back. An answer to another request, or by another server, is none: it is refused before
    /// anything in it is used.
    ///
    /// @throws WalletException if it is no answer to the pending request
    static AuthorizationResponse answer(PendingAuthorization pending, URI callback) {
        if (!withoutQuery(callback.toString()).equals(withoutQuery(pending.redirectUri()))) {
            throw new WalletException("the browser came back to another address than the redirect URI");
        }
        AuthorizationResponse response;
        try {
            response = AuthorizationResponse.read(Form.read(query(callback.toString())));
        } catch (IllegalArgumentException malformed) {
            throw new WalletException(
                    "what the browser brought is no authorization response: " + malformed.getMessage(), malformed);
        }
        requireState(pending, response.state()); // RFC 6749 §10.12
        requireIssuer(pending, response.issuer()); // RFC 9207 §2.4
        return response;
    }

    private static void requireState(PendingAuthorization pending, Optional<String> state) {
        if (state.isEmpty()) {
            throw new WalletException("the authorization response has no state: it may be the answer to somebody else");
        }
        if (!MessageDigest.isEqual(
                state.get().getBytes(StandardCharsets.UTF_8), pending.state().getBytes(StandardCharsets.UTF_8))) {
            throw new WalletException("the authorization response has the state of another request");
        }
    }

    private static void requireIssuer(PendingAuthorization pending, Optional<String> issuer) {
        if (issuer.isEmpty() && pending.issExpected()) {
            throw new WalletException("the authorization response has no iss, which its server always sends");
        }
        if (issuer.filter(iss -> !iss.equals(pending.authorizationServer().toString()))
                .isPresent()) {
            throw new WalletException("the authorization response is by another server than the one that was asked");
        }
    }

    /// Redeems the code of an answer (§6.1).
    Access redeem(PendingAuthorization pending, ResolvedOffer offer, String code) {
        var client = new AuthorizationServerClient(
                offer.authorizationServer(), pending.dpopKey().map(settings::dpop), settings, transport);
        return client.redeem(new Grant.AuthorizationCode(
                code, Optional.of(pending.redirectUri()), Optional.of(pending.codeVerifier())));
    }

    /// An address of a scheme of one's own need not have a query by the rules of [URI].
    private static String withoutQuery(String address) {
        return address.split("[?#]", 2)[0];
    }

    private static String query(String address) {
        var question = address.indexOf('?');
        return question < 0 ? "" : address.substring(question + 1).split("#", 2)[0];
    }
}
