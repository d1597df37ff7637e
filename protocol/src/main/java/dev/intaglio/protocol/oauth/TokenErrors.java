package dev.intaglio.protocol.oauth;

/// The refusals of token and pushed authorization request endpoints (RFC 6749 section 5.2, §6.3, RFC 9449).
public final class TokenErrors {
    private TokenErrors() {}

    public static Refusal invalidRequest(String description) {
        return Refusal.of("invalid_request", 400, description);
    }

    public static Refusal invalidGrant(String description) {
        return Refusal.of("invalid_grant", 400, description);
    }

    public static Refusal invalidClient(String description) {
        return Refusal.of("invalid_client", 401, description);
    }

    public static Refusal unauthorizedClient(String description) {
        return Refusal.of("unauthorized_client", 400, description);
    }

    public static Refusal unsupportedGrantType() {
        return Refusal.of(
                "unsupported_grant_type", 400, "grant_types_supported in the metadata lists the grants of this server");
    }

    public static Refusal invalidAuthorizationDetails(String description) {
        return Refusal.of("invalid_authorization_details", 400, description);
    }

    public static Refusal invalidDpopProof(String description) {
        return Refusal.of("invalid_dpop_proof", 400, description);
    }

    public static Refusal useDpopNonce(String nonce) {
        return Refusal.of("use_dpop_nonce", 400, "make a new DPoP proof with the nonce of the DPoP-Nonce header")
                .withHeader("DPoP-Nonce", nonce);
    }

    /// Attestation-based client authentication, draft -07, section 6.2.
    public static Refusal useAttestationChallenge(String challenge) {
        return Refusal.of(
                        "use_attestation_challenge",
                        400,
                        "make a new client attestation PoP with the challenge of the OAuth-Client-Attestation-Challenge header")
                .withHeader("OAuth-Client-Attestation-Challenge", challenge);
    }

    /// Attestation-based client authentication, draft -07, section 6.2.
    public static Refusal useFreshAttestation() {
        return Refusal.of("use_fresh_attestation", 400, "the client attestation is older than this server accepts");
    }
}
