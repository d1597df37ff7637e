package dev.intaglio.protocol.oauth;

import dev.intaglio.protocol.explanation.Shown;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.json.Json;
import java.util.List;
import java.util.Optional;

/// A token request (RFC 6749, §6.1). Unknown parameters are ignored.
///
/// @param authorizationDetails empty if the parameter was absent
public record TokenRequest(
        Grant grant,
        Optional<String> clientId,
        Optional<String> scope,
        Optional<String> resource,
        List<AuthorizationDetail> authorizationDetails) {
    public TokenRequest {
        authorizationDetails = List.copyOf(authorizationDetails);
    }

    public static TokenRequest of(Grant grant) {
        return new TokenRequest(grant, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    /// @throws Refusal `invalid_request`, `unsupported_grant_type` or `invalid_authorization_details`
    public static TokenRequest read(Form form) {
        return new TokenRequest(
                grant(form),
                form.value("client_id"),
                form.value("scope"),
                form.value("resource"),
                form.value("authorization_details")
                        .map(AuthorizationDetail::readParameter)
                        .orElse(List.of()));
    }

    private static Grant grant(Form form) {
        var type = required(form, "grant_type");
        if (!type.equals(Grant.PRE_AUTHORIZED_CODE) && form.value("tx_code").isPresent()) {
            throw TokenErrors.invalidRequest("tx_code goes with the pre-authorized code grant only")
                    .section("OpenID4VCI 1.0, 6.1")
                    .expected("grant_type " + Grant.PRE_AUTHORIZED_CODE)
                    .came("grant_type " + Shown.value(type));
        }
        return switch (type) {
            case Grant.PRE_AUTHORIZED_CODE ->
                new Grant.PreAuthorizedCode(required(form, "pre-authorized_code"), form.value("tx_code"));
            case Grant.AUTHORIZATION_CODE ->
                new Grant.AuthorizationCode(
                        required(form, "code"), form.value("redirect_uri"), form.value("code_verifier"));
            case Grant.REFRESH_TOKEN -> new Grant.RefreshToken(required(form, "refresh_token"));
            default ->
                throw TokenErrors.unsupportedGrantType()
                        .expected(String.join(
                                ", ", Grant.PRE_AUTHORIZED_CODE, Grant.AUTHORIZATION_CODE, Grant.REFRESH_TOKEN))
                        .came(Shown.value(type));
        };
    }

    private static String required(Form form, String name) {
        return form.value(name)
                .orElseThrow(() -> TokenErrors.invalidRequest(name + " is missing")
                        .section("OpenID4VCI 1.0, 6.1")
                        .expected("the parameter " + name));
    }

    public Form write() {
        var form = switch (grant) {
            case Grant.PreAuthorizedCode(var code, var txCode) ->
                Form.empty()
                        .with("grant_type", Grant.PRE_AUTHORIZED_CODE)
                        .with("pre-authorized_code", code)
                        .with("tx_code", txCode);
            case Grant.AuthorizationCode(var code, var redirectUri, var verifier) ->
                Form.empty()
                        .with("grant_type", Grant.AUTHORIZATION_CODE)
                        .with("code", code)
                        .with("redirect_uri", redirectUri)
                        .with("code_verifier", verifier);
            case Grant.RefreshToken(var token) ->
                Form.empty().with("grant_type", Grant.REFRESH_TOKEN).with("refresh_token", token);
        };
        var details = authorizationDetails.isEmpty()
                ? Optional.<String>empty()
                : Optional.of(Json.writeString(authorizationDetails.stream()
                        .map(AuthorizationDetail::write)
                        .toList()));
        return form.with("client_id", clientId)
                .with("scope", scope)
                .with("resource", resource)
                .with("authorization_details", details);
    }
}
