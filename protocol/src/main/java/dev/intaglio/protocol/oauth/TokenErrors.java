package dev.intaglio.protocol.oauth;

import dev.intaglio.protocol.dpop.DpopVerifier;

/// The refusals of token and pushed authorization request endpoints (RFC 6749 section 5.2, §6.3, RFC 9449).
public final class TokenErrors {
    private TokenErrors() {}

    public static Refusal invalidRequest(String description) {
        return Refusal.of("invalid_request", 400, description).section("RFC 6749, 4.1.1 and 5.2; OpenID4VCI 1.0, 6");
    }

    public static Refusal invalidGrant(String description) {
        return Refusal.of("invalid_grant", 400, description).section("RFC 6749, 5.2; OpenID4VCI 1.0, 6.3");
    }

    public static Refusal invalidClient(String description) {
        return Refusal.of("invalid_client", 401, description).section("RFC 6749, 2.3 and 5.2");
    }

    public static Refusal unauthorizedClient(String description) {
        return Refusal.of("unauthorized_client", 400, description).section("RFC 6749, 5.2");
    }

    public static Refusal unsupportedGrantType() {
        return Refusal.of(
                        "unsupported_grant_type",
                        400,
                        "grant_types_supported in the metadata lists the grants of this server")
                .section("RFC 6749, 5.2");
    }

    public static Refusal invalidAuthorizationDetails(String description) {
        return Refusal.of("invalid_authorization_details", 400, description)
                .section("OpenID4VCI 1.0, 5.1.1; RFC 9396, 5");
    }

    public static Refusal invalidDpopProof(String description) {
        return Refusal.of("invalid_dpop_proof", 400, description).section("RFC 9449, 4.3 and 5");
    }

    public static Refusal invalidDpopProof(DpopVerifier.Outcome.Bad bad) {
        return invalidDpopProof(bad.reason()).explained(bad.explanation());
    }

    public static Refusal useDpopNonce(String nonce) {
        return Refusal.of("use_dpop_nonce", 400, "make a new DPoP proof with the nonce of the DPoP-Nonce header")
                .withHeader("DPoP-Nonce", nonce)
                .section("RFC 9449, 8");
    }

    /// Attestation-based client authentication, draft -07, section 6.2.
    public static Refusal useAttestationChallenge(String challenge) {
        return Refusal.of(
                        "use_attestation_challenge",
                        400,
                        "make a new client attestation PoP with the challenge of the OAuth-Client-Attestation-Challenge header")
                .withHeader("OAuth-Client-Attestation-Challenge", challenge)
                .section("draft-ietf-oauth-attestation-based-client-auth-07, 8");
    }

    /// Attestation-based client authentication, draft -07, section 6.2.
    public static Refusal useFreshAttestation() {
        return Refusal.of("use_fresh_attestation", 400, "the client attestation is older than this server accepts")
                .section("draft-ietf-oauth-attestation-based-client-auth-07, 6.2");
    }
}
