package dev.intaglio.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.nonce.Unguessable;
import dev.intaglio.protocol.oauth.AuthorizationRequest;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import dev.intaglio.protocol.oauth.Grant;
import dev.intaglio.protocol.oauth.Pkce;
import dev.intaglio.protocol.oauth.PushedAuthorizationResponse;
import dev.intaglio.protocol.oauth.TokenRequest;
import dev.intaglio.protocol.oauth.TokenResponse;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A user with a wallet at Keycloak: a pushed request with PKCE, the login form filled in over HTTP, a token bound to the
/// wallet's DPoP key.
final class KeycloakLogin {
    private static final String CLIENT = "wallet";
    private static final String REDIRECT_URI = "https://wallet.example/cb";
    private static final Pattern FORM_ACTION = Pattern.compile("<form[^>]*\\baction=\"([^\"]+)\"");

    private final AuthorizationServerMetadata server;
    private final SigningKey dpopKey;
    private final JdkTransport transport = JdkTransport.create();
    private final SecureRandom random = new SecureRandom();
    private final Map<String, String> cookies = new LinkedHashMap<>();

    KeycloakLogin(AuthorizationServerMetadata server, SigningKey dpopKey) {
        this.server = server;
        this.dpopKey = dpopKey;
    }

    TokenResponse token(String scope, String user, String password) {
        var verifier = Pkce.newVerifier(random);
        var state = Unguessable.text(random, Unguessable.IDENTIFIER);
        var request = AuthorizationRequest.of(CLIENT, REDIRECT_URI, Optional.of(scope))
                .with(state, Pkce.challenge(verifier))
                .boundTo(Optional.of(DpopProof.thumbprint(dpopKey.publicJwk())));
        var pushed = PushedAuthorizationResponse.read(
                success(post(server.pushedAuthorizationRequestEndpoint().orElseThrow(), request.write()))
                        .bodyObject());
        var answer = answer(pushed.requestUri(), user, password);
        assertThat(answer.value("state")).contains(state);
        assertThat(answer.value("iss")).contains(server.issuer().toString());
        var grant = new Grant.AuthorizationCode(
                answer.value("code").orElseThrow(), Optional.of(REDIRECT_URI), Optional.of(verifier));
        return TokenResponse.read(success(post(
                        server.tokenEndpoint().orElseThrow(),
                        TokenRequest.of(grant).write().with("client_id", CLIENT)))
                .bodyObject());
    }

    /// What Keycloak sends to the wallet once the user has logged in.
    private Form answer(String requestUri, String user, String password) {
        var query = Form.empty().with("client_id", CLIENT).with("request_uri", requestUri);
        var page =
                browse(Request.get(URI.create(server.authorizationEndpoint().orElseThrow() + "?" + query.encoded())));
        assertThat(page.status()).as("%s", page).isEqualTo(200);
        var form = FORM_ACTION.matcher(page.bodyText());
        assertThat(form.find()).as("a login form").isTrue();
        var entered = Form.empty().with("username", user).with("password", password);
        var redirect = browse(Request.post(URI.create(form.group(1).replace("&amp;", "&")), entered));
        assertThat(redirect.status()).as("%s", redirect).isEqualTo(302);
        var location = URI.create(redirect.header("Location").orElseThrow());
        assertThat(location.toString()).startsWith(REDIRECT_URI + "?");
        return Form.read(location.getRawQuery());
    }

    /// As a browser does: with the cookies of this server, and to where it leads, up to the wallet.
    private Response browse(Request request) {
        var response = send(request);
        for (var steps = 0; steps < 5 && leadsOn(response); steps++) {
            response = send(Request.get(URI.create(response.header("Location").orElseThrow())));
        }
        return response;
    }

    private boolean leadsOn(Response response) {
        return response.header("Location")
                .filter(location -> location.startsWith(server.issuer().toString()))
                .isPresent();
    }

    private Response send(Request request) {
        var header = new StringBuilder();
        cookies.forEach((name, value) -> header.append(header.isEmpty() ? "" : "; ")
                .append(name)
                .append('=')
                .append(value));
        var response = transport.handle(header.isEmpty() ? request : request.with("Cookie", header.toString()));
        for (var cookie : response.headers().all("Set-Cookie")) {
            var pair = cookie.split(";", 2)[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        return response;
    }

    private Response post(URI endpoint, Form form) {
        var proof = DpopProof.make(
                dpopKey, DpopProof.newId(random), "POST", endpoint, Instant.now(), Optional.empty(), Optional.empty());
        return transport.handle(Request.post(endpoint, form).with(DpopProof.HEADER, proof));
    }

    private static Response success(Response response) {
        assertThat(response.successful()).as(response.bodyText()).isTrue();
        return response;
    }
}
