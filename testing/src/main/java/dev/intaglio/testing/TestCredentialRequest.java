package dev.intaglio.testing;

import dev.intaglio.protocol.credential.CredentialResponse;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.AuthorizationDetail;
import dev.intaglio.protocol.oauth.TokenResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// A Credential Request (§8.2) that [TestWallet#request] prepared and a test may alter. Immutable; sent as often as asked.
/// Unless proofs are given, each sending makes one with a fresh `c_nonce` and a new key.
public final class TestCredentialRequest {
    private final TestWallet wallet;
    private final TokenResponse token;
    private final JsonObject selector;
    private final Supplier<Optional<JsonObject>> proofs;
    private final UnaryOperator<JsonObject> bodyChange;
    private final UnaryOperator<TestJwt> dpopChange;
    private final UnaryOperator<Request> change;

    private TestCredentialRequest(
            TestWallet wallet,
            TokenResponse token,
            JsonObject selector,
            Supplier<Optional<JsonObject>> proofs,
            UnaryOperator<JsonObject> bodyChange,
            UnaryOperator<TestJwt> dpopChange,
            UnaryOperator<Request> change) {
        this.wallet = wallet;
        this.token = token;
        this.selector = selector;
        this.proofs = proofs;
        this.bodyChange = bodyChange;
        this.dpopChange = dpopChange;
        this.change = change;
    }

    /// Names a dataset if the token came with `authorization_details` for this configuration, the configuration otherwise.
    static TestCredentialRequest of(TestWallet wallet, TokenResponse token, String configurationId) {
        var selector = token.authorizationDetails().stream()
                .filter(detail -> detail.credentialConfigurationId().equals(configurationId))
                .map(AuthorizationDetail::credentialIdentifiers)
                .filter(identifiers -> !identifiers.isEmpty())
                .findFirst()
                .map(identifiers -> member("credential_identifier", identifiers.getFirst()))
                .orElseGet(() -> member("credential_configuration_id", configurationId));
        return new TestCredentialRequest(
                wallet,
                token,
                selector,
                () -> Optional.of(jwt(List.of(wallet.keyProof()))),
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                UnaryOperator.identity());
    }

    /// Names a Credential Configuration, and nothing else.
    public TestCredentialRequest configuration(String id) {
        return withSelector(member("credential_configuration_id", id));
    }

    /// Names a dataset, and nothing else.
    public TestCredentialRequest identifier(String credentialIdentifier) {
        return withSelector(member("credential_identifier", credentialIdentifier));
    }

    private TestCredentialRequest withSelector(JsonObject other) {
        return new TestCredentialRequest(wallet, token, other, proofs, bodyChange, dpopChange, change);
    }

    /// One key proof with a fresh nonce, altered.
    public TestCredentialRequest proof(UnaryOperator<TestJwt> alteration) {
        return withProofs(() -> Optional.of(jwt(List.of(wallet.keyProof(alteration)))));
    }

    /// These key proofs of type `jwt`.
    public TestCredentialRequest proofs(List<String> compact) {
        return withProofs(() -> Optional.of(jwt(compact)));
    }

    /// This as `proofs`.
    public TestCredentialRequest proofs(JsonObject member) {
        return withProofs(() -> Optional.of(member));
    }

    public TestCredentialRequest withoutProofs() {
        return withProofs(Optional::empty);
    }

    private TestCredentialRequest withProofs(Supplier<Optional<JsonObject>> other) {
        return new TestCredentialRequest(wallet, token, selector, other, bodyChange, dpopChange, change);
    }

    /// Alters the JSON object that is the body.
    public TestCredentialRequest body(UnaryOperator<JsonObject> alteration) {
        var before = bodyChange;
        return new TestCredentialRequest(
                wallet, token, selector, proofs, body -> alteration.apply(before.apply(body)), dpopChange, change);
    }

    /// Alters the DPoP proof of a bound token.
    public TestCredentialRequest dpop(UnaryOperator<TestJwt> alteration) {
        return new TestCredentialRequest(wallet, token, selector, proofs, bodyChange, alteration, change);
    }

    /// Alters the request itself, last of all: headers, body, address.
    public TestCredentialRequest http(UnaryOperator<Request> alteration) {
        var before = change;
        return new TestCredentialRequest(
                wallet,
                token,
                selector,
                proofs,
                bodyChange,
                dpopChange,
                request -> alteration.apply(before.apply(request)));
    }

    public Response send() {
        var made = JsonObject.builder()
                .putAll(selector)
                .putIf("proofs", proofs.get())
                .build();
        var authorization = token.tokenType() + " " + token.accessToken();
        var request = Request.post(wallet.issuerMetadata().credentialEndpoint(), bodyChange.apply(made))
                .with("Authorization", authorization);
        var bound = token.dpopBound() ? Optional.of(token.accessToken()) : Optional.<String>empty();
        return wallet.sendToCredentialIssuer(request, bound, dpopChange, change);
    }

    /// Sends it and expects credentials.
    ///
    /// @throws AssertionError if it is refused or deferred
    public List<Object> credentials() {
        return switch (CredentialResponse.read(TestWallet.success(send()))) {
            case CredentialResponse.Issued(var credentials, var notificationId) -> credentials;
            case CredentialResponse.Deferred deferred ->
                throw new AssertionError("expected credentials, got " + deferred);
        };
    }

    /// Sends it and expects one credential that is a string.
    ///
    /// @throws AssertionError if something else comes
    public String credential() {
        var credentials = credentials();
        if (credentials.size() == 1 && credentials.getFirst() instanceof String credential) {
            return credential;
        }
        throw new AssertionError("expected one credential that is a string, got " + credentials.size());
    }

    private static JsonObject jwt(List<String> compact) {
        return JsonObject.builder().put("jwt", compact).build();
    }

    private static JsonObject member(String name, String value) {
        return JsonObject.builder().put(name, value).build();
    }

    @Override
    public String toString() {
        return "TestCredentialRequest" + selector;
    }
}
