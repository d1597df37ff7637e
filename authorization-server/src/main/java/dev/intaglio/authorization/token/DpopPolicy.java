package dev.intaglio.authorization.token;

/// Whether access tokens are bound to a DPoP key (RFC 9449).
public enum DpopPolicy {
    /// Tokens are Bearer; a DPoP header is ignored.
    OFF,
    /// Bound if the client sends a proof, Bearer otherwise.
    OPTIONAL,
    /// A token request without a proof is refused.
    REQUIRED
}
