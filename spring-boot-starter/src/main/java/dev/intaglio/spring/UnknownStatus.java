package dev.intaglio.spring;

/// What becomes of an attestation whose `status` says how to learn whether it was revoked, where that cannot be learnt.
public enum UnknownStatus {
    /// It is refused.
    REFUSE,
    /// It is taken for good.
    ACCEPT
}
