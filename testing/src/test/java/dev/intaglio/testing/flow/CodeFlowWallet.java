package dev.intaglio.testing.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.authorization.AuthorizationServer;
import dev.intaglio.authorization.CodeFlow;
import dev.intaglio.authorization.client.RegisteredClient;
import dev.intaglio.authorization.client.RegisteredClients;
import dev.intaglio.authorization.grant.RequestableCredential;
import dev.intaglio.authorization.interaction.UserInteraction;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.oauth.AuthorizationDetail;
import dev.intaglio.protocol.oauth.AuthorizationResponse;
import dev.intaglio.protocol.oauth.Pkce;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.store.InMemoryStores;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A wallet, its browser included, that goes the way of the authorization code; and the issuers it meets.
record CodeFlowWallet(TestIssuer issuer, String id, Optional<SigningKey> dpop, Authentication authentication) {
    static final String ID = "wallet";
    static final String OTHER = "other-wallet";
    static final String REDIRECT = "https://wallet.example/cb?keep=1";
    static final String STATE = "s&t=a te/ü\"";
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    static final List<RequestableCredential> CREDENTIALS = List.of(
            RequestableCredential.of(TestIssuer.PID, TestIssuer.PID),
            RequestableCredential.of(TestIssuer.DIPLOMA, "diploma"),
            RequestableCredential.of(TestIssuer.EMPLOYEE, "employee"));

    private static final SecureRandom RANDOM = new SecureRandom();

    /// How the wallet authenticates: it adds to the request's form and headers.
    interface Authentication {
        default Form form(Form form) {
            return form;
        }

        default Request request(Request request) {
            return request;
        }
    }

    /// An issuer where everybody is approved as Erika, and two public clients are registered.
    static TestIssuer issuer(UnaryOperator<CodeFlow> flow, UnaryOperator<AuthorizationServer.Builder> options) {
        return issuer(flow, options, TestIssuer.sampleDatasets());
    }

    /// The same, with claims from elsewhere.
    static TestIssuer issuer(
            UnaryOperator<CodeFlow> flow,
            UnaryOperator<AuthorizationServer.Builder> options,
            CredentialDatasets datasets) {
        var settings = flow.apply(settings());
        return TestIssuer.builder()
                .datasets(datasets)
                .dpopNonces(false)
                .authorizationServerOptions(server ->
                        options.apply(server.registeredClients(clients()).authorizationCode(settings)))
                .build();
    }

    /// Everybody is approved as Erika.
    static CodeFlow settings() {
        return CodeFlow.of(
                new InMemoryStores().codeFlow(), new UserInteraction.AutoApproval(TestIssuer.ERIKA), CREDENTIALS);
    }

    /// Two public clients.
    static RegisteredClients clients() {
        return RegisteredClients.of(List.of(
                new RegisteredClient(ID, List.of(REDIRECT), new RegisteredClient.Method.None()),
                new RegisteredClient(
                        OTHER, List.of(REDIRECT, "http://127.0.0.1/cb"), new RegisteredClient.Method.None())));
    }

    static TestIssuer anyIssuer() {
        return issuer(UnaryOperator.identity(), UnaryOperator.identity());
    }

    /// A public client without DPoP.
    static CodeFlowWallet at(TestIssuer issuer) {
        return new CodeFlowWallet(issuer, ID, Optional.empty(), new Authentication() {});
    }

    CodeFlowWallet named(String other) {
        return new CodeFlowWallet(issuer, other, dpop, authentication);
    }

    CodeFlowWallet withDpop() {
        return new CodeFlowWallet(issuer, id, Optional.of(SigningKey.generate(JWSAlgorithm.ES256)), authentication);
    }

    CodeFlowWallet withoutDpop() {
        return new CodeFlowWallet(issuer, id, Optional.empty(), authentication);
    }

    CodeFlowWallet by(Authentication other) {
        return new CodeFlowWallet(issuer, id, dpop, other);
    }

