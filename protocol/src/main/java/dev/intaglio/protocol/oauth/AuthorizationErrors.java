package dev.intaglio.protocol.oauth;

/// The refusals of the authorization endpoint (RFC 6749 section 4.1.2.1, RFC 8707, RFC 9101). Whether one is shown to the
/// user or sent to the client by redirect, is for the endpoint to say; at the pushed authorization request endpoint they are
/// plain token errors (RFC 9126, section 2.3).
public final class AuthorizationErrors {
    private AuthorizationErrors() {}

    public static Refusal unsupportedResponseType() {
        return Refusal.of("unsupported_response_type", 400, "response_type is code; no other is supported")
                .section("RFC 6749, 4.1.1")
                .expected("code");
    }

    public static Refusal invalidScope(String description) {
        return Refusal.of("invalid_scope", 400, description).section("OpenID4VCI 1.0, 5.1.2");
    }

    /// RFC 8707, section 2.
    public static Refusal invalidTarget(String description) {
        return Refusal.of("invalid_target", 400, description).section("RFC 8707, 2; OpenID4VCI 1.0, 5.1.2");
    }

    /// RFC 9101, section 6.
    public static Refusal invalidRequestUri(String description) {
        return Refusal.of("invalid_request_uri", 400, description).section("RFC 9126, 4");
    }

    public static Refusal accessDenied() {
        return Refusal.of("access_denied", 400, "the user did not agree, or may not have what was asked for")
                .section("RFC 6749, 4.1.2.1");
    }
}
