package dev.intaglio.keys;

/// What a key of ours signs. Uses are apart so that each key can be rotated, certified and trusted on its own.
public enum KeyUse {
    /// Credentials of every format.
    CREDENTIAL,
    /// Mobile documents, under a certificate of the profile ISO/IEC 18013-5 has for document signers. Without a key for
    /// this use they are signed as other credentials are.
    DOCUMENT_SIGNER,
    /// Access tokens in JWT form (RFC 9068).
    ACCESS_TOKEN,
    /// Signed Credential Issuer Metadata (§12.2.3).
    METADATA,
    /// Status List Tokens.
    STATUS_LIST,
    /// Checkpoints of the issuance log.
    ISSUANCE_LOG
}
