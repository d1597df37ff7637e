package dev.intaglio.wallet;

/// How an authorization request says which credentials it is about.
public enum Asking {
    /// By the scopes of their configurations (§5.1.2), as HAIP has it.
    BY_SCOPE,
    /// By `authorization_details` (§5.1.1).
    BY_DETAILS
}