    String thumbprint() {
        return DpopProof.thumbprint(dpop.orElseThrow().publicJwk());
    }

    /// The parameters of an authorization request for the PID.
    Form asking() {
        return Form.empty()
                .with("response_type", "code")
                .with("client_id", id)
                .with("redirect_uri", REDIRECT)
                .with("scope", TestIssuer.PID)
                .with("state", STATE)
                .with("code_challenge", Pkce.challenge(VERIFIER))
                .with("code_challenge_method", Pkce.S256);
    }

    /// The parameters of an authorization request for these by authorization details.
    Form askingFor(String... configurationIds) {
        return asking().with("scope", "").with("authorization_details", details(configurationIds));
    }

    static String details(String... configurationIds) {
        return Json.writeString(List.of(configurationIds).stream()
                .map(id -> AuthorizationDetail.of(id).write())
                .toList());
    }

    Response push(Form form) {
        return post("/par", form);
    }

    /// Pushes a request and expects success.
    String requestUri(Form form) {
        var response = push(form);
        assertThat(response.status()).as(response.bodyText()).isEqualTo(201);
        return response.bodyObject().string("request_uri");
    }

    Response open(String requestUri) {
        return authorize(Form.empty().with("client_id", id).with("request_uri", requestUri));
    }

    /// What the browser gets from the authorization endpoint.
    Response authorize(Form query) {
        return issuer.handler().handle(Request.get(URI.create(issuer.identifier() + "/authorize?" + query.encoded())));
    }

    /// What the browser brings back.
    static AuthorizationResponse answer(Response response) {
        assertThat(response.status()).as(response.bodyText()).isEqualTo(303);
        return answer(URI.create(response.header("Location").orElseThrow()));
    }

    static AuthorizationResponse answer(URI location) {
        assertThat(location.toString()).startsWith(REDIRECT + "&");
        return AuthorizationResponse.read(Form.read(location.getRawQuery()));
    }

    static AuthorizationResponse.Failure failure(Response response) {
        return (AuthorizationResponse.Failure) answer(response);
    }

    static String code(Response response) {
        return ((AuthorizationResponse.Success) answer(response)).code();
    }

    String code(Form form) {
        return code(open(requestUri(form)));
    }

    String code() {
        return code(asking());
    }

    /// The parameters of a token request for a code.
    Form redeeming(String code) {
        return Form.empty()
                .with("grant_type", "authorization_code")
                .with("client_id", id)
                .with("code", code)
                .with("redirect_uri", REDIRECT)
                .with("code_verifier", VERIFIER);
    }

    Form refreshing(String refreshToken) {
        return Form.empty()
                .with("grant_type", "refresh_token")
                .with("client_id", id)
                .with("refresh_token", refreshToken);
    }

    Response token(Form form) {
        return post("/token", form);
    }

    TokenResponse tokens(Form form) {
        var response = token(form);
        assertThat(response.status()).as(response.bodyText()).isEqualTo(200);
        return TokenResponse.read(response.bodyObject());
    }

    TokenResponse tokens() {
        return tokens(redeeming(code()));
    }

    Response post(String path, Form form) {
        var address = URI.create(issuer.identifier() + path);
        var request = authentication.request(Request.post(address, authentication.form(form)));
        if (dpop.isPresent()) {
            request = request.with("DPoP", proof(address));
        }
        return issuer.handler().handle(request);
    }

    String proof(URI address) {
        return DpopProof.make(
                dpop.orElseThrow(),
                newId(),
                "POST",
                address,
                issuer.clock().instant(),
                Optional.empty(),
                Optional.empty());
    }

    static String newId() {
        return DpopProof.newId(RANDOM);
    }

    /// Whether the issuer gives a credential for the token.
    boolean good(TokenResponse token, String configurationId) {
        var wallet = issuer.wallet().withClientId(id);
        var response = dpop.map(wallet::withDpop)
                .orElse(wallet)
                .request(token, configurationId)
                .send();
        return response.status() == 200;
    }
}
