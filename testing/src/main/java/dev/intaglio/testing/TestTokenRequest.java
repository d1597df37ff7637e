package dev.intaglio.testing;

import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.oauth.AuthorizationDetail;
import dev.intaglio.protocol.oauth.Grant;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.protocol.offer.CredentialOffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// A token request (§6.1) that [TestWallet#redeem] prepared and a test may alter. Immutable; sent as often as asked.
public final class TestTokenRequest {
    private final TestWallet wallet;
    private final Map<String, String> parameters;
    private final UnaryOperator<TestJwt> dpopChange;
    private final UnaryOperator<Request> change;

    private TestTokenRequest(
            TestWallet wallet,
            Map<String, String> parameters,
            UnaryOperator<TestJwt> dpopChange,
            UnaryOperator<Request> change) {
        this.wallet = wallet;
        this.parameters = parameters;
        this.dpopChange = dpopChange;
        this.change = change;
    }

    static TestTokenRequest of(TestWallet wallet, CredentialOffer offer) {
        var grant = offer.grants()
                .preAuthorizedCode()
                .orElseThrow(() -> new IllegalArgumentException("the offer has no pre-authorized code"));
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("grant_type", Grant.PRE_AUTHORIZED_CODE);
        parameters.put("pre-authorized_code", grant.code());
        wallet.clientId().ifPresent(id -> parameters.put("client_id", id));
        return new TestTokenRequest(wallet, parameters, UnaryOperator.identity(), UnaryOperator.identity());
    }

    /// What the user entered.
    public TestTokenRequest txCode(String value) {
        return parameter("tx_code", value);
    }

    /// Asks for these of the offered configurations by `authorization_details` (§6.1.1).
    public TestTokenRequest authorizationDetails(String... configurationIds) {
        return authorizationDetails(
                List.of(configurationIds).stream().map(AuthorizationDetail::of).toList());
    }

    public TestTokenRequest authorizationDetails(List<AuthorizationDetail> details) {
        return parameter(
                "authorization_details",
                Json.writeString(
                        details.stream().map(AuthorizationDetail::write).toList()));
    }

    /// Sets a parameter, known or not.
    public TestTokenRequest parameter(String name, String value) {
        var copy = new LinkedHashMap<>(parameters);
        copy.put(name, value);
        return new TestTokenRequest(wallet, copy, dpopChange, change);
    }

    public TestTokenRequest without(String parameter) {
        var copy = new LinkedHashMap<>(parameters);
        copy.remove(parameter);
        return new TestTokenRequest(wallet, copy, dpopChange, change);
    }

    /// Alters the DPoP proof of a wallet that makes one.
    public TestTokenRequest dpop(UnaryOperator<TestJwt> alteration) {
        return new TestTokenRequest(wallet, parameters, alteration, change);
    }

    /// Alters the request itself, last of all: headers, body, address.
    public TestTokenRequest http(UnaryOperator<Request> alteration) {
        var before = change;
        return new TestTokenRequest(wallet, parameters, dpopChange, request -> alteration.apply(before.apply(request)));
    }

    public Response send() {
        var form = Form.empty();
        for (var parameter : parameters.entrySet()) {
            form = form.with(parameter.getKey(), parameter.getValue());
        }
        var endpoint = wallet.authorizationServerMetadata().tokenEndpoint().orElseThrow();
        return wallet.sendToAuthorizationServer(Request.post(endpoint, form), dpopChange, change);
    }

    /// Sends it and expects a token.
    ///
    /// @throws AssertionError if it is refused
    public TokenResponse token() {
        return TokenResponse.read(TestWallet.success(send()));
    }

    @Override
    public String toString() {
        return "TestTokenRequest" + parameters.keySet();
    }
}
