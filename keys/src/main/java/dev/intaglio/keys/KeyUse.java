package dev.intaglio.keys;

/// What a key of ours signs. Uses are apart so that each key can be rotated, certified and trusted on its own.
public enum KeyUse {
    /// Credentials of every format.
    CREDENTIAL,
    /// Access tokens in JWT form (RFC 9068).
    ACCESS_TOKEN,
    /// Signed Credential Issuer Metadata (§12.2.3).
    METADATA,
    /// Status List Tokens.
    STATUS_LIST
}
