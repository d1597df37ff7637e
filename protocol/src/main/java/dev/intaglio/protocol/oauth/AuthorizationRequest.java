package dev.intaglio.protocol.oauth;

import dev.intaglio.protocol.explanation.Shown;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// An Authorization Request with response type `code` (RFC 6749 section 4.1.1, §5.1). The same parameters are pushed
/// (RFC 9126, section 2.1) or stand in the query of the authorization endpoint. Unknown parameters are ignored (§5.1.3).
///
/// @param redirectUri exactly as the client wrote it: redirect URIs are compared as strings (RFC 9700, section 2.1)
/// @param scope space-delimited, as the client wrote it
/// @param state opaque; goes back to the client unchanged
/// @param codeChallenge made by [Pkce#S256], the only method we read
/// @param authorizationDetails empty if the parameter was absent
/// @param issuerState of the Credential Offer, if the request says so: whoever made the request may have put it there
/// @param dpopKeyThumbprint `dpop_jkt`: the key by which the code will have to be redeemed (RFC 9449, section 10)
public record AuthorizationRequest(
        String clientId,
        String redirectUri,
        Optional<String> scope,
        Optional<String> state,
        Optional<String> codeChallenge,
        List<AuthorizationDetail> authorizationDetails,
        Optional<String> issuerState,
        Optional<String> resource,
        Optional<String> dpopKeyThumbprint) {
    /// The one response type there is.
    public static final String CODE = "code";

    private static final Pattern THUMBPRINT = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final int MAX_OPAQUE = 4096;

    public AuthorizationRequest {
        authorizationDetails = List.copyOf(authorizationDetails);
    }

    /// Asks by scope, or by nothing yet.
    public static AuthorizationRequest of(String clientId, String redirectUri, Optional<String> scope) {
        return new AuthorizationRequest(
                clientId,
                redirectUri,
                scope,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// The same request, tied to a state and the challenge of a verifier.
    public AuthorizationRequest with(String newState, String newCodeChallenge) {
        return new AuthorizationRequest(
                clientId,
                redirectUri,
                scope,
                Optional.of(newState),
                Optional.of(newCodeChallenge),
                authorizationDetails,
                issuerState,
                resource,
                dpopKeyThumbprint);
    }

    /// The same request, asking by authorization details besides.
    public AuthorizationRequest with(List<AuthorizationDetail> details) {
        return new AuthorizationRequest(
                clientId, redirectUri, scope, state, codeChallenge, details, issuerState, resource, dpopKeyThumbprint);
    }

    /// The same request, for a code that only the holder of this key can redeem.
    public AuthorizationRequest boundTo(Optional<String> thumbprint) {
        return new AuthorizationRequest(
                clientId,
                redirectUri,
                scope,
                state,
                codeChallenge,
                authorizationDetails,
                issuerState,
                resource,
                thumbprint);
    }

    /// @throws Refusal `invalid_request`, `unsupported_response_type` or `invalid_authorization_details`
    public static AuthorizationRequest read(Form form) {
        if (!required(form, "response_type").equals(CODE)) {
            throw AuthorizationErrors.unsupportedResponseType()
                    .came(Shown.value(form.value("response_type").orElse("")));
        }
        return new AuthorizationRequest(
                required(form, "client_id"),
                required(form, "redirect_uri"),
                form.value("scope"),
                bounded(form, "state"),
                codeChallenge(form),
                form.value("authorization_details")
                        .map(AuthorizationDetail::readParameter)
                        .orElse(List.of()),
                bounded(form, "issuer_state"),
                form.value("resource"),
                thumbprint(form));
    }

    private static Optional<String> codeChallenge(Form form) {
        var challenge = form.value("code_challenge");
        if (challenge.isEmpty()) {
            if (form.value("code_challenge_method").isPresent()) {
                throw TokenErrors.invalidRequest("code_challenge_method goes with code_challenge");
            }
            return challenge;
        }
        // Left out, the method would be plain (RFC 7636, section 4.3), which proves nothing to whoever saw the request.
        if (!form.value("code_challenge_method").filter(Pkce.S256::equals).isPresent()) {
            throw TokenErrors.invalidRequest("code_challenge_method is S256; no other is supported")
                    .section("RFC 7636, 4.3")
                    .expected(Pkce.S256)
                    .came(form.value("code_challenge_method").map(Shown::value).orElse("none, which stands for plain"));
        }
        if (!Pkce.isChallenge(challenge.get())) {
            throw TokenErrors.invalidRequest(
                            "code_challenge is the SHA-256 of the verifier in base64url, 43 characters")
                    .section("RFC 7636, 4.2")
                    .expected("43 characters of A-Z a-z 0-9 - _")
                    .came(Shown.length(challenge.get()));
        }
        return challenge;
    }

    private static Optional<String> thumbprint(Form form) {
        var thumbprint = form.value("dpop_jkt");
        if (thumbprint.filter(value -> !THUMBPRINT.matcher(value).matches()).isPresent()) {
            throw TokenErrors.invalidRequest("dpop_jkt is the SHA-256 thumbprint of a JWK in base64url, 43 characters");
        }
        return thumbprint;
    }

    private static Optional<String> bounded(Form form, String name) {
        var value = form.value(name);
        if (value.filter(text -> text.length() > MAX_OPAQUE).isPresent()) {
            throw TokenErrors.invalidRequest(name + " is longer than " + MAX_OPAQUE + " characters");
        }
        return value;
    }

    private static String required(Form form, String name) {
        return form.value(name)
                .orElseThrow(() -> TokenErrors.invalidRequest(name + " is missing")
                        .section("RFC 6749, 4.1.1")
                        .expected("the parameter " + name));
    }

    public Form write() {
        var details = authorizationDetails.isEmpty()
                ? Optional.<String>empty()
                : Optional.of(Json.writeString(authorizationDetails.stream()
                        .map(AuthorizationDetail::write)
                        .toList()));
        return Form.empty()
                .with("response_type", CODE)
                .with("client_id", clientId)
                .with("redirect_uri", redirectUri)
                .with("scope", scope)
                .with("state", state)
                .with("code_challenge", codeChallenge)
                .with("code_challenge_method", codeChallenge.map(challenge -> Pkce.S256))
                .with("authorization_details", details)
                .with("issuer_state", issuerState)
                .with("resource", resource)
                .with("dpop_jkt", dpopKeyThumbprint);
    }

    /// Without what the client or the offer tie to it.
    @Override
    public String toString() {
        return "AuthorizationRequest[" + clientId + ", scope=" + scope.isPresent() + ", authorizationDetails="
                + authorizationDetails.size() + "]";
    }
}
